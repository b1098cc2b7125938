import { FAULT_CATALOGUE, FAULT_NAMES } from './fault-catalogue.ts';
import type { Fault } from './faults.ts';
import type { Operation, OrderPlan, Scenario } from './scenario.ts';
import { checkParts, type Parts } from './scenario-checks.ts';
import { OPERATION_MEMBERS, ORDER_MEMBERS, scenarioSchema, worldSchema } from './scenario-schema.ts';
import { fitsShape, kindOf } from './scenario-shape.ts';

/**
 * Reads a scenario as JSON gives it. Throws with everything that is wrong with it at once, a line each: where, the value, what is
 * allowed and what to do.
 */
export function readScenario(value: unknown): Scenario {
  const problems = problemsOf(value);
  if (problems.length === 0) return value as Scenario;
  const many = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  throw new Error(
    `this scenario can't be played, ${many}:\n${problems.map((each) => `  ${each}`).join('\n')}`,
  );
}

/** Everything that is wrong with a scenario, in its own order; nothing where it can be played. */
export function problemsOf(value: unknown): string[] {
  const problems: string[] = [];
  const tell = (problem: string) => void problems.push(problem);
  fitsShape(tell, '', value, scenarioSchema);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return problems;
  const { world, orders, operations, faults } = value as { [name: string]: unknown };
  const misshapen = new Set<string>();
  const parts: Parts = { world: undefined, orders: [], operations: [], faults: [], misshapen };

  if (world !== undefined && fitsShape(tell, 'world', world, worldSchema))
    parts.world = world as Scenario['world'];
  for (const [i, order] of listOf(orders)) {
    const kind = kindOf(tell, `orders[${i}]`, order, 'do', ORDER_KINDS);
    if (kind && fitsShape(tell, `orders[${i}]`, order, ORDER_MEMBERS[kind], 'do'))
      parts.orders.push({ i, order: order as OrderPlan });
    else if (typeof (order as OrderPlan | null)?.name === 'string') misshapen.add((order as OrderPlan).name);
  }
  for (const [i, operation] of listOf(operations)) {
    const kind = kindOf(tell, `operations[${i}]`, operation, 'do', OPERATION_KINDS);
    if (kind && fitsShape(tell, `operations[${i}]`, operation, OPERATION_MEMBERS[kind], 'do'))
      parts.operations.push({ i, operation: operation as Operation });
  }
  for (const [i, fault] of listOf(faults)) {
    const kind = kindOf(tell, `faults[${i}]`, fault, 'fault', FAULT_NAMES);
    if (kind && fitsShape(tell, `faults[${i}]`, fault, FAULT_CATALOGUE[kind].members, 'fault'))
      parts.faults.push({ i, fault: fault as Fault });
  }
  checkParts(tell, parts);
  return problems;
}

const ORDER_KINDS = Object.keys(ORDER_MEMBERS) as OrderPlan['do'][];
const OPERATION_KINDS = Object.keys(OPERATION_MEMBERS) as Operation['do'][];

const listOf = (value: unknown): [number, unknown][] => (Array.isArray(value) ? [...value.entries()] : []);

/** What is read first; the rest follows by its name. */
const FIRST = [
  ...['start', 'hours', 'stations', 'creditFen'],
  ...['name', 'fault', 'at', 'station', 'order', 'do', 'of', 'message', 'nth', 'account', 'fen'],
];

/** The scenario as a person reads and edits it: always the same text for the same data, an order or a fault a line. */
export function writeScenario({ v, seed, note, world, orders, operations, faults }: Scenario): string {
  const list = (name: string, items: readonly object[]) =>
    items.length === 0
      ? `  ${JSON.stringify(name)}: []`
      : `  ${JSON.stringify(name)}: [\n${items.map((item) => `    ${line(item)}`).join(',\n')}\n  ]`;
  const parts = [
    `  "v": ${v}`,
    ...(note === undefined ? [] : [`  "note": ${JSON.stringify(note)}`]),
    `  "seed": ${seed}`,
    `  "world": ${line(world)}`,
    list('orders', orders),
    list('operations', operations),
    list('faults', faults),
  ];
  return `{\n${parts.join(',\n')}\n}\n`;
}

function line(item: object): string {
  const known = FIRST.filter((name) => name in item);
  const rest = Object.keys(item)
    .filter((name) => !FIRST.includes(name))
    .sort();
  const members = [...known, ...rest].map((name) => {
    const value = (item as { [name: string]: unknown })[name];
    return value === undefined ? [] : [`${JSON.stringify(name)}: ${JSON.stringify(value)}`];
  });
  return `{ ${members.flat().join(', ')} }`;
}
