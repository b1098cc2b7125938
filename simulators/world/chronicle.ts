import type { Digest } from './digest.ts';
import type { TraceEvent } from './result.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What is written down of a run: always its digest, and where it is asked for every event, for people. */
export interface Chronicle {
  /** Whether anybody will read it: what is costly to describe is described only then. */
  readonly kept: boolean;
  /** Into the digest only. */
  digest(text: string): void;
  /** The digest so far. */
  value(): string;
  /** For people; `describe` is called only where it is kept. */
  note(describe: () => Omit<TraceEvent, 'no' | 'at'>): void;
  events(): TraceEvent[];
  /** A rare branch was taken. */
  probe(name: string): void;
  probes(): { [name: string]: number };
}

/** Beyond this nobody reads on, and memory is not endless. */
const KEPT = 200_000;

export function createChronicle(time: VirtualTime, digest: Digest, kept: boolean): Chronicle {
  const events: TraceEvent[] = [];
  const probes = new Map<string, number>();
  return {
    kept,
    digest: (text) => digest.add(time.now(), text),
    value: digest.value,
    note(describe) {
      if (!kept || events.length >= KEPT) return;
      events.push({ no: events.length + 1, at: time.now(), ...describe() });
    },
    events: () => events,
    probe: (name) => void probes.set(name, (probes.get(name) ?? 0) + 1),
    probes: () => Object.fromEntries([...probes].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
