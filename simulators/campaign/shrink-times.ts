import { HOUR, MINUTE, SECOND } from '../../contracts/time.ts';
import type { Scenario } from '../world/scenario.ts';
import { instantOf, instantText, parseInstant, startOf } from '../world/scenario-time.ts';

/** Rounds the instant of whatever has one down to a whole minute or second; undefined where it is one already. */
export function atInstant(unit: 'minute' | 'second'): <T extends { at: string }>(value: T) => T | undefined {
  const ms = unit === 'minute' ? MINUTE : SECOND;
  return (value) => {
    const passed = parseInstant(value.at);
    if (passed === undefined || passed % ms === 0) return undefined;
    const days = value.at.startsWith('+') ? value.at.slice(0, 4) : '';
    const clock = value.at.slice(days.length);
    return { ...value, at: `${days}${unit === 'minute' ? `${clock.slice(0, 5)}:00` : clock.slice(0, 8)}` };
  };
}

/** Worlds end after these many hours, where all that is planned still fits. */
const HOURS = [0.25, 0.5, 1, 2, 3, 6, 12, 24];

/** A later start at a whole hour, before the first thing that is planned; then an earlier end, after the last. */
export const shorter: readonly ((scenario: Scenario) => Scenario | undefined)[] = [
  (scenario) => {
    const [first] = span(scenario);
    const start = startOf(scenario);
    const later = first === undefined ? start : Math.floor((first - 1) / HOUR) * HOUR;
    const text = instantText(scenario, later);
    // Another day would need every instant to be written anew.
    if (later <= start || text.startsWith('+')) return undefined;
    const { world } = scenario;
    const hours = world.hours - (later - start) / HOUR;
    return {
      ...scenario,
      world: { ...world, start: `${world.start.slice(0, 10)} ${text.slice(0, 8)}`, hours },
    };
  },
  ...HOURS.map((hours) => (scenario: Scenario) => {
    const last = span(scenario)[1] ?? startOf(scenario);
    const { world } = scenario;
    if (hours >= world.hours || startOf(scenario) + hours * HOUR < last) return undefined;
    return { ...scenario, world: { ...world, hours } };
  }),
];

/** The first and the last instant that the scenario names, in ms. */
function span(scenario: Scenario): [first?: number, last?: number] {
  let first: number | undefined;
  let last: number | undefined;
  for (const planned of [...scenario.orders, ...scenario.operations, ...scenario.faults]) {
    if (!('at' in planned)) continue;
    const ms = instantOf(scenario, planned.at);
    if (first === undefined || ms < first) first = ms;
    if (last === undefined || ms > last) last = ms;
  }
  return [first, last];
}
