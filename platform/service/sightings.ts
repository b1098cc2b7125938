import { nameOf, type Place } from '../../contracts/topics.ts';
import type { PresenceChange } from '../core/input.ts';

/** Since when something is as it is, and when it was last not well. Platform time, ms. */
export interface Track {
  /** `online`, `offline`, or what its status or its driver’s process says. */
  state: string;
  since: number;
  problem?: { at: number; state: string; why?: string };
}

/** A place as it was last heard of. */
export interface Sighting extends Track {
  place: Place;
  profile: string;
  online: boolean;
  status: Readonly<Record<string, unknown>>;
  /** Of a kiosk: its drivers’ processes. */
  drivers: ReadonlyMap<string, Track>;
}

/** States in which something is as it should be; to start is no problem yet. */
const WELL = ['online', 'running', 'starting'];

/**
 * What the centre knows of the places out there (DEV-07): also of those that are gone, which the core forgets. Nothing of money
 * hangs on it, so it is not on the record: it begins anew with the process, and births tell it again.
 */
export function createSightings() {
  const seen = new Map<string, Sighting & { drivers: Map<string, Track> }>();

  function follow(before: Track | undefined, state: string, at: number, why?: string): Track {
    const isSame = before?.state === state;
    const isWell = WELL.includes(state);
    const problem =
      isWell || (isSame && before?.problem?.why === why)
        ? before?.problem
        : { at: isSame ? (before?.problem?.at ?? at) : at, state, ...(why === undefined ? {} : { why }) };
    return { state, since: isSame ? before.since : at, ...(problem ? { problem } : {}) };
  }

  return {
    /** @param at platform time, ms */
    note({ place, online, profile, status }: PresenceChange, at: number): void {
      const name = nameOf(place);
      const before = seen.get(name);
      const said = status as Record<string, unknown>;
      const device = typeof said.device === 'string' ? said.device : 'online';
      const drivers = new Map(before?.drivers);
      if (online && said.drivers !== undefined) {
        const told = Object.entries(Object(said.drivers) as Record<string, unknown>);
        drivers.clear();
        for (const [driver, process] of told) {
          const { phase, why } = Object(process) as { phase?: unknown; why?: unknown };
          const reason = typeof why === 'string' ? why : undefined;
          drivers.set(driver, follow(before?.drivers.get(driver), String(phase), at, reason));
        }
      }
      seen.set(name, {
        ...follow(before, online ? device : 'offline', at),
        place,
        profile: profile || before?.profile || '',
        online,
        status: online ? said : {},
        drivers,
      });
    },
    /** Every place that was heard of since the start. */
    all: (): readonly Sighting[] => [...seen.values()],
  };
}

export type Sightings = ReturnType<typeof createSightings>;
