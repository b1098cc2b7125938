import type { Conduct, ConductName } from '../counterparts/carrier/conduct.ts';
import type { OrderColumn } from '../world/fault-states.ts';
import type { Fault } from '../world/faults.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
export const DAY = 24 * 60 * MINUTE;

/** How a top-up comes to a state of the matrix and stays there for a while. */
export interface Stage {
  /** How the carrier behaves; by default it charges. */
  conduct?: ConductName | Conduct;
  /** Another number than a sound one. */
  account?: string;
  /** What keeps it there. */
  with?(order: string): Fault[];
  /** Ms after it was sent between which it is there, however slow lines and disk are. */
  from: number;
  to: number;
  /** Which commits about it leave it there, counted from 1. */
  commits: readonly [least: number, most: number];
}

/** The carrier charges after so long, tells, and before that says or does not say that it has it. */
export const decides = (delayMs: number, processing: boolean): Conduct => ({
  upstream: 'charge',
  delayMs,
  processing,
  tell: 'result',
});

export type StageName = Exclude<OrderColumn, 'idle'>;

export const STAGES: { readonly [S in StageName]: Stage } = {
  new: { from: 0, to: 0, commits: [1, 1] },
  // Ten seconds are given to the carrier to accept it.
  sent: {
    with: (order) => [{ fault: 'NET-DELAY', order, message: 'carrier.perform', byMs: 12 * SECOND }],
    from: 4_500,
    to: 9_500,
    commits: [1, 1],
  },
  // The first question is put after 40 s.
  accepted: { conduct: decides(45 * SECOND, false), from: 13 * SECOND, to: 38 * SECOND, commits: [2, 2] },
  processing: { conduct: decides(2 * MINUTE, true), from: 13 * SECOND, to: 58 * SECOND, commits: [3, 3] },
  // The later commits are about questions.
  unknown: { conduct: decides(6 * MINUTE, true), from: 75 * SECOND, to: 330 * SECOND, commits: [5, 7] },
  // A day of questions lies behind it, each of them a commit.
  manual: {
    conduct: 'processingForEver',
    from: DAY + 15 * SECOND,
    to: DAY + 45 * MINUTE,
    commits: [50, 51],
  },
  succeeded: { conduct: 'success', from: 25 * SECOND, to: 40 * MINUTE, commits: [4, 5] },
  failed: {
    conduct: { upstream: 'decline', code: 'counterpart.limitExceeded', delayMs: 5 * SECOND, tell: 'result' },
    from: 25 * SECOND,
    to: 40 * MINUTE,
    commits: [3, 3],
  },
  // No prefecture that is served.
  rejected: { account: '13808070001', from: 10 * SECOND, to: 40 * MINUTE, commits: [1, 1] },
};
