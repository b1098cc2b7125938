import type { Violation } from '../checker/invariant.ts';
import type { RunResult } from '../world/result.ts';
import { startOf } from '../world/scenario-time.ts';
import { impossibleHit, type Matrix } from './coverage.ts';
import { type Compared, type Run, runCompared } from './cross-runs.ts';
import { classOf, failureOf, type VerdictClass } from './verdict.ts';
import type { Outcome } from './worker-job.ts';

/** One way in which runs of a campaign failed, and who did. */
export interface Failure {
  /** The broken rule; `crash: …`, `nondeterministic`, or `matrix: …` where an impossible cell was hit. */
  invariant: string;
  kind: Exclude<VerdictClass, 'pass' | 'void'>;
  zh: string;
  en: string;
  /** Of the first run that failed so: the order's id, and the world's time, ms. */
  order?: string;
  at?: number;
  /** The first to fail so: its seed, or the name of the kept scenario. */
  seed: number;
  kept?: string;
  runs: number;
  /** A few that failed so. */
  seeds: (number | string)[];
  /** What has to be done to see it: a run, two runs of the same, or a comparison with another one. */
  by: 'run' | 'again' | 'matrix' | 'cross';
  /** By which comparison, where it is one. */
  compared?: string;
  /** Nothing could be learnt of it, for it took its thread with it. It must not be run in this one. */
  lost?: boolean;
}

const SEEDS_KEPT = 10;

export interface Failures {
  /** Whether the run failed in any way. */
  add(outcome: Outcome): boolean;
  /** One of each way, in the order in which they were found. */
  list(): Failure[];
}

export function createFailures(matrix: Matrix): Failures {
  const failures = new Map<string, Failure>();

  function add(
    outcome: Outcome,
    found: Pick<Failure, 'invariant' | 'kind' | 'zh' | 'en' | 'by' | 'compared'>,
    violation?: Violation,
  ) {
    const known = failures.get(found.invariant);
    const name = outcome.kept ?? outcome.seed;
    if (known) {
      known.runs++;
      if (known.seeds.length < SEEDS_KEPT) known.seeds.push(name);
      return;
    }
    failures.set(found.invariant, {
      ...found,
      at: violation?.at,
      order: violation?.order,
      seed: outcome.seed,
      kept: outcome.kept,
      runs: 1,
      seeds: [name],
      lost: outcome.lost,
    });
  }

  return {
    add(outcome) {
      let failed = false;
      const keep: typeof add = (...found) => {
        failed = true;
        add(...found);
      };
      const own = failureIn(outcome);
      if (own) keep(outcome, { ...own, by: 'run' }, outcome.violation);
      for (const [compared, { violation, failed }] of Object.entries<Compared>(outcome.cross)) {
        // What the other run fails with by itself keeps its own name: no comparison is needed to call it wrong.
        const found = failureIn(failed ?? { verdict: violation ? 'fail' : 'pass', violation });
        if (found) keep(outcome, { ...found, by: 'cross', compared }, failed?.violation ?? violation);
      }
      if (outcome.again !== undefined && outcome.again !== outcome.traceHash)
        keep(outcome, { ...NONDETERMINISTIC, kind: 'nondeterministic', by: 'again' });
      const impossible = impossibleHit(matrix, outcome.hits);
      if (impossible) {
        const violation = matrixViolation(impossible);
        keep(outcome, { ...violation, by: 'matrix' });
      }
      return failed;
    },
    list: () => [...failures.values()],
  };
}

/** What one run failed with; undefined of a pass. */
function failureIn(
  run: Pick<RunResult, 'verdict' | 'violation' | 'crash'>,
): Pick<Failure, 'invariant' | 'kind' | 'zh' | 'en'> | undefined {
  const kind = classOf(run);
  const invariant = failureOf(run);
  if (invariant === undefined || kind === 'pass' || kind === 'void') return undefined;
  const crash = run.crash?.split('\n', 1)[0] ?? 'nothing can be said of it';
  const { zh = `程序出错:${crash}`, en = crash } = run.violation ?? {};
  return { invariant, kind, zh, en };
}

const NONDETERMINISTIC = {
  invariant: 'nondeterministic',
  zh: '同一场景两次运行不同',
  en: 'the same scenario ran in two ways',
};

function matrixViolation({ cell, reason }: { cell: string; reason: string }) {
  return {
    invariant: `matrix: ${cell}`,
    kind: 'safety' as const,
    zh: `${cell} 被击中,而故障目录说不可能:${reason}`,
    en: `${cell} was hit, and the fault catalogue says that it can not be: ${reason}`,
  };
}

/** A run that fails just where the failure shows, whatever it takes to see it: what shrinking it needs. */
export function runShowing(
  { by, invariant, compared = invariant }: Pick<Failure, 'by' | 'invariant' | 'compared'>,
  run: Run,
  matrix: Matrix,
): Run {
  if (by === 'cross') return runCompared(compared, run);
  if (by === 'run') return run;
  return (scenario) => {
    const result = run(scenario);
    const found = by === 'again' ? twoWays(result, run(scenario)) : impossible(result, matrix);
    return found
      ? { ...result, verdict: 'fail', violation: { at: startOf(scenario), ...found } }
      : { ...result, verdict: 'pass' };
  };
}

const twoWays = (one: RunResult, other: RunResult) =>
  one.traceHash === other.traceHash ? undefined : { ...NONDETERMINISTIC, kind: 'safety' as const };

function impossible(result: RunResult, matrix: Matrix) {
  const hits = result.receipts.flatMap(({ fault, states }) =>
    states.map((state): [string, string, number] => [fault, state, 1]),
  );
  const found = impossibleHit(matrix, hits);
  return found && matrixViolation(found);
}
