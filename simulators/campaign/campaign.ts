import { createHash } from 'node:crypto';
import type { RunResult } from '../world/result.ts';
import { createFailures, type Failure } from './campaign-failures.ts';
import type { Plan } from './campaign-plan.ts';
import { type Canary, flyCanary } from './canary.ts';
import { type Coverage, createCoverage, type Matrix } from './coverage.ts';
import { doInOrder, type Hand } from './pool.ts';
import { type VerdictClass, worstOf } from './verdict.ts';
import { type Expected, voidsOf } from './verdict-void.ts';
import type { Job, Outcome } from './worker-job.ts';
import { sizeFor } from './worker-play.ts';

/** What a campaign has come to so far; the same at the end. */
export interface Progress {
  kept: number;
  seeds: number;
  /** Of all stations together. */
  stationDays: number;
  virtualSeconds: number;
  orders: number;
  events: number;
  faultsPlanned: number;
  faultsDelivered: number;
  /** Runs that failed in any way. */
  failed: number;
}

export interface CampaignResult extends Progress {
  verdict: VerdictClass;
  failures: Failure[];
  /** Why it proves nothing, or less than it seems to. */
  voids: string[];
  coverage: Coverage;
  canary?: Canary;
  /** Over the hashes of all runs, in the order of the seeds. */
  traceHash: string;
  /** The last seed that was run. */
  lastSeed?: number;
  twice: number;
}

export interface CampaignOptions {
  /** Who runs them: one in this thread, or several threads. They are ended at the end. */
  hands: readonly Hand<Job, Outcome>[];
  matrix: Matrix;
  expected: Expected;
  /** The run that must fail; a campaign of a few chosen seeds needs none. */
  canary?: () => Promise<RunResult>;
  /** No further seed is begun when it says so. */
  stopped?: () => boolean;
  /** Somebody, not the time, has ended it. What was run then is not what was asked for. */
  interrupted?: () => boolean;
  told?: (progress: Progress) => void;
}

/**
 * Runs what is kept, then the seeds. What comes of it is the same whatever the number of hands and their timing, as long as
 * nothing stops it early: outcomes are counted in the order of the seeds.
 */
export async function campaign(plan: Plan, options: CampaignOptions): Promise<CampaignResult> {
  const { hands, matrix, expected, stopped = () => false } = options;
  const canary = options.canary && (await flyCanary(options.canary));
  const coverage = createCoverage(matrix);
  const failures = createFailures(matrix);
  const hash = createHash('sha256');
  const progress: Progress = {
    kept: 0,
    seeds: 0,
    stationDays: 0,
    virtualSeconds: 0,
    orders: 0,
    events: 0,
    faultsPlanned: 0,
    faultsDelivered: 0,
    failed: 0,
  };
  let twice = 0;
  let lastSeed: number | undefined;

  function take(outcome: Outcome): void {
    if (outcome.kept === undefined) {
      progress.seeds++;
      lastSeed = outcome.seed;
    } else progress.kept++;
    progress.stationDays += (outcome.shape.stations * outcome.virtualSeconds) / 86_400;
    progress.virtualSeconds += outcome.virtualSeconds;
    progress.orders += outcome.orders;
    progress.events += outcome.events;
    progress.faultsPlanned += outcome.planned;
    progress.faultsDelivered += outcome.delivered;
    if (outcome.again !== undefined) twice++;
    hash.update(`${outcome.kept ?? outcome.seed} ${outcome.traceHash}\n`);
    coverage.add(outcome);
    if (failures.add(outcome)) progress.failed++;
    options.told?.(progress);
  }

  try {
    await doInOrder(jobsOf(plan), hands, take, stopped);
  } finally {
    await Promise.all(hands.map((hand) => hand.end()));
  }
  const counted = coverage.result();
  const isWhole =
    progress.kept === plan.kept.length && plan.to !== undefined && progress.seeds > plan.to - plan.from;
  const voids = voidsOf(
    {
      kept: progress.kept,
      seeds: progress.seeds,
      interrupted: options.interrupted?.() === true && !isWhole,
      planned: progress.faultsPlanned,
      delivered: progress.faultsDelivered,
      coverage: counted,
      canaryFailed: canary?.failed,
      narrowed: plan.size !== undefined || plan.flows !== undefined || plan.faults !== undefined,
    },
    expected,
  );
  const found = failures.list();
  return {
    ...progress,
    verdict: worstOf([...found.map(({ kind }) => kind), ...(voids.length > 0 ? (['void'] as const) : [])]),
    failures: found,
    voids,
    coverage: counted,
    canary,
    traceHash: hash.digest('hex').slice(0, 16),
    lastSeed,
    twice,
  };
}

/** What is kept, then the seeds; drawn as they are needed, for there may be no last one. */
function* jobsOf(plan: Plan): Generator<Job> {
  const { flows, faults } = plan;
  for (const { name, scenario } of plan.kept)
    yield { seed: scenario.seed, kept: name, scenario, size: 'tiny' };
  for (let seed = plan.from; plan.to === undefined || seed <= plan.to; seed++)
    yield { seed, size: sizeFor(plan.size, seed), flows, faults };
}
