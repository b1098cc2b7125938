import { SILENT_AFTER, type State } from '../../contracts/state.ts';
import { nameOf, type Place } from '../../contracts/topics.ts';
import type { PresenceChange } from '../core/input.ts';

export interface Presence {
  /** Takes a state message that fits `stateSchema`; `now` in ms. Returns what changed, if anything did. */
  state(place: Place, data: State, now: number): PresenceChange | undefined;
  /** STA-005: the places that were online and have said nothing for 35 s. `now` in ms. */
  silent(now: number): PresenceChange[];
  /** The last known state of a place, or `undefined` where it never spoke. */
  get(place: Place): PresenceChange | undefined;
}

interface Session {
  /** The highest sequence heard; what does not rise above it is a repeat and no sign of life. */
  sequence: number;
  dead: boolean;
}

interface Known {
  /** By epoch, oldest first. */
  sessions: Map<string, Session>;
  current: PresenceChange;
  heard: number;
}

/** How many sessions of a place are remembered: more than a delayed will or a replayed birth can reach back. */
const REMEMBERED = 32;

/**
 * Who is there (being gone is no outcome of anything that was asked there, STA-006), decided by session epoch and by sequence within it, never by the order of arrival (STA-004): a will may
 * overtake the birth it belongs to, a takeover's will follows the next session's birth, a broker may replay a retained state.
 *
 * Epochs have no order of their own, so a first message of an old session that comes after the new session's birth is
 * believed until the new one speaks again, at the latest with its next beat.
 */
export function createPresence(): Presence {
  const places = new Map<string, Known>();

  /** STA-004: which messages count. Remembers each, also where it does not. */
  function news(known: Known | undefined, sessions: Map<string, Session>, data: State): boolean {
    const session = sessions.get(data.epoch) ?? { sequence: -1, dead: false };
    if (session.dead) return false;
    if (!sessions.has(data.epoch)) remember(sessions, data.epoch, session);
    if (!data.online) {
      session.dead = true;
      return known === undefined || known.current.epoch === data.epoch;
    }
    if (data.sequence <= session.sequence) return false;
    session.sequence = data.sequence;
    return true;
  }

  return {
    state(place, data, now) {
      const name = nameOf(place);
      const known = places.get(name);
      const sessions = known?.sessions ?? new Map<string, Session>();
      if (!news(known, sessions, data)) return undefined;
      const { online, epoch, profile, status = {}, capabilities = {} } = data;
      const current: PresenceChange = { place, online, epoch, profile, status, capabilities };
      places.set(name, { sessions, current, heard: now });
      return known && same(known.current, current) ? undefined : current;
    },
    silent(now) {
      const gone: PresenceChange[] = [];
      for (const known of places.values()) {
        if (!known.current.online || now - known.heard < SILENT_AFTER) continue;
        // Its epoch is not dead: the line may only be slow, and its next beat brings it back.
        known.current = { ...known.current, online: false };
        gone.push(known.current);
      }
      return gone;
    },
    get: (place) => places.get(nameOf(place))?.current,
  };
}

function remember(sessions: Map<string, Session>, epoch: string, session: Session): void {
  sessions.set(epoch, session);
  const [oldest] = sessions.keys();
  if (sessions.size > REMEMBERED && oldest !== undefined) sessions.delete(oldest);
}

/** Another order of members is taken for a change: it costs one needless word, never a missed one. */
function same(a: PresenceChange, b: PresenceChange): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
