import { HOUR, MINUTE, SECOND } from '../../../contracts/time.ts';

/**
 * The inquiry ladder: soon at first, then patient. `first` steps in ms from the acceptance, then every 15 minutes to 6 hours,
 * then hourly to a day.
 */
export function ladder(first: readonly number[]): readonly number[] {
  const steps = [...first];
  for (let at = 15 * MINUTE; at <= 6 * HOUR; at += 15 * MINUTE) if (at > (first.at(-1) ?? 0)) steps.push(at);
  for (let at = 7 * HOUR; at <= 24 * HOUR; at += HOUR) steps.push(at);
  return steps;
}

/** For a carrier that credits a phone asynchronously: nothing before 40 s, for it is still at work then. */
export const PATIENT = ladder([40 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE]);
