import { utility as profile } from '../../contracts/profiles/utility.ts';
import type { Observer } from '../checker/observation.ts';
import { createUtility, noUses } from '../counterparts/utility/behaviour.ts';
import { createBooks } from '../counterparts/utility/books.ts';
import { CONDUCTS, type Conduct } from '../counterparts/utility/conduct.ts';
import type { BookEvent, Standing } from '../counterparts/utility/entries.ts';
import type { Chronicle } from './chronicle.ts';
import type { Customers } from './customers.ts';
import type { FaultPlan } from './fault-plan.ts';
import { type Names, UTILITY } from './names.ts';
import { createPlaceNode, type PlaceNode } from './place-node.ts';
import type { PlacePorts } from './place-ports.ts';

export interface UtilityNode {
  place: PlaceNode;
  /** How a purchase stands in its books, by our order's id. */
  standing(order: string): Standing | 'notFound';
}

export interface UtilityNodeOptions {
  ports: PlacePorts;
  plan: FaultPlan;
  names: Names;
  observer: Observer;
  chronicle: Chronicle;
  customers: Customers;
  cardColumnOf(order: string): string;
}

const TOLD = {
  ordered: 'ordered',
  declined: 'failed',
  confirmed: 'confirmed',
  cancelled: 'cancelled',
  voidOrdered: 'voidOrdered',
  voidConfirmed: 'voided',
  voidCancelled: 'voidCancelled',
} as const;

/** The utility and its adapter: its books are the truth, and outlive every death of the adapter's process. */
export function createUtilityNode(options: UtilityNodeOptions): UtilityNode {
  const { ports, plan, names, observer, chronicle, customers, cardColumnOf } = options;
  const { time } = ports;
  const books = createBooks();
  for (const { customerNo, meterNo, chip, meter, no } of customers.all)
    books.apply({
      kind: 'customer',
      at: time.now(),
      customer: {
        customerNo,
        meterNo,
        name: `用户${no}`,
        address: '成都市',
        arrearsFen: 0,
        cardSerial: chip.serial,
        layout: chip.layout,
        wallet: customers.walletOf(no) ?? { count: meter.count, amountFen: 0 },
      },
    });
  const uses = noUses((what, key) => {
    const name = names.nameOf(orderOf(key)) ?? '';
    for (const { index } of plan.ofOrder(name, what === 'noSeal' ? 'UTL-NO-SEAL' : 'UTL-NO-CONFIRM'))
      plan.hit(index, [cardColumnOf(name)]);
  });
  let stop: () => void = () => {};

  function conductOf({ key, operation }: { key: string; operation: 'order' | 'orderVoid' }): Conduct {
    const name = names.nameOf(orderOf(key)) ?? '';
    const hit = (index: number) => plan.hit(index, [cardColumnOf(name)]);
    const [sent] = plan.ofOrder(name, 'UTL-TIMEOUT-ORDERED', 'UTL-TIMEOUT-NOT', 'UTL-LOST-REPLY', 'UTL-DOWN');
    // Asked again about what was told later, it has been so: only the asking for an order hits.
    if (sent && !plan.hasHit(sent.index)) hit(sent.index);
    const base: Conduct = sent && isNew(key, operation) ? CONDUCTS[HOW[sent.fault.fault]] : CONDUCTS.success;
    const [seal] = plan.ofOrder(name, 'UTL-NO-SEAL');
    const [answer] = plan.ofOrder(name, 'UTL-NO-CONFIRM');
    return {
      ...base,
      ...(seal ? { noSeal: seal.fault.times } : {}),
      ...(answer ? { noAnswer: { times: answer.fault.times, taken: answer.fault.taken } } : {}),
    };
  }

  const isNew = (key: string, operation: 'order' | 'orderVoid') =>
    operation === 'orderVoid' || books.purchase(key) === undefined;

  function tellTruth(event: BookEvent): void {
    if (event.kind === 'customer') return;
    const purchase = books.purchase(event.key);
    const customer = purchase && books.customer(purchase.customerNo);
    if (!purchase || !customer) return;
    const name = names.nameOf(orderOf(event.key));
    chronicle.digest(`utility ${event.kind} ${event.key}`);
    chronicle.note(() => ({ lane: 'utility', what: event.kind, ...(name ? { order: name } : {}) }));
    const { count, amountFen: fen } = purchase;
    observer.utility(time.now(), event.key, TOLD[event.kind], {
      serial: customer.cardSerial,
      meterNo: customer.meterNo,
      count,
      fen,
    });
  }

  const place = createPlaceNode(
    UTILITY,
    profile,
    (life) => {
      stop();
      const { behaviour, stop: stopped } = createUtility(
        books,
        conductOf,
        {
          now: time.now,
          after: time.after,
          keep(events, done) {
            for (const event of events) tellTruth(event);
            time.after(2, () => !life.isOver() && done());
          },
        },
        uses,
      );
      stop = stopped;
      return behaviour;
    },
    ports,
  );

  return { place, standing: (order) => books.purchase(`${order}.1`)?.standing ?? 'notFound' };
}

const HOW = {
  'UTL-TIMEOUT-ORDERED': 'timeoutOrdered',
  'UTL-TIMEOUT-NOT': 'timeoutNotOrdered',
  'UTL-LOST-REPLY': 'lostReply',
  'UTL-DOWN': 'down',
} as const;

const orderOf = (key: string) => key.slice(0, 26);
