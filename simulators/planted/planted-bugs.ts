import { generate } from '../campaign/generate.ts';
import { keptScenario } from '../campaign/regressions.ts';
import { failureOf } from '../campaign/verdict.ts';
import { runSafely } from '../campaign/worker-play.ts';
import { runScenario } from '../world/run.ts';
import type { Scenario } from '../world/scenario.ts';
import type { PlantedBug } from './bug.ts';
import { BUGS } from './bugs/index.ts';
import { importPlanted, type PlantedWorld } from './import-planted.ts';

/** What became of one planted bug. */
export interface Found {
  bug: string;
  /** The invariant that must notice it, though no other looks. */
  expected: string;
  /** What notices it first where all look; undefined where the expected one never noticed it: it survived. */
  killedBy?: string;
  /** Seeds that it took; they count from 1, so this is also the one it died of. 0: it died of the kept scenario that shows it. */
  seeds: number;
  seconds: number;
  /** The scenario it died of. */
  scenario?: Scenario;
}

export interface PlantedOptions {
  /** Only the bugs with these names. */
  only?: readonly string[];
  /** Of one bug; what survives so many has not been found. */
  maxSeeds: number;
  /** Real time for all bugs together, ms. */
  limitMs: number;
  /** A line for each bug as it is done. */
  progress?: (line: string) => void;
}

/**
 * Plants each bug in turn and lets seeds run until the invariant it is meant for notices it, all alone; the sound platform has
 * to pass the same scenario. Rejects where a patch no longer applies.
 */
export async function plantedBugs({ only, maxSeeds, limitMs, progress }: PlantedOptions): Promise<Found[]> {
  const begun = performance.now();
  const found: Found[] = [];
  for (const bug of BUGS) {
    if (only && !only.includes(bug.name)) continue;
    const one = await hunt(bug, maxSeeds, { stopped: () => performance.now() - begun >= limitMs });
    found.push(one);
    progress?.(lineOf(one));
  }
  return found;
}

/** Lets seeds run until the bug is noticed. `flaw`: all that in a simulator with this flaw. */
export async function hunt(
  bug: PlantedBug,
  maxSeeds: number,
  { stopped = () => false, flaw }: { stopped?: () => boolean; flaw?: string } = {},
): Promise<Found> {
  const begun = performance.now();
  const planted = await importPlanted(flaw === undefined ? bug.name : `${bug.name}+${flaw}`);
  const sound = flaw === undefined ? { runScenario } : await importPlanted(flaw);
  const found: Found = { bug: bug.name, expected: bug.expected, seeds: 0, seconds: 0 };
  const { kept, size = 'tiny', flows, withFaults: faults } = bug;
  const tells = (scenario: Scenario) => {
    if (!isKilled(planted, sound, bug, scenario)) return false;
    found.killedBy = failureOf(runSafely(planted, scenario)) ?? bug.expected;
    found.scenario = scenario;
    return true;
  };
  if (kept === undefined || !tells(keptScenario(kept)))
    while (found.seeds < maxSeeds && !stopped())
      if (tells(generate(++found.seeds, { size, flows, faults }))) break;
  found.seconds = (performance.now() - begun) / 1000;
  return found;
}

/** The expected invariant alone notices the bug, and has nothing to say of the same platform without it. */
function isKilled(
  planted: PlantedWorld,
  sound: PlantedWorld,
  { expected }: PlantedBug,
  scenario: Scenario,
): boolean {
  const alone = { only: [expected] };
  return (
    failureOf(runSafely(planted, scenario, alone)) === expected &&
    failureOf(runSafely(sound, scenario, alone)) === undefined
  );
}

function lineOf({ bug, expected, killedBy, seeds, seconds }: Found): string {
  const end = killedBy === undefined ? 'SURVIVED' : `found by ${expected}`;
  const first = killedBy === undefined || killedBy === expected ? '' : ` (with all rules: ${killedBy})`;
  const after = seeds === 0 ? 'in its kept scenario' : `after ${seeds} seeds`;
  return `${bug}: ${end} ${after}, ${seconds.toFixed(1)} s${first}`;
}
