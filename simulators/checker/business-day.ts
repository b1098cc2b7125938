import { civilFromDays, DAY, daysFromCivil, HOUR } from '../../contracts/time.ts';

/** The business calendar once more: Shanghai, eight hours ahead; day D ends at 21:00 of D. All in ms. */
const AHEAD = 8 * HOUR;
const CUT = 21 * HOUR;

const two = (n: number) => String(n).padStart(2, '0');

function dateOf(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${year}-${two(month)}-${two(day)}`;
}

/** The business day that a clock showing this belongs to. */
export const businessDayAt = (ms: number) => dateOf(Math.floor((ms + AHEAD - CUT) / DAY) + 1);

/** When the business day that a clock showing this belongs to began. */
export const beginningOf = (ms: number) => Math.floor((ms + AHEAD - CUT) / DAY) * DAY + CUT - AHEAD;

export function dayAfter(date: string): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return dateOf(daysFromCivil({ year, month, day }) + 1);
}
