import { outletOf } from '../world/names.ts';
import type { Scenario } from '../world/scenario.ts';
import { startOf } from '../world/scenario-time.ts';
import type { Compare } from './cross-runs.ts';
import { compareEnds } from './cross-runs-ends.ts';
import { hasCardTwice, hasRace, isEverywhere, isNearCut } from './cross-runs-races.ts';

/**
 * N1: what goes wrong at one station changes nothing for the others. The same scenario without that station's faults must give
 * the others the same ends and credit. Only where nothing hits all of them together, and no cut or last credit is raced for.
 */
export const nonInterference: Compare = (scenario, result, run) => {
  const hit = stationHit(scenario);
  if (hit === undefined || scenario.faults.some(isEverywhere)) return { checked: 0 };
  if (hasCardTwice(scenario)) return { checked: 0 };
  const others = scenario.orders.filter(({ station }) => station !== hit);
  if (others.length === 0 || others.some(({ at }) => isNearCut(scenario, at))) return { checked: 0 };

  const calm = run({ ...scenario, faults: scenario.faults.filter((fault) => !isAt(scenario, fault, hit)) });
  const names = others.map(({ name }) => name);
  if (hasRace(calm, new Set(names))) return { checked: 0 };
  const staysAway = scenario.faults.some(
    (fault) => isAt(scenario, fault, hit) && 'forMs' in fault && fault.forMs === 'ever',
  );
  const found = compareEnds(result, calm, {
    at: startOf(scenario),
    rule: 'N1',
    orders: names,
    // The last payments are asked of the first stations that live: where this one never comes back, of another one.
    outlets: staysAway
      ? []
      : numbers(scenario.world.stations)
          .filter((station) => station !== hit)
          .map(outletOf),
    zh: `终端 ${hit} 的故障影响了别的网点`,
    en: `what went wrong at station ${hit} changed something elsewhere`,
  });
  return { checked: 1, ...found };
};

/** The first station that a fault is about, and that is not the only one. */
function stationHit(scenario: Scenario): number | undefined {
  if (scenario.world.stations < 2) return undefined;
  return numbers(scenario.world.stations).find((station) =>
    scenario.faults.some((fault) => isAt(scenario, fault, station)),
  );
}

function isAt(scenario: Scenario, fault: Scenario['faults'][number], station: number): boolean {
  if ('station' in fault) return fault.station === station;
  if (!('order' in fault)) return false;
  return scenario.orders.find(({ name }) => name === fault.order)?.station === station;
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
