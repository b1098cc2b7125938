import { printer as printerClass } from '../../contracts/devices/printer.ts';
import { nameOf, type Place } from '../../contracts/topics.ts';
import type { Observer } from '../checker/observation.ts';
import type { Chronicle } from './chronicle.ts';
import { msOf } from './duration.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Names } from './names.ts';
import { createPlaceNode, type PlaceNode } from './place-node.ts';
import type { PlacePorts } from './place-ports.ts';
import { createPrinterModel, type Mishap, type PaperTray } from './printer-model.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface PrinterNodeOptions {
  place: Place;
  /** Its lane in the story. */
  lane: string;
  ports: PlacePorts;
  time: VirtualTime;
  plan: FaultPlan;
  names: Names;
  observer: Observer;
  chronicle: Chronicle;
  columnOf(order: string): string;
  untilHealed(ms: number): number;
  /** Its driver will never start again. */
  isDead(): void;
}

/** How long a line of a receipt takes, ms. */
const LINE = 12;

/** A station's printer with its driver: what came out of it stays, whatever becomes of the driver's process. */
export function createPrinterNode(options: PrinterNodeOptions): PlaceNode {
  const { place, lane, ports, time, plan, names, observer, chronicle, columnOf, untilHealed } = options;
  const name = nameOf(place);
  const tray: PaperTray = {
    paper: 'full',
    plugged: true,
    sheets(job, printed, whole) {
      chronicle.digest(`${job} ${printed.length} ${whole}`);
      const order = names.nameOf(orderOf(job));
      chronicle.note(() => ({
        lane,
        what: 'prints',
        detail: printed.join('\n'),
        ...(order ? { order } : {}),
      }));
      observer.paper(time.now(), { place: name, job, lines: printed, whole });
    },
  };

  function mishapOf(job: string): Mishap | undefined {
    const order = names.nameOf(orderOf(job));
    if (order === undefined) return undefined;
    const nth = Number(job.slice(28));
    const [found] = plan
      .ofOrder(order, 'PRN-PAPER', 'PRN-UNKNOWN', 'PRN-UNPLUG', 'DRV-CRASH')
      .filter(({ index, fault }) => (fault.nth ?? 1) === nth && !plan.hasHit(index));
    if (!found) return undefined;
    const { index, fault } = found;
    const happened = () => plan.hit(index, [columnOf(order)]);
    if (fault.fault === 'PRN-UNKNOWN') return { what: 'statusLost', afterLines: 0, forMs: 0, happened };
    return { what: WHAT[fault.fault], afterLines: fault.afterLines, forMs: msOf(fault.forMs), happened };
  }

  const node: PlaceNode = createPlaceNode(
    place,
    printerClass,
    (life) =>
      createPrinterModel({
        life,
        time,
        tray,
        lineMs: LINE,
        mishapOf,
        statusChanged: () => node.statusChanged(),
        dies(forMs) {
          node.kill();
          if (forMs === undefined) return options.isDead();
          time.after(untilHealed(forMs), () => node.start());
        },
      }),
    ports,
  );
  return node;
}

/** A job's key is its order's id and `.p1`, `.p2`, … */
const orderOf = (job: string) => job.slice(0, 26);

const WHAT = { 'PRN-PAPER': 'paperOut', 'PRN-UNPLUG': 'unplugged', 'DRV-CRASH': 'driverDies' } as const;
