import type { Fault } from '../world/faults.ts';
import type { Operation, OrderPlan, Scenario } from '../world/scenario.ts';
import { atInstant, shorter } from './shrink-times.ts';

/** One way to make a scenario simpler; undefined where it is so already. It is asked of the best one so far. */
export type Edit = (scenario: Scenario) => Scenario | undefined;

/** Every edit worth trying, in turn: options back to their defaults, then round numbers, then a shorter world. */
export function editsOf(scenario: Scenario): Edit[] {
  return [
    ...worldOptions(scenario),
    ...scenario.orders.flatMap((_, i) => ORDER_EDITS.map((edit) => ofOrder(i, edit))),
    ...scenario.faults.flatMap((_, i) => FAULT_EDITS.map((edit) => ofFault(i, edit))),
    ...scenario.operations.flatMap((_, i) => AT_EDITS.map((edit) => ofOperation(i, edit))),
    ...ROUND_CREDIT,
    ...shorter,
  ];
}

const OPTIONAL = ['embeddedBroker', 'linkMs', 'diskMs'] as const;

function worldOptions(scenario: Scenario): Edit[] {
  const healers = (scenario.world.without ?? []).map(
    (healer): Edit =>
      ({ world, ...rest }) => {
        const { without = [], ...others } = world;
        if (!without.includes(healer)) return undefined;
        const left = without.filter((each) => each !== healer);
        return { ...rest, world: left.length > 0 ? { ...others, without: left } : others };
      },
  );
  const options = OPTIONAL.map(
    (name): Edit =>
      (whole) => {
        const world = without(whole.world, name);
        return world && { ...whole, world };
      },
  );
  return [...healers, ...options];
}

/** A copy without the member; undefined where it has none. */
function without<T extends object>(value: T, name: string): T | undefined {
  if (!(name in value)) return undefined;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)) as T;
}

type Simpler<T> = (value: T) => T | undefined;

function ofOrder(i: number, edit: Simpler<OrderPlan>): Edit {
  return (scenario) => changed(scenario, 'orders', i, edit);
}
function ofFault(i: number, edit: Simpler<Fault>): Edit {
  return (scenario) => changed(scenario, 'faults', i, edit);
}
function ofOperation(i: number, edit: Simpler<Operation>): Edit {
  return (scenario) => changed(scenario, 'operations', i, edit);
}

function changed<K extends 'orders' | 'faults' | 'operations'>(
  scenario: Scenario,
  list: K,
  i: number,
  edit: Simpler<Scenario[K][number]>,
): Scenario | undefined {
  const before = scenario[list][i];
  const after = before && edit(before);
  return after && { ...scenario, [list]: scenario[list].map((each, k) => (k === i ? after : each)) };
}

const AT_EDITS = [atInstant('minute'), atInstant('second')] as const;

const ORDER_EDITS: Simpler<OrderPlan>[] = [
  (order) => without(order, 'conduct'),
  (order) => without(order, 'again'),
  ...AT_EDITS,
  ...[5_000, 50_000].map(
    (fen): Simpler<OrderPlan> =>
      (order) =>
        withFen(order, () => fen),
  ),
  ...[10_000, 1_000, 100].map(
    (step): Simpler<OrderPlan> =>
      (order) =>
        withFen(order, (fen) => Math.round(fen / step) * step),
  ),
];

function withFen(order: OrderPlan, to: (fen: number) => number): OrderPlan | undefined {
  if (order.do === 'void' || order.do === 'cardVoid') return undefined;
  const fen = to(order.fen);
  // A round amount is not made another one: it would go to and fro.
  if (fen <= 0 || fen === order.fen || order.fen === 5_000 || order.fen === 50_000) return undefined;
  return { ...order, fen };
}

const FLAGS = ['nth', 'otherNo', 'losesJournal', 'losesRetained', 'newId', 'again'];
const SPANS = ['afterMs', 'byMs', 'forMs', 'afterLines', 'times'] as const;

const FAULT_EDITS: Simpler<Fault>[] = [
  ...FLAGS.map(
    (name): Simpler<Fault> =>
      (fault) =>
        without(fault, name),
  ),
  (fault) => ('at' in fault ? atInstant('minute')(fault) : undefined),
  (fault) => ('at' in fault ? atInstant('second')(fault) : undefined),
  ...SPANS.flatMap((name) =>
    [1, 2].map(
      (digits): Simpler<Fault> =>
        (fault) => {
          const value = (fault as { [name: string]: unknown })[name];
          if (typeof value !== 'number') return undefined;
          const round = rounded(value, digits);
          return round === value ? undefined : ({ ...fault, [name]: round } as Fault);
        },
    ),
  ),
];

/** To so many digits: 7342 is 7000 to one, 7300 to two. */
function rounded(value: number, digits: number): number {
  let step = 1;
  while (Math.abs(value) >= step * 10 ** digits) step *= 10;
  return Math.round(value / step) * step;
}

const ROUND_CREDIT = [100_000, 1_000_000].map(
  (step): Edit =>
    ({ world, ...rest }) => {
      const creditFen = step === 100_000 ? step : Math.round(world.creditFen / step) * step;
      if (creditFen === world.creditFen || creditFen <= 0 || world.creditFen === 100_000) return undefined;
      return { ...rest, world: { ...world, creditFen } };
    },
);
