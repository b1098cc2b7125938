import type { Fault, FaultName } from '../world/faults.ts';
import type { Operation } from '../world/scenario.ts';
import type { Draft, Span } from './demand.ts';
import type { Draws } from './generate-draws.ts';
import { MAKE } from './generate-fault-kinds.ts';
import type { Swarm } from './swarm.ts';

/** What decides how the carrier behaves: an order has one of these, or a conduct, or a number that tells a story. */
const CONDUCTS: ReadonlySet<FaultName> = new Set<FaultName>([
  'CAR-TIMEOUT-CHARGED',
  'CAR-TIMEOUT-NOT',
  'CAR-LOST-REPLY',
  'CAR-PROC-FOREVER',
  'CAR-DOWN',
  'CAR-LATE-OK',
  'CAR-LATE-FAIL',
]);

/** Hits the platform, its clock or the broker as a whole: one of each kind is enough for a small world. */
const ONCE: ReadonlySet<FaultName> = new Set<FaultName>(['CUT-RACE', 'DSK-CORRUPT', 'CLK-STEP']);

/** So many faults, each with the order that it is to hit: listed one by one, so that each can be taken away. */
export function faultsOf(
  draws: Draws,
  span: Span,
  demand: { orders: readonly Draft[]; operations: readonly Operation[] },
  swarm: Swarm,
  count: number,
  prefix = 'fault',
): Fault[] {
  const { orders, operations } = demand;
  if (swarm.kinds.length === 0 || orders.length === 0) return [];
  const topups = orders.filter(({ plan }) => plan.do === 'topup');
  const gathered = draws.of('gathered', topups.length > 0 ? topups : orders);
  const cutByHand = operations.some((operation) => operation.do === 'cutDay');
  const taken = new Set<string>();
  const faults: Fault[] = [];

  for (let i = 0; i < count; i++) {
    const name = `${prefix} ${i}`;
    const kind = draws.of(`${name} kind`, swarm.kinds);
    const gather = swarm.gather && draws.happens(`${name} gathers`, 0.7);
    const victim = gather ? gathered : draws.of(`${name} order`, orders);
    if (CONDUCTS.has(kind) && isTold(victim)) continue;
    const fault = MAKE[kind]({ draws, name, span, victim, ever: swarm.ever, cutByHand });
    const key = fault && keyOf(fault);
    if (!key || taken.has(key)) continue;
    taken.add(key);
    faults.push(fault);
  }
  return faults;
}

/** Two of the same key would contradict each other, or be one. */
function keyOf(fault: Fault): string {
  if (CONDUCTS.has(fault.fault) && 'order' in fault) return `conduct ${fault.order}`;
  return ONCE.has(fault.fault) ? fault.fault : JSON.stringify(fault);
}

/** The carrier has been told how to behave with this one. */
function isTold({ plan }: Draft): boolean {
  return plan.do === 'topup' && (plan.conduct !== undefined || plan.account.slice(-4).startsWith('99'));
}
