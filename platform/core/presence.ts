import type { Place } from '../../contracts/topics.ts';
import type { State } from './state.ts';

/** An instance of the counterpart that is there now; the one asked before, where it still is. */
export function instanceOf(state: State, counterpart: string, before?: string): Place | undefined {
  let found: Place | undefined;
  for (const { place } of state.presence.values()) {
    if (place.kind !== 'counterpart' || place.counterpart !== counterpart) continue;
    if (place.instance === before) return place;
    found ??= place;
  }
  return found;
}

/** A station's device of a class that is there now. */
export function deviceOf(
  state: State,
  organisation: string,
  station: string,
  profile: string,
): Place | undefined {
  for (const { place, profile: spoken } of state.presence.values())
    if (
      place.kind === 'device' &&
      place.outlet === organisation &&
      place.station === station &&
      spoken === profile
    )
      return place;
  return undefined;
}
