import { nameOf, type Place } from '../../contracts/topics.ts';
import type { Presence, State } from './state.ts';

/** Where a place is looked for: a station's devices together, a counterpart's instances together. */
const siteOf = (place: Place) =>
  place.kind === 'device' ? `${place.outlet}/${place.station}` : place.counterpart;

/** Only `apply` and a restore call this: somebody is there, or is there with another status. */
export function arrive(state: State, presence: Presence): void {
  const name = nameOf(presence.place);
  const site = siteOf(presence.place);
  state.presence.set(name, presence);
  const names = state.sites.get(site);
  if (names) names.add(name);
  else state.sites.set(site, new Set([name]));
}

/** Only `apply` calls this. */
export function leave(state: State, place: Place): void {
  const name = nameOf(place);
  const site = siteOf(place);
  state.presence.delete(name);
  const names = state.sites.get(site);
  if (names?.delete(name) && names.size === 0) state.sites.delete(site);
}

/** Only `apply` calls this: nobody is known to be there. */
export function forgetAll(state: State): void {
  state.presence.clear();
  state.sites.clear();
}

/** An instance of the counterpart that is there now; the one asked before, where it still is. */
export function instanceOf(state: State, counterpart: string, before?: string): Place | undefined {
  let found: Place | undefined;
  for (const name of state.sites.get(counterpart) ?? []) {
    const place = state.presence.get(name)?.place;
    if (place?.kind === 'counterpart' && place.instance === before) return place;
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
  for (const name of state.sites.get(`${organisation}/${station}`) ?? []) {
    const presence = state.presence.get(name);
    if (presence?.profile === profile) return presence.place;
  }
  return undefined;
}
