import { DAY, HOUR, MINUTE, SECOND } from '../../../contracts/time.ts';
import { UsageError } from '../options.ts';

const UNITS = [DAY, HOUR, MINUTE, SECOND] as const;

/** `2h30m` in ms. Throws where it is none, or not ahead. */
export function readDuration(text: string): number {
  if (text.startsWith('-'))
    throw new UsageError(`jump ${text}: time only goes forward; to go back, start a bench on another folder`);
  const parts = /^(?:(\d{1,5})d)?(?:(\d{1,5})h)?(?:(\d{1,5})m)?(?:(\d{1,5})s)?$/.exec(text)?.slice(1) ?? [];
  const ms = UNITS.reduce((sum, unit, i) => sum + unit * Number(parts[i] ?? 0), 0);
  if (ms > 0) return ms;
  throw new UsageError(`jump ${text}: must be a length of time ahead, such as 90s, 45m, 2h30m or 1d`);
}
