/** The pauses before the first, second … start after a failure, in ms; the last one is repeated. */
const PAUSES = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000] as const;
const LONGEST = 60_000;

/** A process that ran this long was healthy: what happens to it then has nothing to do with earlier failures. */
const HEALTHY_MS = 60_000;

/**
 * What follows an exit nobody asked for.
 * @param failures exits in a row before this one
 * @param ranMs how long the process was running (not starting) before this exit
 */
export function afterExit(failures: number, ranMs: number): { failures: number; pauseMs: number } {
  const before = ranMs >= HEALTHY_MS ? 0 : failures;
  return { failures: before + 1, pauseMs: PAUSES[before] ?? LONGEST };
}
