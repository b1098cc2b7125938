import type { Violation } from '../checker/invariant.ts';
import { orderId } from '../world/names.ts';
import type { Scenario } from '../world/scenario.ts';
import { instantOf } from '../world/scenario-time.ts';

/** Orders that are looked at together: just those before the end of a run matter, most of all the last ones. */
const LAST = [3, 10, 30, 100, 300];

/** The scenario with these orders only, and without the voids, operations and faults that name any other. */
export function keepOrders(scenario: Scenario, names: ReadonlySet<string>): Scenario {
  const orders = scenario.orders.filter(
    (order) => names.has(order.name) && (order.do !== 'void' || names.has(order.of)),
  );
  const known = new Set(scenario.orders.map(({ name }) => name));
  const left = new Set(orders.map(({ name }) => name));
  // A name that was no order before (`cut`) is none that has gone.
  const gone = (name: string) => known.has(name) && !left.has(name);
  return {
    ...scenario,
    orders,
    operations: scenario.operations.filter((operation) => !('of' in operation && gone(operation.of))),
    faults: scenario.faults.filter((fault) => !('order' in fault && gone(fault.order))),
  };
}

/**
 * A few guesses which orders are enough, the boldest first: the broken rule's own, those of its station around it, and the
 * last ones before it broke. The run ended there, so no later one can matter: that is the last guess.
 */
export function* guessOrders(
  scenario: Scenario,
  violation: Violation | undefined,
): Generator<ReadonlySet<string>> {
  if (!violation || scenario.orders.length <= 3) return;
  const timed = scenario.orders.map((order) => ({ order, at: instantOf(scenario, order.at) }));
  const own = timed.find(
    ({ order, at }) => orderId(scenario.seed, order.name, at) === violation.order,
  )?.order;
  const ofVoid = own?.do === 'void' ? [own.of] : [];
  if (own) yield new Set([own.name, ...ofVoid]);

  const before = timed.filter(({ at }) => at <= violation.at).sort((a, b) => a.at - b.at);
  const names = (some: typeof timed) => new Set([...some.map(({ order }) => order.name), ...ofVoid]);
  if (own) {
    const there = before.filter(({ order }) => order.station === own.station);
    for (const most of LAST) if (there.length > most) yield names(there.slice(-most));
    if (there.length < before.length) yield names(there);
  }
  for (const most of LAST) if (before.length > most) yield names(before.slice(-most));
  if (before.length > 0 && before.length < timed.length) yield names(before);
}
