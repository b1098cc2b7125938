import { shrink } from '../campaign/shrink.ts';
import { runSafely } from '../campaign/worker-play.ts';
import { importPlanted } from './import-planted.ts';
import type { Found } from './planted-bugs.ts';

/** How small the failures of planted bugs became. */
export interface ShrinkStatistics {
  failures: number;
  /** Of them, those that came down to {@link FEW} orders and as many faults in time. */
  small: number;
  /** `small` of `failures`, 0 to 1. */
  share: number;
  each: { bug: string; orders: number; faults: number; seconds: number; runs: number }[];
}

/** So many orders and faults a person can take in. */
export const FEW = 3;

/** Shrinks the scenario that each bug died of, within `limitMs` of real time each, all invariants looking. */
export async function shrinkStatistics(
  found: readonly Pick<Found, 'bug' | 'scenario'>[],
  limitMs = 10_000,
): Promise<ShrinkStatistics> {
  const each: ShrinkStatistics['each'] = [];
  for (const { bug, scenario } of found) {
    if (!scenario) continue;
    const planted = await importPlanted(bug);
    const shrunk = shrink(scenario, (smaller) => runSafely(planted, smaller), {
      limitMs,
      now: () => performance.now(),
    });
    const { orders, faults } = shrunk.scenario;
    each.push({
      bug,
      orders: orders.length,
      faults: faults.length,
      seconds: shrunk.ms / 1000,
      runs: shrunk.runs,
    });
  }
  const small = each.filter(({ orders, faults }) => orders <= FEW && faults <= FEW).length;
  return { failures: each.length, small, share: each.length === 0 ? 0 : small / each.length, each };
}
