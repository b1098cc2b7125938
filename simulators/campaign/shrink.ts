import { problemsOf } from '../world/read-scenario.ts';
import type { RunResult } from '../world/result.ts';
import type { Scenario } from '../world/scenario.ts';
import { fewest } from './shrink-ddmin.ts';
import { guessOrders, keepOrders } from './shrink-orders.ts';
import { editsOf } from './shrink-simpler.ts';
import { fewerStations } from './shrink-stations.ts';
import { meaningOf } from './verdict.ts';

export interface ShrinkOptions {
  /** Real time it may take, in ms. */
  limitMs: number;
  /** Real time, ms. */
  now(): number;
  /** Told whenever a smaller one was found, and what it has cost so far. */
  progress?(best: Scenario, runs: number): void;
}

export interface Shrunk {
  scenario: Scenario;
  /** Of that scenario. */
  result: RunResult;
  runs: number;
  ms: number;
  /** Nothing could be taken away any more; otherwise the time was over. */
  minimal: boolean;
}

/**
 * The smallest scenario found that fails in the same way: fewer orders, operations and faults, then simpler ones. A smaller
 * one counts only where the very same rule is broken in the same words (or the same error thrown), else it would slide to another bug. What it
 * has when the time is over is handed out. Throws where the scenario does not fail at all.
 */
export function shrink(
  scenario: Scenario,
  run: (scenario: Scenario) => RunResult,
  options: ShrinkOptions,
): Shrunk {
  const begun = options.now();
  let best = scenario;
  let result = run(scenario);
  let runs = 1;
  const failure = meaningOf(result);
  if (failure === undefined) throw new Error('this scenario passes: there is nothing to shrink');

  const stopped = () => options.now() - begun >= options.limitMs;
  function attempt(candidate: Scenario): boolean {
    // What can't be read could not be replayed either.
    if (stopped() || problemsOf(candidate).length > 0) return false;
    const outcome = run(candidate);
    runs++;
    if (meaningOf(outcome) !== failure) return false;
    best = candidate;
    result = outcome;
    options.progress?.(best, runs);
    return true;
  }
  const least = <T>(items: readonly T[], of: (kept: readonly T[]) => Scenario) =>
    fewest(items, (kept) => attempt(of(kept)), stopped);

  // Large worlds are slow to run: first a few guesses which orders matter, each far smaller than the whole.
  for (const names of guessOrders(best, result.violation)) if (attempt(keepOrders(best, names))) break;
  for (let before: Scenario | undefined; before !== best && !stopped(); ) {
    before = best;
    const { orders, operations, faults } = best;
    least(
      orders.map(({ name }) => name),
      (names) => keepOrders({ ...best, orders, operations, faults }, new Set(names)),
    );
    least(best.operations, (kept) => ({ ...best, operations: [...kept] }));
    least(best.faults, (kept) => ({ ...best, faults: [...kept] }));
    for (const candidate of fewerStations(best)) if (attempt(candidate)) break;
    for (const edit of editsOf(best)) {
      const candidate = edit(best);
      if (candidate) attempt(candidate);
    }
  }
  return { scenario: best, result, runs, ms: options.now() - begun, minimal: !stopped() };
}
