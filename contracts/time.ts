/**
 * Instants on the wire and civil dates, by arithmetic alone.
 *
 * An instant is an integer: milliseconds since 1970-01-01T00:00:00Z. `Date` is not used, so that the simulated world can
 * forbid it, and the time zone of the process can never leak into a business date.
 */

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface CivilDate {
  year: number;
  /** 1 to 12 */
  month: number;
  /** 1 to 31 */
  day: number;
}

/** Whole days from 1970-01-01 to a proleptic Gregorian date. */
export function daysFromCivil({ year, month, day }: CivilDate): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The inverse of {@link daysFromCivil}. */
export function civilFromDays(days: number): CivilDate {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted + (shifted < 10 ? 3 : -9);
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

const two = (n: number) => (n < 10 ? `0${n}` : String(n));
const three = (n: number) => String(n).padStart(3, '0');
const four = (n: number) => String(n).padStart(4, '0');

/** RFC 3339 in UTC with whole milliseconds: `2026-11-23T13:00:00.000Z`. Years 0 to 9999. */
export function formatInstant(ms: number): string {
  const days = Math.floor(ms / DAY);
  // A steady clock may count parts of a millisecond; the wire does not.
  const rest = Math.floor(ms) - days * DAY;
  const { year, month, day } = civilFromDays(days);
  const hh = two(Math.floor(rest / HOUR));
  const mm = two(Math.floor(rest / MINUTE) % 60);
  const ss = two(Math.floor(rest / SECOND) % 60);
  return `${four(year)}-${two(month)}-${two(day)}T${hh}:${mm}:${ss}.${three(rest % SECOND)}Z`;
}

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Milliseconds of an RFC 3339 instant, or `undefined` where the text is none (also for 31 February). */
export function parseInstant(text: string): number | undefined {
  const match = INSTANT.exec(text);
  if (!match) return undefined;
  const part = (i: number) => Number(match[i]);
  const date = { year: part(1), month: part(2), day: part(3) };
  const days = daysFromCivil(date);
  const back = civilFromDays(days);
  if (back.month !== date.month || back.day !== date.day) return undefined;
  if (part(4) > 23 || part(5) > 59 || part(6) > 59) return undefined;
  const fraction = match[7] ? Number(match[7].padEnd(3, '0').slice(0, 3)) : 0;
  const zone = match[8] as string;
  const offset =
    zone === 'Z'
      ? 0
      : (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * HOUR + Number(zone.slice(4, 6)) * MINUTE);
  return days * DAY + part(4) * HOUR + part(5) * MINUTE + part(6) * SECOND + fraction - offset;
}
