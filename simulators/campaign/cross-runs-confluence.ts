import type { Fault, MessageName } from '../world/faults.ts';
import { lotOf } from '../world/keyed.ts';
import { outletOf } from '../world/names.ts';
import type { Scenario } from '../world/scenario.ts';
import { startOf } from '../world/scenario-time.ts';
import type { Compare } from './cross-runs.ts';
import { compareEnds } from './cross-runs-ends.ts';
import { isEverywhere } from './cross-runs-races.ts';

/** What the carrier says about one order, in the order in which it says it. */
const SAID: readonly MessageName[] = [
  'carrier.perform.accepted',
  'carrier.perform.processing',
  'carrier.perform.completed',
];

/** Orders in which the messages may arrive, each as how late one is, in ms. All are within the platform's patience. */
const LATE: readonly { [message: string]: number }[] = [
  { 'carrier.perform.accepted': 900 },
  { 'carrier.perform.processing': 900 },
  { 'carrier.perform.accepted': 1_500, 'carrier.perform.processing': 700 },
  { 'carrier.perform.accepted': 700, 'carrier.perform.processing': 1_500 },
];

/**
 * S10: in whatever order the carrier's messages about one payment arrive, it ends in the same way. One top-up that nothing
 * else happens to gets its messages in another order.
 */
export const confluence: Compare = (scenario, result, run) => {
  if (scenario.faults.some(isEverywhere)) return { checked: 0 };
  const named = new Set(scenario.faults.flatMap((fault) => ('order' in fault ? [fault.order] : [])));
  const order = scenario.orders.find(
    ({ name, do: flow }) =>
      flow === 'topup' && !named.has(name) && /^(succeeded|failed)$/.test(result.ends[name]?.state ?? ''),
  );
  if (!order) return { checked: 0 };
  const late = lotOf(scenario.seed, 'confluence', LATE);
  const delays = SAID.flatMap((message): Fault[] => {
    const byMs = late[message];
    return byMs === undefined ? [] : [{ fault: 'NET-DELAY', order: order.name, message, byMs }];
  });
  const permuted: Scenario = { ...scenario, faults: [...scenario.faults, ...delays] };
  const other = run(permuted);
  const found = compareEnds(result, other, {
    at: startOf(scenario),
    rule: 'S10',
    orders: [order.name],
    // The credit of the others may depend on a race of theirs; this order's part of it is in its end.
    outlets: scenario.orders.length === 1 ? [outletOf(order.station)] : [],
    zh: '移动的消息换了先后,结果不同',
    en: 'the carrier’s messages in another order, and it ended otherwise',
  });
  const moved = other.receipts.some(
    ({ index, states }) => index >= scenario.faults.length && states.length > 0,
  );
  return { checked: moved || found.violation || found.failed ? 1 : 0, ...found };
};
