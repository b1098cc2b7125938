import type { Command } from '../../../contracts/endpoint/behaviour.ts';
import type { Completion } from '../../../contracts/operation.ts';
import type { Driver, DriverHost } from '../../../drivers/kit/define-driver.ts';
import type { WiredDevice } from '../../../simulators/devices/listen-line.ts';

/**
 * A driver at an emulated device on a line in memory: the test holds the timer, the line and the disk.
 * @param wired.held the note becomes durable when the test says so
 */
export function bench(
  create: (host: DriverHost) => Driver,
  device: WiredDevice,
  { before, held = false }: { before?: unknown; held?: boolean } = {},
) {
  const seen = {
    timer: undefined as number | undefined,
    /** What was told, beginning with the status of the birth. */
    told: [] as Record<string, unknown>[],
    reopened: [] as string[],
    notes: [] as unknown[],
    sent: [] as number[][],
    platformTime: undefined as number | undefined,
  };
  const ends = new Map<string, Completion>();
  const syncs: (() => void)[] = [];
  let detach: (() => void) | undefined;
  let connected = false;

  const driver = create({
    write(bytes) {
      seen.sent.push(Array.from(bytes));
      if (connected) device.input(bytes);
    },
    setTimer: (ms) => {
      seen.timer = ms;
    },
    statusChanged: () => void seen.told.push(driver.status()),
    reopen(reason) {
      seen.reopened.push(reason);
      connected = false;
      detach?.();
    },
    unfinished: false,
    platformTime: () => seen.platformTime,
    note: {
      before,
      write(value, durable) {
        const sync = () => {
          seen.notes.push(structuredClone(value));
          durable();
        };
        if (held) syncs.push(sync);
        else sync();
      },
    },
  });
  seen.told.push(driver.status());

  return {
    driver,
    seen,
    open() {
      connected = true;
      detach = device.attach?.((bytes) => connected && driver.bytes(bytes));
      driver.opened();
    },
    cut() {
      connected = false;
      detach?.();
      driver.lost('the line was cut');
    },
    /** Lets the timer run out, so many times. */
    tick(times = 1) {
      for (; times > 0; times--) {
        seen.timer = undefined;
        driver.timer();
      }
    },
    command(key: string, data: unknown, more: Partial<Command> = {}): Completion | undefined {
      driver.command({
        operation: 'show',
        key,
        data,
        expiry: 0,
        late: () => false,
        processing() {},
        complete(completion) {
          if (ends.has(key)) throw new Error(`${key} ended twice`);
          ends.set(key, completion);
        },
        ...more,
      });
      return ends.get(key);
    },
    end: (key: string) => ends.get(key),
    /** The disk has done what waits for it. */
    sync() {
      for (const done of syncs.splice(0)) done();
    },
  };
}
