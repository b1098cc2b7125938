import type { Scenario } from '../world/scenario.ts';
import type { Shape } from './worker-job.ts';

/** Amounts that are told apart; the rest of a big world's are `other`. */
const MOST_AMOUNTS = 60;

/** The hour of the day cut. */
const CUT = 21;

/** How a scenario looks from afar, for the campaign's histograms. */
export function shapeOf(scenario: Scenario): Shape {
  const flows: Shape['flows'] = {};
  const amounts: Shape['amounts'] = {};
  let kinds = 0;
  for (const order of scenario.orders) {
    flows[order.do] = (flows[order.do] ?? 0) + 1;
    if (order.do !== 'topup') continue;
    const known = amounts[order.fen] !== undefined;
    if (!known) kinds++;
    const key = known || kinds <= MOST_AMOUNTS ? order.fen : 'other';
    amounts[key] = (amounts[key] ?? 0) + 1;
  }
  for (const operation of scenario.operations) flows[operation.do] = (flows[operation.do] ?? 0) + 1;
  const start = Number(scenario.world.start.slice(11, 13));
  if (start < CUT && start + scenario.world.hours >= CUT) flows.cut = 1;
  return {
    stations: scenario.world.stations,
    hours: scenario.world.hours,
    start,
    faults: scenario.faults.length,
    healersAbsent: scenario.world.without?.length ?? 0,
    flows,
    amounts,
  };
}
