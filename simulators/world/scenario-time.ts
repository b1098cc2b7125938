import { DAY, HOUR, MINUTE, SECOND } from '../../contracts/time.ts';
import { civilDateAt, startOfDate } from '../../platform/core/calendar.ts';
import type { Instant, Scenario } from './scenario.ts';

type Timed = { world: Pick<Scenario['world'], 'start' | 'hours'> };

const START = /^(\d{4}-\d{2}-\d{2}) (.+)$/;
const INSTANT = /^(?:\+([1-9])d )?([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?$/;

/** When the world starts, in ms since 1970; `undefined` where the text is no Shanghai time such as `2026-11-23 08:00:00`. */
export function parseStart(text: string): number | undefined {
  const [, date = '', time = ''] = START.exec(text) ?? [];
  const ofDay = parseInstant(time);
  if (ofDay === undefined || time.startsWith('+')) return undefined;
  const midnight = startOfDate(date);
  return civilDateAt(midnight) === date ? midnight + ofDay : undefined;
}

/** `08:03`, `08:03:12.250`, `+1d 08:03:12`: ms after the midnight of the world's first day; `undefined` where it is none. */
export function parseInstant(text: string): number | undefined {
  const match = INSTANT.exec(text);
  if (!match) return undefined;
  const [, days = '0', hours, minutes, seconds = '0', parts = ''] = match;
  return (
    Number(days) * DAY +
    Number(hours) * HOUR +
    Number(minutes) * MINUTE +
    Number(seconds) * SECOND +
    Number(parts.padEnd(3, '0'))
  );
}

/** The last start that was read, and its midnight: a world has thousands of instants and one start. */
let known = { text: '', start: 0, midnight: 0 };

function dayOf({ world }: Timed): { start: number; midnight: number } {
  if (known.text === world.start) return known;
  const start = parseStart(world.start);
  if (start === undefined)
    throw new Error(
      `world.start «${world.start}» is no Shanghai time; write it like this: 2026-11-23 08:00:00`,
    );
  known = { text: world.start, start, midnight: startOfDate(civilDateAt(start)) };
  return known;
}

/** The world's start in ms. Throws where the text is no time. */
export const startOf = (scenario: Timed): number => dayOf(scenario).start;

/** The ms of an instant of the scenario. Throws where the text is none. */
export function instantOf(scenario: Timed, at: Instant): number {
  const ofDay = parseInstant(at);
  if (ofDay === undefined)
    throw new Error(
      `«${at}» is no instant; write it like this: 08:03:12.250, or +1d 08:03:12 of the next day`,
    );
  return dayOf(scenario).midnight + ofDay;
}

/** When no more orders come and everything that may heal heals, in ms. */
export function windowEnd(scenario: Timed): number {
  return startOf(scenario) + Math.round(scenario.world.hours * HOUR);
}

const two = (n: number) => String(n).padStart(2, '0');

/** An instant as a scenario writes it: `08:03:12.250`, of the next day `+1d 08:03:12.250`. */
export function instantText(scenario: Timed, ms: number): Instant {
  const passed = ms - dayOf(scenario).midnight;
  const days = Math.floor(passed / DAY);
  const rest = passed - days * DAY;
  const parts = rest % SECOND === 0 ? '' : `.${String(rest % SECOND).padStart(3, '0')}`;
  const time = `${two(Math.floor(rest / HOUR))}:${two(Math.floor(rest / MINUTE) % 60)}:${two(Math.floor(rest / SECOND) % 60)}`;
  return `${days > 0 ? `+${days}d ` : ''}${time}${parts}`;
}
