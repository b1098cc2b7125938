import { decode } from '../../contracts/envelope.ts';
import { checkOf } from '../../contracts/operation.ts';
import { type State as PlaceState, stateSchema } from '../../contracts/state.ts';
import { nameOf, parseTopic } from '../../contracts/topics.ts';
import type { Input } from '../../platform/core/input.ts';
import { createPresence, type Presence } from '../../platform/runtime/presence.ts';
import type { Chronicle } from './chronicle.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What the platform understands of what it hears, in one life of its process: messages, and who is there. */
export interface Ear {
  /** A message of the broker's; what can't be read is a probe, and nothing else. */
  hear(topic: string, text: string): void;
  /** Looks at the silence of a place: it may count as gone by now. */
  listen(place: string): void;
}

export interface EarOptions {
  time: VirtualTime;
  chronicle: Chronicle;
  input(input: Input): void;
  /** A place has begun a session; its name. */
  born(place: string): void;
}

const fitsState = checkOf(stateSchema);

export function createEar({ time, chronicle, input, born }: EarOptions): Ear {
  const topics = new Map<string, ReturnType<typeof parseTopic>>();
  const presences = new Map<string, Presence>();

  function placeAndLeaf(topic: string): ReturnType<typeof parseTopic> {
    let parsed = topics.get(topic);
    if (parsed === undefined && !topics.has(topic)) {
      parsed = parseTopic(topic);
      topics.set(topic, parsed);
    }
    return parsed;
  }

  function presenceOf(place: string): Presence {
    const known = presences.get(place) ?? createPresence();
    presences.set(place, known);
    return known;
  }

  return {
    hear(topic, text) {
      const parsed = placeAndLeaf(topic);
      const read = decode(text);
      if (!parsed || !read.ok) return chronicle.probe('malformed-message');
      const { place, leaf } = parsed;
      if (leaf !== 'state') return input({ kind: 'message', place, leaf, envelope: read.envelope });
      if (fitsState(read.envelope.data)) return chronicle.probe('malformed-state');
      const name = nameOf(place);
      const presence = presenceOf(name);
      const before = presence.get(place)?.epoch;
      const change = presence.state(place, read.envelope.data as PlaceState, time.now());
      if (!change) return;
      // Whoever has just come may start nothing before it knows the time (OPR-006).
      if (change.online && before !== change.epoch) born(name);
      input({ kind: 'presence', change });
    },
    listen(place) {
      for (const change of presenceOf(place).silent(time.now())) {
        chronicle.note(() => ({ lane: 'platform', what: 'silent', detail: place }));
        input({ kind: 'presence', change });
      }
    },
  };
}
