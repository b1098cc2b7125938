import type { Violation } from '../checker/invariant.ts';
import type { RunResult } from '../world/result.ts';
import type { Scenario } from '../world/scenario.ts';
import { confluence } from './cross-runs-confluence.ts';
import { delayInvariance } from './cross-runs-delay.ts';
import { nonInterference } from './cross-runs-interference.ts';

/** What one comparison found: how often there was something to compare, and the first difference. */
export interface Compared {
  checked: number;
  violation?: Violation;
  /** Where the other run did not pass by itself: how it ended. That is a failure of its own, not a difference. */
  failed?: Pick<RunResult, 'verdict' | 'violation' | 'crash'>;
}

export type Run = (scenario: Scenario) => RunResult;

/** A property of two runs: the scenario, its passed run, and how to run another one that it makes of it. */
export type Compare = (scenario: Scenario, result: RunResult, run: Run) => Compared;

/** Properties that no single run can show. Each leaves out what depends on a race; it says how often it had something. */
export const COMPARISONS: readonly { name: string; compare: Compare }[] = [
  { name: 'N1', compare: nonInterference },
  { name: 'N2', compare: delayInvariance },
  { name: 'S10', compare: confluence },
];

/** A run that fails where a comparison does, so that such a failure shrinks like any other. */
export function runCompared(name: string, run: Run): Run {
  const compare = COMPARISONS.find((each) => each.name === name)?.compare;
  if (!compare)
    throw new Error(
      `there is no comparison «${name}»; there are ${COMPARISONS.map((each) => each.name).join(', ')}`,
    );
  return (scenario) => {
    const result = run(scenario);
    if (result.verdict !== 'pass') return result;
    const { violation, failed } = compare(scenario, result, run);
    if (failed) return { ...result, ...failed };
    return violation ? { ...result, verdict: 'fail', violation } : result;
  };
}
