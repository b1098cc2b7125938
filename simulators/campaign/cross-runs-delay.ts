import { outletOf } from '../world/names.ts';
import type { Scenario } from '../world/scenario.ts';
import { startOf } from '../world/scenario-time.ts';
import type { Compare } from './cross-runs.ts';
import { compareEnds } from './cross-runs-ends.ts';
import { hasCardTwice, hasRace, isEverywhere, isNearCut } from './cross-runs-races.ts';

/** What a scenario leaves open, in ms: `world.linkMs` and `world.diskMs`. */
const LINK: [number, number] = [2, 40];
const DISK: [number, number] = [1, 8];

/**
 * Faults that hit whatever is under way at their instant. Three times slower, that is something else.
 */
const AT_AN_INSTANT = /^(CUT-RACE|KSK-|NET-CLOG|NET-PART|BRK-|CLK-)/;

/**
 * N2: three times slower lines and disks end in the same way. Only where no end depends on who comes first: no crash, cut or
 * last credit is raced for, and no credit is bought or taken back while somebody needs it.
 */
export const delayInvariance: Compare = (scenario, result, run) => {
  if (scenario.faults.some((fault) => isEverywhere(fault) || AT_AN_INSTANT.test(fault.fault)))
    return { checked: 0 };
  if (scenario.orders.some((order) => order.do === 'void' || isNearCut(scenario, order.at)))
    return { checked: 0 };
  if (scenario.orders.length === 0 || hasCardTwice(scenario) || hasRace(result)) return { checked: 0 };
  const { linkMs = LINK, diskMs = DISK } = scenario.world;
  const slow: Scenario = {
    ...scenario,
    world: {
      ...scenario.world,
      linkMs: [linkMs[0] * 3, linkMs[1] * 3],
      diskMs: [diskMs[0] * 3, diskMs[1] * 3],
    },
  };
  const other = run(slow);
  if (hasRace(other)) return { checked: 0 };
  const found = compareEnds(result, other, {
    at: startOf(scenario),
    rule: 'N2',
    orders: scenario.orders.map(({ name }) => name),
    outlets: Array.from({ length: scenario.world.stations }, (_, i) => outletOf(i + 1)),
    zh: '时延放大三倍后结果不同',
    en: 'three times slower, and it ended otherwise',
  });
  return { checked: 1, ...found };
};
