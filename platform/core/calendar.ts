import { civilFromDays, DAY, daysFromCivil, HOUR, MINUTE, SECOND } from '../../contracts/time.ts';

/**
 * The business calendar: Asia/Shanghai, which has been UTC+8 without summer time since 1992. By arithmetic, never by the
 * zone of the process.
 */
const OFFSET = 8 * HOUR;

/** A civil or business date: `2026-11-23`. Compares as text. */
export type DateText = string;

const two = (n: number) => String(n).padStart(2, '0');

/** The Shanghai calendar date of an instant. */
export function civilDateAt(ms: number): DateText {
  const { year, month, day } = civilFromDays(Math.floor((ms + OFFSET) / DAY));
  return `${year}-${two(month)}-${two(day)}`;
}

/** The Shanghai time of day of an instant: `hhmmss`, as REP-05 asks for it. */
export function timeOfDayAt(ms: number): string {
  const rest = ms + OFFSET - Math.floor((ms + OFFSET) / DAY) * DAY;
  return `${two(Math.floor(rest / HOUR))}${two(Math.floor(rest / MINUTE) % 60)}${two(Math.floor(rest / SECOND) % 60)}`;
}

/** `2026-11-23 21:00:05`, Shanghai time, for people. */
export function formatLocal(ms: number): string {
  const time = timeOfDayAt(ms);
  return `${civilDateAt(ms)} ${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`;
}

/** The instant of a Shanghai date's midnight. */
export function startOfDate(date: DateText): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return daysFromCivil({ year, month, day }) * DAY - OFFSET;
}

export function nextDate(date: DateText): DateText {
  return civilDateAt(startOfDate(date) + DAY);
}

/** Business day D runs from the cut of D−1 to the cut of D; the cut is about 21:00, so `cutAfter` is ms after midnight. */
export function cutOf(date: DateText, cutAfter: number): number {
  return startOfDate(date) + cutAfter;
}

/** The business date that a platform opened at this instant would begin with. */
export function businessDateAt(ms: number, cutAfter: number): DateText {
  const date = civilDateAt(ms);
  return ms < cutOf(date, cutAfter) ? date : nextDate(date);
}
