import { join } from 'node:path';
import { nameOf, type Place } from '../../contracts/topics.ts';
import { type SupervisedDriver, superviseDriver } from '../../drivers/host/supervisor.ts';
import { type ListeningLine, listenLine, type WiredDevice } from '../../simulators/devices/listen-line.ts';
import { STATION } from './demo-data.ts';

/** A counter of the bench: whose it is, and what its drivers need. */
export interface CounterPlace {
  outlet: string;
  folder: string;
  /** The broker's. */
  url: string;
  credentials: { issueCredential(name: string): string };
  log: (line: string) => void;
  /** Calls it when all else is open: the page that a person waits for comes before the drivers' processes. */
  whenOpen(start: () => void): void;
}

/** A device's real driver in a process of its own, for an emulated device that listens on a port of this machine. */
export function startDriver(
  { outlet, folder, url, credentials, log, whenOpen }: CounterPlace,
  device: string,
  driver: { driver: string; port: number } & { [setting: string]: unknown },
): Pick<SupervisedDriver, 'kill' | 'stop'> {
  const place: Place = { kind: 'device', outlet, station: STATION, device };
  const name = nameOf(place);
  const { port, ...settings } = driver;
  const config = {
    url,
    name,
    password: credentials.issueCredential(name),
    transport: { kind: 'tcp' as const, host: '127.0.0.1', port },
    journalFolder: join(folder, 'drivers'),
    ...settings,
  };
  let running: SupervisedDriver | undefined;
  whenOpen(() => {
    running = superviseDriver({ name, config, log });
  });
  return { kill: () => running?.kill(), stop: async () => running?.stop() };
}

/** An emulated device on a line with its driver. */
export interface CounterDevice {
  line: ListeningLine;
  /** Its driver's process ends at once, as in a crash, and is started again. */
  killDriver(): void;
  close(): Promise<void>;
}

/** Puts the device on a line, and starts its driver. */
export async function openDevice(
  at: CounterPlace,
  device: string,
  emulator: WiredDevice,
  driver: { driver: string } & { [setting: string]: unknown },
): Promise<CounterDevice> {
  const line = await listenLine(emulator);
  const supervised = startDriver(at, device, { ...driver, port: line.port });
  return {
    line,
    killDriver: supervised.kill,
    async close() {
      await supervised.stop();
      await line.close();
    },
  };
}
