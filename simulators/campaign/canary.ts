import type { RunResult } from '../world/result.ts';
import { classOf } from './verdict.ts';

/** What became of the run that must fail. */
export interface Canary {
  /** As it must: a campaign whose canary passes has measured nothing. */
  failed: boolean;
  /** The rule that noticed it. */
  invariant?: string;
  /** Why it could not be run at all. */
  problem?: string;
}

/** Runs a platform with a bug that is planted on purpose, on a scenario that shows it: the checker must notice. */
export async function flyCanary(run: () => Promise<RunResult>): Promise<Canary> {
  try {
    const result = await run();
    // A crash would notice nothing: only a rule that is broken counts.
    const kind = classOf(result);
    const failed = kind === 'safety' || kind === 'liveness';
    return {
      failed,
      invariant: result.violation?.invariant,
      problem: kind === 'crash' ? (result.crash?.split('\n', 1)[0] ?? 'nothing can be said') : undefined,
    };
  } catch (error) {
    return { failed: false, problem: (error as Error).message };
  }
}
