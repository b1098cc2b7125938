import type { Observer } from '../checker/observation.ts';
import type { Chronicle } from './chronicle.ts';
import { contraryNews } from './contrary.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Names } from './names.ts';
import type { Scenario } from './scenario.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface FlipsOptions {
  scenario: Scenario;
  time: VirtualTime;
  plan: FaultPlan;
  names: Names;
  observer: Observer;
  chronicle: Chronicle;
  columnOf(order: string): string;
  brokerSays(topic: string, text: string): void;
}

/** The carrier says the opposite of how an order ended, later. */
export interface Flips {
  /** The order with this name has ended in the carrier's books. */
  decided(name: string, what: 'charged' | 'declined'): void;
  /** What was charged after all for the order with this id, in fen; undefined: its books stand. */
  chargedFen(id: string): number | undefined;
}

export function createFlips(options: FlipsOptions): Flips {
  const { scenario, time, plan, names, observer, chronicle, columnOf, brokerSays } = options;
  const flipped = new Map<string, number>();
  return {
    decided(name, what) {
      const faults = plan.ofOrder(name, 'CAR-FLIP');
      if (faults.length === 0) return;
      const order = scenario.orders.find((each) => each.name === name);
      const id = names.idOf(name);
      if (order?.do !== 'topup' || !id) return;
      const { account, fen } = order;
      for (const { index, fault } of faults)
        time.after(fault.afterMs, () => {
          if (plan.hasHit(index)) return;
          plan.hit(index, [columnOf(name)]);
          const says = what === 'charged' ? 'failure' : 'success';
          if (says === 'success' && !flipped.has(id)) {
            flipped.set(id, fen);
            observer.carrier(time.now(), `${id}.1`, 'charged', account, fen);
          }
          chronicle.note(() => ({
            lane: 'carrier',
            what: `says ${says} after all`,
            order: name,
            fault: index,
          }));
          const { topic, text } = contraryNews(id, says, { account, fen, at: time.now() });
          brokerSays(topic, text);
        });
    },
    chargedFen: (id) => flipped.get(id),
  };
}
