import { topicOf } from '../../../contracts/topics.ts';
import type { Books } from '../../../simulators/counterparts/carrier/books.ts';
import { CARRIER_PLACE } from '../../../simulators/counterparts/carrier/start.ts';
import { contraryNews, repeated } from '../../../simulators/world/contrary.ts';
import type { FaultPlan } from '../../../simulators/world/fault-plan.ts';
import type { Names } from '../../../simulators/world/names.ts';
import type { OrderPlan } from '../../../simulators/world/scenario.ts';
import type { Tap } from './tap.ts';
import type { Time } from './time.ts';

export interface CarrierNews {
  /** Looks whether an order has ended in the carrier's books about which it will change its mind. */
  look(): void;
  /** What the books hold of an order after a change of mind, in fen; undefined where they are as they were. */
  changedMind(order: string): number | undefined;
}

/** What no conduct makes the carrier say: its completion once more as another message, and the opposite of how it ended. */
export function tellNews(options: {
  tap: Tap;
  time: Time;
  plan: FaultPlan;
  names: Names;
  orders: readonly OrderPlan[];
  books: () => Books;
}): CarrierNews {
  const { tap, time, plan, names, orders, books } = options;
  const changed = new Map<string, number>();
  const again = new Set<number>();
  const flips = plan.all('CAR-FLIP').map((planned) => ({ ...planned, isPlanned: false }));

  tap.onArrival(({ name, order, topic, text }) => {
    if (name !== 'carrier.perform.completed') return;
    for (const { index, fault } of plan.ofOrder(order, 'CAR-DUP-CB')) {
      if (again.has(index)) continue;
      again.add(index);
      time.after(fault.afterMs, () => {
        plan.hit(index, []);
        tap.tell(topic, repeated(text, fault.otherNo === true));
      });
    }
  });

  return {
    look() {
      for (const flip of flips) {
        const { index, fault } = flip;
        const id = names.idOf(fault.order) ?? '';
        const standing = books().charge(`${id}.1`)?.standing ?? 'processing';
        const planned = orders.find(({ name }) => name === fault.order);
        if (flip.isPlanned || standing === 'processing' || planned?.do !== 'topup') continue;
        flip.isPlanned = true;
        const { account, fen } = planned;
        time.after(fault.afterMs, () => {
          plan.hit(index, []);
          if (standing === 'failed') changed.set(fault.order, fen);
          const says = standing === 'failed' ? 'success' : 'failure';
          const { text } = contraryNews(id, says, { account, fen, at: time.now() });
          tap.tell(topicOf(CARRIER_PLACE, 'rep'), text);
        });
      }
    },
    changedMind: (order) => changed.get(order),
  };
}
