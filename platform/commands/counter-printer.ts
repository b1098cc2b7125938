import { createPrinter, type Printer } from '../../simulators/devices/printer/interpreter.ts';
import { listenPrinter } from '../../simulators/devices/printer/tcp.ts';
import type { Tray } from '../../simulators/devices/printer/tray.ts';
import { type CounterPlace, startDriver } from './counter-driver.ts';

export interface CounterPrinter {
  /** The emulated printer, for a person's hands. */
  printer: Printer;
  /** Its driver's process ends at once, as in a crash, and is started again. */
  killDriver(): void;
  /** Stops both. */
  close(): Promise<void>;
}

/** An emulated printer on TCP at an outlet's counter, and a driver for it in a process of its own. */
export async function openCounterPrinter(at: CounterPlace, tray: Tray): Promise<CounterPrinter> {
  const printer = createPrinter({ onPaper: (paper) => tray.put(paper) });
  const wire = await listenPrinter({ printer });
  const driver = startDriver(at, 'printer', {
    driver: 'printer-escpos',
    model: 'epson-80',
    port: wire.port,
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
