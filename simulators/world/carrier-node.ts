import type { Question } from '../../contracts/endpoint/behaviour.ts';
import { carrier as profile } from '../../contracts/profiles/carrier.ts';
import type { Observer } from '../checker/observation.ts';
import { createCarrier } from '../counterparts/carrier/behaviour.ts';
import { createBooks } from '../counterparts/carrier/books.ts';
import { CONDUCTS, type Conduct, createConduct } from '../counterparts/carrier/conduct.ts';
import type { BookEvent } from '../counterparts/carrier/entries.ts';
import { CONDUCT_FAULTS, conductBy } from './carrier-conduct.ts';
import type { Chronicle } from './chronicle.ts';
import type { FaultPlan } from './fault-plan.ts';
import { CARRIER, type Names } from './names.ts';
import { createPlaceNode, type PlaceNode } from './place-node.ts';
import type { PlacePorts } from './place-ports.ts';
import type { Scenario } from './scenario.ts';

export interface CarrierNode {
  place: PlaceNode;
  /** What it has charged under an order's key, in fen, whatever it says. */
  chargedFen(order: string): number;
  standing(order: string): 'succeeded' | 'failed' | 'processing' | 'notFound';
}

export interface CarrierNodeOptions {
  scenario: Scenario;
  ports: PlacePorts;
  plan: FaultPlan;
  names: Names;
  observer: Observer;
  chronicle: Chronicle;
  columnOf(order: string): string;
  /** The order has ended in its books. */
  decided(order: string, what: 'charged' | 'declined'): void;
}

/** China Mobile and its adapter: its books are the truth, and outlive every death of the adapter's process. */
export function createCarrierNode(options: CarrierNodeOptions): CarrierNode {
  const { scenario, ports, plan, names, observer, chronicle, columnOf } = options;
  const { time } = ports;
  const books = createBooks();
  const byDefault = createConduct();
  /** What it does with the orders that have a conduct of their own, by their names. */
  const conducts = new Map(
    scenario.orders.flatMap((order) =>
      order.do === 'topup' && order.conduct !== undefined ? [[order.name, order.conduct]] : [],
    ),
  );
  /** When it took what it has, ms, by our key. */
  const takenAt = new Map<string, number>();
  let stop: () => void = () => {};

  function conductOf({ key, account }: { key: string; account: string }): Conduct {
    const name = names.nameOf(orderOf(key)) ?? '';
    const [fault] = plan.ofOrder(name, ...CONDUCT_FAULTS);
    if (fault) {
      plan.hit(fault.index, [columnOf(name)]);
      return conductBy(fault.fault);
    }
    const own = conducts.get(name);
    if (typeof own === 'string') return CONDUCTS[own];
    return own ?? byDefault({ key, account });
  }

  function tellTruth(event: BookEvent): void {
    if (event.kind !== 'taken' && event.kind !== 'charged' && event.kind !== 'declined') return;
    const charge = books.charge(event.key);
    if (!charge) return;
    const order = orderOf(event.key);
    const name = names.nameOf(order);
    if (event.kind === 'taken' && name && plan.ofOrder(name, 'CAR-DENIES').length > 0)
      takenAt.set(event.key, time.now());
    chronicle.digest(`${event.kind} ${event.key}`);
    chronicle.note(() => ({ lane: 'carrier', what: event.kind, ...(name ? { order: name } : {}) }));
    observer.carrier(time.now(), event.key, event.kind, charge.account, charge.amountFen);
    if (event.kind !== 'taken' && name) options.decided(name, event.kind);
  }

  /** Whether its inquiry finds nothing though it is there: its books stay what they are. */
  function denies({ data }: Question): boolean {
    const { originalKey = '' } = data as { originalKey?: string };
    const since = takenAt.get(originalKey);
    const name = names.nameOf(orderOf(originalKey));
    if (since === undefined || name === undefined) return false;
    const found = plan.ofOrder(name, 'CAR-DENIES').filter(({ fault }) => time.now() - since >= fault.afterMs);
    for (const { index } of found) plan.hit(index, [columnOf(name)]);
    return found.length > 0;
  }

  const place = createPlaceNode(
    CARRIER,
    profile,
    (life) => {
      stop();
      const carrier = createCarrier(books, conductOf, {
        now: time.now,
        after: time.after,
        // Its books are a system of their own: what they say is so at once; the adapter hears of it a moment later.
        keep(events, done) {
          for (const event of events) tellTruth(event);
          time.after(2, () => !life.isOver() && done());
        },
      });
      stop = carrier.stop;
      const { behaviour } = carrier;
      return {
        ...behaviour,
        question(asked) {
          if (asked.operation !== 'inquire' || !denies(asked)) return behaviour.question(asked);
          asked.answer({ outcome: 'success', result: { standing: 'notFound' } });
        },
      };
    },
    ports,
  );

  return {
    place,
    chargedFen(order) {
      const charge = books.charge(`${order}.1`);
      return charge?.standing === 'succeeded' ? charge.amountFen : 0;
    },
    standing: (order) => books.charge(`${order}.1`)?.standing ?? 'notFound',
  };
}

const orderOf = (key: string) => key.slice(0, 26);
