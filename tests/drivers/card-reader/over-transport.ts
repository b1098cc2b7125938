import type { Completion } from '../../../contracts/operation.ts';
import type { Driver, DriverHost } from '../../../drivers/kit/define-driver.ts';
import { type KeptOpen, keepOpen } from '../../../drivers/transports/reopen.ts';
import type { OpenTransport } from '../../../drivers/transports/transport.ts';

/** A card reader's driver over a real transport, as the host runs it, with the real clock. */
export function overTransport(open: OpenTransport, create: (host: DriverHost) => Driver) {
  const watchers = new Set<() => void>();
  const losses: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let link: KeptOpen | undefined;
  const driver = create({
    write: (bytes) => link?.write(bytes),
    setTimer(ms) {
      clearTimeout(timer);
      if (ms !== undefined) timer = setTimeout(() => driver.timer(), ms);
    },
    statusChanged() {
      for (const look of watchers) look();
    },
    reopen(reason) {
      losses.push(reason);
      link?.reopen();
    },
    unfinished: false,
    platformTime: () => undefined,
    note: { before: undefined, write: (_, durable) => durable() },
  });
  link = keepOpen(open, {
    opened: () => driver.opened(),
    bytes: (chunk) => driver.bytes(chunk),
    lost(reason) {
      losses.push(reason);
      driver.lost(reason);
    },
  });
  return {
    driver,
    /** Why there was no connection, or none any more, in order. */
    losses,
    close(): void {
      clearTimeout(timer);
      link?.close();
    },
    /** Settled as soon as the status says so. */
    when: (wanted: Record<string, string>) =>
      new Promise<void>((resolve) => {
        const look = () => {
          const status = driver.status();
          if (Object.entries(wanted).some(([name, value]) => status[name] !== value)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    read: () =>
      new Promise<Completion>((answer) =>
        driver.question({ operation: 'read', data: {}, recall: () => undefined, answer }),
      ),
    command: (operation: 'write' | 'release', data: unknown) =>
      new Promise<Completion>((complete) =>
        driver.command({
          operation,
          key: operation,
          data,
          expiry: 0,
          processing() {},
          late: () => false,
          complete,
        }),
      ),
  };
}
