import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CampaignResult } from '../../../simulators/campaign/campaign.ts';
import { type Failure, runShowing } from '../../../simulators/campaign/campaign-failures.ts';
import type { Plan } from '../../../simulators/campaign/campaign-plan.ts';
import { type Shrunk, shrink } from '../../../simulators/campaign/shrink.ts';
import { runSafely, scenarioOf, sizeFor } from '../../../simulators/campaign/worker-play.ts';
import { junitOf } from '../../../simulators/report/junit.ts';
import { writeReport } from '../../../simulators/report/report.ts';
import { replayCommand, verdictLine } from '../../../simulators/report/verdict-line.ts';
import { matrixCells } from '../../../simulators/world/fault-catalogue.ts';
import type { RunResult } from '../../../simulators/world/result.ts';
import type { Scenario } from '../../../simulators/world/scenario.ts';
import { wasWritten } from './files.ts';
import type { Bar } from './progress.ts';
import type { Request } from './request.ts';
import { simulator } from './simulator.ts';

/** What one failure is handed over as. */
export interface HandedOver {
  folder: string;
  /** The verdict line, and the one command that shows it again. */
  line: string;
  replay: string;
  shrunk?: { orders: number; faults: number; operations: number; runs: number; ms: number; minimal: boolean };
}

/** What all reports of a campaign say of it. */
export interface Told {
  config: string;
  wallSeconds: number;
}

/** More kinds than these at once have one cause, and one is looked at first. */
const REPORTS = 8;
const SHRINK_MS = 10_000;
/** Where failures are written when no folder is named; beside the station's own data. */
const FOLDER = '.yizhan/runs';

/** Shrinks each failure, as long as time allows, and writes its folder. In the order of the failures. */
export function handOver(
  result: CampaignResult,
  plan: Plan,
  request: Pick<Request, 'report'>,
  told: Told,
  say: (line: string) => void,
  bar: Pick<Bar, 'clear'>,
): HandedOver[] {
  return result.failures.slice(0, REPORTS).map((failure) => {
    bar.clear();
    const full = scenarioOfFailure(failure, plan);
    const name = failure.kept?.replaceAll('/', '-') ?? failure.seed;
    const folder = join(request.report ?? FOLDER, `${dateText()}-${name}-${slug(failure.invariant)}`);
    const again = againOf(failure);
    if (failure.lost) return lostRun(failure, full, folder, again);
    say(
      `shrinking ${failure.invariant} of ${failure.kept ?? `seed ${failure.seed}`} (at most ${SHRINK_MS / 1000} s) …`,
    );
    const shrunk = shrunkOf(full, failure, SHRINK_MS);
    const input = {
      scenario: shrunk?.scenario ?? full,
      full,
      result: traced(shrunk, full),
      seed: failure.seed,
      campaign: {
        name: `seeds ${plan.from}..${result.lastSeed ?? plan.from}`,
        config: told.config,
        cells: result.coverage.cells,
        checked: result.coverage.checked,
        probes: result.coverage.probes,
      },
    };
    const isThere = wasWritten(() => writeReport(folder, input));
    return {
      folder,
      line: verdictLine(input),
      replay: isThere ? replayCommand(folder) : again,
      shrunk: shrunk && sizesOf(shrunk),
    };
  });
}

/** The smallest that fails in this way; undefined where it does not fail again, which is a failure of its own. */
export function shrunkOf(
  full: Scenario,
  failure: Pick<Failure, 'by' | 'invariant' | 'compared'>,
  limitMs: number,
  progress?: (best: Scenario, runs: number) => void,
): Shrunk | undefined {
  const run = runShowing(failure, (scenario) => runSafely(simulator, scenario), matrixCells());
  try {
    return shrink(full, run, { limitMs, now: () => performance.now(), progress });
  } catch {
    return undefined;
  }
}

/** The run with its trace; the violation is the shrinker's, for a comparison shows in no single run. */
function traced(shrunk: Shrunk | undefined, full: Scenario): RunResult {
  const result = runSafely(simulator, shrunk?.scenario ?? full, { trace: true });
  if (!shrunk || result.verdict === shrunk.result.verdict) return result;
  return {
    ...result,
    verdict: shrunk.result.verdict,
    violation: shrunk.result.violation,
    crash: shrunk.result.crash,
  };
}

export const sizesOf = ({ scenario, runs, ms, minimal }: Shrunk) => ({
  orders: scenario.orders.length,
  faults: scenario.faults.length,
  operations: scenario.operations.length,
  runs,
  ms: Math.round(ms),
  minimal,
});

function scenarioOfFailure(failure: Failure, plan: Plan): Scenario {
  const kept = plan.kept.find(({ name }) => name === failure.kept);
  if (kept) return kept.scenario;
  const { flows, faults } = plan;
  return scenarioOf(simulator, { seed: failure.seed, size: sizeFor(plan.size, failure.seed), flows, faults });
}

/** Running it here would hang here: only the scenario is written. */
function lostRun(failure: Failure, full: Scenario, folder: string, again: string): HandedOver {
  const isThere = wasWritten(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'scenario.json'), `${JSON.stringify(full, null, 2)}\n`);
  });
  const line = `INCONCLUSIVE ${failure.en} (seed ${failure.seed})`;
  return { folder, line, replay: isThere ? replayCommand(folder) : again };
}

/** How to see it again where nothing of it was written. */
const againOf = ({ kept, seed }: Failure) =>
  kept === undefined ? `npx yizhan simulate --seed ${seed}` : `npx yizhan replay simulators/${kept}.json`;

/** What a CI server reads of the whole campaign. */
export function writeJunit(
  folder: string,
  result: CampaignResult,
  plan: Plan,
  handed: HandedOver[],
  { config, wallSeconds }: Told,
): void {
  const seeds = `${plan.from}..${result.lastSeed ?? plan.from}`;
  const troubles = result.failures.map((failure, i) => ({
    failure,
    trouble: {
      invariant: failure.invariant,
      line: handed[i]?.line ?? `${failure.invariant}: ${failure.en} (seed ${failure.seed})`,
      replay: handed[i]?.replay ?? againOf(failure),
    },
  }));
  const ofKept = new Map(troubles.map(({ failure, trouble }) => [failure.kept, trouble]));
  const ofSeeds = troubles.filter(({ failure }) => failure.kept === undefined);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'junit.xml'),
    junitOf({
      name: `seeds ${seeds}`,
      seed: seeds,
      config,
      replay: `npx yizhan simulate --seeds ${seeds}`,
      seconds: wallSeconds,
      checked: result.coverage.checked,
      failures: ofSeeds.filter(({ failure }) => failure.kind !== 'crash').map(({ trouble }) => trouble),
      inconclusive: ofSeeds.filter(({ failure }) => failure.kind === 'crash').map(({ trouble }) => trouble),
      voids: result.voids,
      regressions: plan.kept.map(({ name }) => ({ name, seconds: 0, trouble: ofKept.get(name) })),
    }),
  );
}

const slug = (text: string) =>
  text
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
const dateText = () => new Date().toISOString().slice(0, 10);
