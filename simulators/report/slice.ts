import { orderId } from '../world/names.ts';
import type { TraceEvent } from '../world/result.ts';
import type { Scenario } from '../world/scenario.ts';
import { eventWords, type Kind } from './event-words.ts';
import type { ReportInput } from './input.ts';

/** What concerns everybody, whichever order it was about. */
const FOR_ALL: ReadonlySet<Kind> = new Set(['crash', 'recover', 'mark']);
/** Where no order is to blame: so many events before the rule was broken. */
const LAST = 150;

/** The scenario's name of the order whose rule is broken; `undefined` where no single order is to blame. */
export function failingOrder({
  scenario,
  result,
}: Pick<ReportInput, 'scenario' | 'result'>): string | undefined {
  const id = result.violation?.order;
  if (id === undefined) return undefined;
  const names = new Set(scenario.orders.map(({ name }) => name));
  for (const { order } of result.trace ?? []) if (order !== undefined) names.add(order);
  if (names.has(id)) return id;
  // The part of an id that does not hold its time comes from the seed and the name alone.
  return [...names].find((name) => orderId(scenario.seed, name, 0).slice(10) === id.slice(10)) ?? id;
}

/** The order and those it is tied to: a void and its purchase. */
function family({ orders }: Scenario, order: string): Set<string> {
  const names = new Set([order]);
  for (const plan of orders)
    if (plan.do === 'void' && (plan.name === order || plan.of === order)) names.add(plan.name).add(plan.of);
  return names;
}

/** The events that can have caused the failure: the order's own, the faults that hit it or everybody, crashes, the cut. */
export function causalSlice(input: Pick<ReportInput, 'scenario' | 'result'>): TraceEvent[] {
  const trace = input.result.trace ?? [];
  const order = failingOrder(input);
  const until = input.result.violation?.at ?? Number.POSITIVE_INFINITY;
  if (order === undefined) {
    const before = trace.filter(({ at }) => at <= until).length;
    return trace.filter((event, i) => (i < before && i >= before - LAST) || concernsAll(event));
  }
  const names = family(input.scenario, order);
  return trace.filter((event) =>
    event.order === undefined
      ? concernsAll(event)
      : names.has(event.order) || FOR_ALL.has(eventWords(event).kind),
  );
}

function concernsAll(event: TraceEvent): boolean {
  return event.fault !== undefined || FOR_ALL.has(eventWords(event).kind);
}
