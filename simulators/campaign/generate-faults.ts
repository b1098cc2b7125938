import type { Fault, FaultName } from '../world/faults.ts';
import type { Operation } from '../world/scenario.ts';
import type { Draft, Span } from './demand.ts';
import { companionsOf, conductFor } from './generate-companions.ts';
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

/**
 * So many faults, each with the order that it is to hit: listed one by one, so that each can be taken away. None contradicts
 * those that are given.
 */
export function faultsOf(
  draws: Draws,
  span: Span,
  demand: { orders: readonly Draft[]; operations: readonly Operation[] },
  swarm: Swarm,
  count: number,
  prefix = 'fault',
  given: readonly Fault[] = [],
): Fault[] {
  const { orders, operations } = demand;
  if (swarm.kinds.length === 0 || orders.length === 0) return [];
  const topups = orders.filter(({ plan }) => plan.do === 'topup');
  const sound = topups.filter(isSound);
  const long = orders.find((order) => order.long);
  const gathered = long ?? draws.of('gathered', sound.length > 0 ? sound : orders);
  const cutByHand = operations.some((operation) => operation.do === 'cutDay');
  const taken = new Set(given.map(keyOf));
  const faults: Fault[] = [];

  for (let i = 0; i < count && faults.length < count; i++) {
    const name = `${prefix} ${i}`;
    const kind = draws.of(`${name} kind`, swarm.kinds);
    const gather = (swarm.gather || long) && draws.happens(`${name} gathers`, 0.7);
    // Mostly one that is not refused: little can happen to others.
    const among = sound.length > 0 && draws.happens(`${name} sound`, 0.75) ? sound : orders;
    const victim = gather ? gathered : draws.of(`${name} order`, among);
    if (CONDUCTS.has(kind) && isTold(victim)) continue;
    const making = { draws, name, span, victim, ever: swarm.ever, cutByHand, localMs: swarm.localMs };
    const fault = MAKE[kind](making);
    if (!fault || !add(fault)) continue;
    const conduct = conductFor(making, fault);
    if (conduct && !isTold(victim) && victim.plan.do === 'topup' && !taken.has(`conduct ${victim.plan.name}`))
      victim.plan = { ...victim.plan, conduct };
    for (const companion of companionsOf(making, fault, swarm.kinds))
      if (faults.length < count) add(companion);
  }
  return faults;

  function add(fault: Fault): boolean {
    const key = keyOf(fault);
    if (taken.has(key)) return false;
    taken.add(key);
    faults.push(fault);
    return true;
  }
}

/** Nothing about it is refused by a rule, as far as its own data go. */
function isSound({ plan }: Draft): boolean {
  return (
    plan.do === 'topup' &&
    plan.account.startsWith('138080') &&
    plan.account[6] !== '7' &&
    plan.account.length === 11 &&
    plan.fen % 1_000 === 0 &&
    plan.fen <= 50_000
  );
}

/** Two of the same key would contradict each other, or be one. */
function keyOf(fault: Fault): string {
  if (CONDUCTS.has(fault.fault) && 'order' in fault) return `conduct ${fault.order}`;
  // It says the opposite once: twice would be what it said first.
  if (fault.fault === 'CAR-FLIP') return `flip ${fault.order}`;
  // Of two spoilt answers in one there would be nothing left for the second.
  if (fault.fault === 'CAR-WRONG') return `wrong ${fault.order} ${fault.message} ${fault.nth ?? 1}`;
  return ONCE.has(fault.fault) ? fault.fault : JSON.stringify(fault);
}

/** The carrier has been told how to behave with this one. */
function isTold({ plan }: Draft): boolean {
  return plan.do === 'topup' && (plan.conduct !== undefined || plan.account.slice(-4).startsWith('99'));
}
