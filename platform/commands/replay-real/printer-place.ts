import { join } from 'node:path';
import { nameOf, type Place } from '../../../contracts/topics.ts';
import { createPrinter } from '../../../simulators/devices/printer/interpreter.ts';
import { listenPrinter } from '../../../simulators/devices/printer/tcp.ts';
import { openTray } from '../../../simulators/devices/printer/tray.ts';
import type { FaultPlan } from '../../../simulators/world/fault-plan.ts';
import type { Broker } from './broker.ts';
import { type RunningDriver, startDriver } from './driver-place.ts';
import { STATION } from './people.ts';
import { createSheetFaults } from './sheet-faults.ts';
import type { Tap } from './tap.ts';
import type { Time } from './time.ts';

export interface PrinterPlace {
  readonly name: string;
  /** The driver runs, or ought to. */
  isUp(): boolean;
  busy(): boolean;
  /** The whole station loses its power, or gets it back. */
  power(on: boolean): Promise<void>;
  close(): Promise<void>;
}

/** A station's emulated printer on TCP and the real driver at it. */
export async function openPrinterPlace(options: {
  outlet: string;
  folder: string;
  broker: Broker;
  time: Time;
  tap: Tap;
  plan: FaultPlan;
  failed: (error: Error) => void;
}): Promise<PrinterPlace> {
  const { outlet, folder, broker, time, tap, plan, failed } = options;
  const place: Place = { kind: 'device', outlet, station: STATION, device: 'printer' };
  const name = nameOf(place);
  const tray = openTray(join(folder, 'papers'));
  const printer = createPrinter({
    onPaper(paper) {
      tray.put(paper);
      faults.onPaper();
    },
  });
  const faults = createSheetFaults(printer, {
    // The plug is pulled: what was not printed yet is lost with it, and there is no connection until it is back.
    unplug: () => printer.powerOff(),
    plug: () => printer.powerOn(),
    cutLine: () => wire.cut(),
    killDriver: () => work(kill),
    startDriver: () => work(start),
    mendAfter: time.mendAfter,
    hit: (index) => plan.hit(index, []),
  });
  const wire = await listenPrinter({ printer });
  let driver: RunningDriver | undefined;
  let working = 0;

  const work = (act: () => Promise<void>) => {
    working += 1;
    act()
      .catch(failed)
      .finally(() => {
        working -= 1;
      });
  };
  const start = async () => {
    if (driver) return;
    const mayDie = plan.all('DRV-CRASH').length > 0;
    driver = await startDriver(
      {
        url: broker.url,
        name,
        password: broker.secretOf(name),
        driver: 'printer-escpos',
        model: 'epson-80',
        transport: { kind: 'tcp', host: '127.0.0.1', port: wire.port },
        journalFolder: join(folder, 'drivers'),
      },
      mayDie,
    );
  };
  const end = async (how: 'close' | 'kill') => {
    const ended = driver;
    driver = undefined;
    tap.forget(name);
    await ended?.[how]();
  };
  const kill = () => end('kill');

  tap.onArrival(({ place: to, name: message, order, envelope }) => {
    if (to !== name || message !== 'printer.print') return;
    const sheet = Number(/\.p(\d+)$/.exec(envelope.key ?? '')?.[1] ?? 0);
    const kinds = ['PRN-PAPER', 'PRN-UNKNOWN', 'PRN-UNPLUG', 'DRV-CRASH'] as const;
    for (const { index, fault } of plan.ofOrder(order, ...kinds))
      if ((fault.nth ?? 1) === sheet && !plan.hasHit(index)) faults.arm(index, fault);
  });

  await start();
  return {
    name,
    isUp: () => driver !== undefined,
    busy: () => working > 0,
    async power(on) {
      if (on) {
        printer.powerOn();
        await start();
      } else {
        printer.powerOff();
        await end('close');
      }
    },
    async close() {
      await end('close');
      await wire.close();
    },
  };
}
