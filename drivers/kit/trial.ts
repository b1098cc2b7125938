import { failure, fitting, servedOf, unknown } from '../../contracts/endpoint/served.ts';
import type { Completion } from '../../contracts/operation.ts';
import { checkOf } from '../../contracts/operation.ts';
import type { Driver, DriverDefinition } from './define-driver.ts';

/** What a driver on trial does to the world. */
export interface TrialPort {
  write(bytes: Uint8Array): void;
  /** One timer, in ms; `undefined` stops it. */
  setTimer(ms: number | undefined): void;
  reopen(reason: string): void;
  /** Calls soon, and not from within this call. */
  later(act: () => void): void;
  /** ms */
  now(): number;
  /** Something is different: the status, or the line. */
  changed(): void;
}

/** A driver without a platform: its device’s side is fed as in the host, and whoever tries it asks in the platform’s place. */
export interface Trial extends Pick<Driver, 'capabilities' | 'status' | 'bytes' | 'timer'> {
  opened(): void;
  lost(reason: string): void;
  /** Whether the line is open, and why it is not. */
  line(): { open: boolean; reason?: string };
  /** One operation, as the class has it; `heard` is called once, with what the class allows. `late` after `withinMs`. */
  ask(operation: string, data: object, withinMs: number, heard: (completion: Completion) => void): void;
}

/** Synchronous; nothing is kept: no journal, no note, and the time of this machine in place of the platform’s. */
export function createTrial(
  definition: DriverDefinition,
  settings: Record<string, unknown>,
  port: TrialPort,
): Trial {
  let line: { open: boolean; reason?: string } = { open: false };
  let asked = 0;
  const driver = definition.create(
    {
      write: port.write,
      setTimer: port.setTimer,
      statusChanged: port.changed,
      reopen(reason) {
        line = { open: false, reason };
        port.reopen(reason);
        port.changed();
      },
      unfinished: false,
      platformTime: port.now,
      note: { before: undefined, write: (_, durable) => port.later(durable) },
    },
    settings,
  );

  return {
    capabilities: driver.capabilities,
    status: () => driver.status(),
    bytes: (chunk) => driver.bytes(chunk),
    timer: () => driver.timer(),
    opened() {
      line = { open: true };
      driver.opened();
      port.changed();
    },
    lost(reason) {
      line = { open: false, reason };
      driver.lost(reason);
      port.changed();
    },
    line: () => line,
    ask(operation, data, withinMs, heard) {
      const served = servedOf(definition.class).find(({ name }) => name === operation);
      if (!served) throw new Error(`the class ${definition.class.name} has no operation «${operation}»`);
      const wrong = checkOf(served.operation.request)(data);
      if (wrong) return heard(failure('contract.invalidData', wrong));
      const key = `trial-${port.now()}-${++asked}`;
      const expiry = port.now() + withinMs;
      let isOver = false;
      const end = (said: Completion) => {
        if (isOver) return;
        isOver = true;
        heard(fitting(said, served));
      };
      try {
        if (served.operation.kind === 'question')
          driver.question({ operation, data, recall: () => undefined, answer: end });
        else
          driver.command({
            operation,
            key,
            data,
            expiry,
            late: () => port.now() > expiry,
            processing() {},
            complete: end,
          });
      } catch (error) {
        end(unknown('adapter.internal', (error as Error).message));
      }
    },
  };
}
