import { DAY, MINUTE } from '../../contracts/time.ts';
import { formatLocal } from '../core/calendar.ts';

/** A clock may be this much behind the last record, or ahead of it, before somebody must look at it. In ms. */
const BEHIND = 10 * MINUTE;
const AHEAD = 60 * DAY;

/**
 * Why a platform may not start at this time (ms), where its last record is of `last` (0: there is none). Ahead by months the
 * clock would cut as many days, and no clock brings them back (S14); behind, orders would get the time of the records.
 * `acceptedAhead`: by how much somebody has said that the records may be ahead of the clock, ms.
 */
export function clockProblem(now: number, last: number, acceptedAhead = 0): string | undefined {
  const behind = now < last - acceptedAhead - BEHIND;
  if (last === 0 || (!behind && now < last + AHEAD)) return undefined;
  return `the clock says ${formatLocal(now)}, but the last record is of ${formatLocal(last)}: set the clock right (Shanghai time), or start with --accept-clock if it is`;
}
