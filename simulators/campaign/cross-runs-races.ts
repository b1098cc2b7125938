import { HOUR, MINUTE } from '../../contracts/time.ts';
import type { Fault } from '../world/faults.ts';
import type { RunResult } from '../world/result.ts';
import type { Scenario } from '../world/scenario.ts';
import { instantOf, parseInstant } from '../world/scenario-time.ts';

/** The day cut, in ms after midnight. */
const CUT = 21 * HOUR;
/** So near to the cut a delay decides to which day an order belongs. */
const NEAR = 2 * MINUTE;

/** Faults of the whole platform, the broker, the carrier or the utility: they hit every station. */
export function isEverywhere(fault: Fault): boolean {
  if ('station' in fault) return fault.station === 'carrier';
  return /^(PLT-|DSK-|CLK-STEP|BRK-RESTART|CAR-CRASH|UTL-CRASH)/.test(fault.fault);
}

/** Whether an order comes so near to a day cut, planned or by hand, that its day depends on a delay. */
export function isNearCut(scenario: Scenario, at: string): boolean {
  const passed = parseInstant(at) ?? 0;
  if (Math.abs((passed % (24 * HOUR)) - CUT) < NEAR) return true;
  return scenario.operations.some(
    (operation) =>
      operation.do === 'cutDay' &&
      Math.abs(instantOf(scenario, operation.at) - instantOf(scenario, at)) < NEAR,
  );
}

/** Somebody was refused for want of credit, or as a look-alike of an order that was open: who comes first decides. */
export const hasRace = (result: RunResult, names?: ReadonlySet<string>): boolean =>
  Object.entries(result.ends).some(
    ([name, end]) => /creditInsufficient$|lookAlike$/.test(end.problem ?? '') && (!names || names.has(name)),
  );

/** Somebody comes twice with one meter card: where the card is the second time depends on how long the first one took. */
export function hasCardTwice({ orders }: Scenario): boolean {
  const customers = orders.flatMap((order) => (order.do === 'card' ? [order.customer] : []));
  return orders.some((order) => order.do === 'cardVoid') || new Set(customers).size < customers.length;
}
