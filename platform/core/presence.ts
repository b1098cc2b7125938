import { nameOf, type Place } from '../../contracts/topics.ts';
import { isLegOpen, type Leg, type Order, type PrintJob } from './order.ts';
import type { Presence, State } from './state.ts';

/** Where a place is looked for: a station's devices together, a counterpart's instances together. */
export const siteOf = (place: Place) =>
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

export const siteOfJob = ({ organisation, station }: PrintJob) => `${organisation}/${station}`;

/** Keeps the order where it is found again by whoever comes to the site it waits for; nobody else is asked then. */
export function noteWaiting(state: State, order: Order): void {
  // Nearly always nobody waits anywhere: then this costs nothing, at every record of every order.
  if (state.waiting.size === 0 && !order.legs.some(isHeld) && !order.prints.some(isWaiting)) return;
  for (const { counterpart } of order.legs)
    note(
      state,
      counterpart,
      order.id,
      order.legs.some((leg) => leg.counterpart === counterpart && isHeld(leg)),
    );
  // Only the last sheet of an order can be open.
  const job = order.prints.at(-1);
  if (job) note(state, siteOfJob(job), order.id, isWaiting(job));
}

const isHeld = (leg: Leg) => leg.held === true && isLegOpen(leg);
const isWaiting = (job: PrintJob) => job.state === 'waiting';

function note(state: State, site: string, id: string, waits: boolean): void {
  const ids = state.waiting.get(site);
  if (waits) state.waiting.set(site, (ids ?? new Set()).add(id));
  else if (ids?.delete(id) && ids.size === 0) state.waiting.delete(site);
}

/** Who waits for the site of this place; they wait no longer, unless `noteWaiting` says so again. */
export function takeWaiting(state: State, place: Place): string[] {
  const ids = [...(state.waiting.get(siteOf(place)) ?? [])];
  state.waiting.delete(siteOf(place));
  return ids;
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

/** A station's device of a class that is there now; `only` that one, where it is named. */
export function deviceOf(
  state: State,
  organisation: string,
  station: string,
  profile: string,
  only?: string,
): Place | undefined {
  for (const name of state.sites.get(`${organisation}/${station}`) ?? []) {
    const presence = state.presence.get(name);
    if (presence?.profile !== profile || presence.place.kind !== 'device') continue;
    if (only === undefined || presence.place.device === only) return presence.place;
  }
  return undefined;
}
