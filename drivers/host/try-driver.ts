import type { Completion } from '../../contracts/operation.ts';
import { createTrial } from '../kit/trial.ts';
import { type KeptOpen, keepOpen } from '../transports/reopen.ts';
import type { OpenTransport } from '../transports/transport.ts';
import { chosenDriver } from './chosen-driver.ts';
import type { DriverConfiguration } from './configuration.ts';
import { transportOf } from './transports.ts';

/** A driver and its device in this process, without MQTT and without a journal: for whoever stands before the device. */
export interface TriedDriver {
  /** The name of its class, and what the device says of itself. */
  className: string;
  capabilities: Record<string, unknown>;
  status(): Record<string, unknown>;
  /** Whether the line is open, and why it is not. */
  line(): { open: boolean; reason?: string };
  /** Waits until the status fits; `false` where it does not within so many ms. */
  until(fits: (status: Record<string, unknown>) => boolean, withinMs: number): Promise<boolean>;
  /** One operation of its class; `undefined` where it has not ended within so many ms. */
  ask(operation: string, data: object, withinMs: number): Promise<Completion | undefined>;
  close(): void;
}

/**
 * Rejects with Misconfigured where there is no such driver or its settings are not fit.
 * @param open instead of the configured transport: an emulator in this process
 */
export async function tryDriver(
  config: DriverConfiguration,
  open: OpenTransport = transportOf(config.transport),
): Promise<TriedDriver> {
  const { definition, settings } = await chosenDriver(config);
  const watchers = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  let link: KeptOpen | undefined;
  const trial = createTrial(definition, settings, {
    write: (bytes) => link?.write(bytes),
    setTimer(ms) {
      clearTimeout(timer);
      if (ms !== undefined) timer = setTimeout(() => trial.timer(), ms);
    },
    reopen: () => link?.reopen(),
    later: queueMicrotask,
    now: Date.now,
    changed() {
      for (const look of [...watchers]) look();
    },
  });
  link = keepOpen(open, trial);

  return {
    className: definition.class.name,
    capabilities: trial.capabilities,
    status: trial.status,
    line: trial.line,
    until: (fits, withinMs) =>
      new Promise((resolve) => {
        const end = (isMet: boolean) => {
          clearTimeout(patience);
          watchers.delete(look);
          resolve(isMet);
        };
        const look = () => {
          if (fits(trial.status())) end(true);
        };
        const patience = setTimeout(() => end(false), withinMs);
        watchers.add(look);
        look();
      }),
    ask: (operation, data, withinMs) =>
      new Promise((resolve) => {
        const patience = setTimeout(() => resolve(undefined), withinMs);
        trial.ask(operation, data, withinMs, (completion) => {
          clearTimeout(patience);
          resolve(completion);
        });
      }),
    close() {
      link?.close();
      trial.lost('the trial is over');
      clearTimeout(timer);
    },
  };
}
