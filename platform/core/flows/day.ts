import { DAY, HOUR, MINUTE } from '../../../contracts/time.ts';
import { businessDateAt, cutOf, nextDate, startOfDate } from '../calendar.ts';
import type { State } from '../state.ts';
import { alert, mark, record, type Turn } from '../turn.ts';
import { DAY_CUT, setWake } from '../wakes.ts';

/** The day is cut at 21:00, in ms after midnight: business day D runs from the cut of D−1 to the cut of D. */
export const CUT_AFTER = 21 * HOUR;

/** Opens the first day, or makes up for the cuts that passed while the platform was down: straight to the day that is now. */
export function openToday(turn: Turn): void {
  const date = businessDateAt(turn.now, CUT_AFTER);
  if (date > turn.state.businessDate) record(turn, { type: 'dayOpened', businessDate: date });
  wakeAtCut(turn.state);
}

/**
 * 日切: the pointer flips by one record. It waits for nothing: what is in flight is carried over with the date it was born
 * with. The clock may have been behind the cut, so the next day is the one after the open one, never an earlier one (S14).
 */
export function cutDay(turn: Turn): void {
  mark(turn, 'day-cut');
  record(turn, { type: 'dayOpened', businessDate: nextDate(turn.state.businessDate) });
  wakeAtCut(turn.state);
}

/** More numbers than any place gives in a minute. */
const NUMBERS_A_MINUTE = 100;

/**
 * SEC-01, S13: after the restore of a backup the open day's numbers go on above every one that the lost platform can have
 * given, or an earlier restore of the same backup: they begin at the minute of the day. So no two receipts have one number; the
 * gap in them is on the record.
 */
export function skipNumbers(turn: Turn): void {
  const { businessDate, books } = turn.state;
  let given = 0;
  for (const { journal, receipts } of books.get(businessDate)?.outlets.values() ?? [])
    given = Math.max(given, journal, receipts);
  const minutes = Math.floor((turn.now - startOfDate(businessDate) + DAY) / MINUTE);
  const to = NUMBERS_A_MINUTE * Math.max(minutes, Math.ceil(given / NUMBERS_A_MINUTE) + 1);
  mark(turn, 'numbers-skipped');
  record(turn, { type: 'numbersSkipped', businessDate, to });
  alert(turn, 'alert.restored', `${businessDate}: numbers go on above ${to}`);
}

/** The wake of the cut: too early, where the clock stepped back or somebody cut the day just before, it is armed again. */
export function dayDue(turn: Turn): void {
  if (turn.now >= cutOf(turn.state.businessDate, CUT_AFTER)) return cutDay(turn);
  wakeAtCut(turn.state);
}

/** The wake that cuts the day is derived from the open day like every other wake. */
export function wakeAtCut(state: State): void {
  if (state.businessDate) setWake(state.wakes, DAY_CUT, cutOf(state.businessDate, CUT_AFTER));
}
