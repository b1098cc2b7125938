import { isOfCard } from '../../../simulators/world/fault-states.ts';
import type { Fault } from '../../../simulators/world/faults.ts';
import type { OrderPlan, Scenario } from '../../../simulators/world/scenario.ts';

const isOnCard = ({ do: what }: OrderPlan) => what === 'card' || what === 'cardVoid';

/**
 * What the real stack can play of a scenario: it has no card readers yet, so nobody comes with a meter card, and what goes wrong
 * with one is left out as well. `left` says so, one line each.
 */
export function withoutCards(scenario: Scenario): { played: Scenario; left: string[] } {
  const cards = new Set(scenario.orders.filter(isOnCard).map(({ name }) => name));
  if (cards.size === 0) return { played: scenario, left: [] };
  const isLeft = (fault: Fault) => isOfCard(fault.fault) || ('order' in fault && cards.has(fault.order));
  return {
    played: {
      ...scenario,
      orders: scenario.orders.filter(({ name }) => !cards.has(name)),
      operations: scenario.operations.filter((each) => !('of' in each && cards.has(each.of))),
      faults: scenario.faults.filter((fault) => !isLeft(fault)),
    },
    left: [
      ...[...cards].map(
        (name) => `order ${name}: it needs a meter card, and the real stack has no card reader yet`,
      ),
      ...scenario.faults.flatMap((fault, index) =>
        isLeft(fault) ? [`${index} ${fault.fault}: it is about a meter card`] : [],
      ),
    ],
  };
}
