import { join } from 'node:path';
import { nameOf, type Place } from '../../contracts/topics.ts';
import { superviseDriver } from '../../drivers/host/supervisor.ts';
import { createPrinter, type Printer } from '../../simulators/devices/printer/interpreter.ts';
import { listenPrinter } from '../../simulators/devices/printer/tcp.ts';
import type { Tray } from '../../simulators/devices/printer/tray.ts';
import { STATION } from './demo-data.ts';

export interface CounterPrinter {
  /** The emulated printer, for a person's hands. */
  printer: Printer;
  /** Its driver's process ends at once, as in a crash, and is started again. */
  killDriver(): void;
  /** Stops both. */
  close(): Promise<void>;
}

/** An emulated printer on TCP at an outlet's counter, and a driver for it in a process of its own. */
export async function openCounterPrinter(options: {
  outlet: string;
  folder: string;
  tray: Tray;
  /** The broker's. */
  url: string;
  credentials: { issueCredential(name: string): string };
  log: (line: string) => void;
}): Promise<CounterPrinter> {
  const { outlet, folder, tray, url, credentials, log } = options;
  const place: Place = { kind: 'device', outlet, station: STATION, device: 'printer' };
  const name = nameOf(place);
  const printer = createPrinter({ onPaper: (paper) => tray.put(paper) });
  const wire = await listenPrinter({ printer });
  const driver = superviseDriver({
    name,
    config: {
      url,
      name,
      password: credentials.issueCredential(name),
      driver: 'printer-escpos',
      model: 'epson-80',
      transport: { kind: 'tcp', host: '127.0.0.1', port: wire.port },
      journalFolder: join(folder, 'drivers'),
    },
    log,
  });
  return {
    printer,
    killDriver: driver.kill,
    async close() {
      await driver.stop();
      await wire.close();
    },
  };
}
