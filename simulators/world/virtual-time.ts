/**
 * Time that moves only when nothing is left to do at the present instant. Actions at one instant run in the order they were
 * asked for, so a run is the same every time.
 */
export interface VirtualTime {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Calls `act` after so many ms, 0 being later in this instant; the result takes it back. */
  after(ms: number, act: () => void): () => void;
  /** Lets everything happen until `until` says so, or until so many ms have passed. Returns whether it said so. */
  run(until: () => boolean, limitMs: number): boolean;
  /** How many actions have run. */
  readonly count: number;
}

interface Entry {
  time: number;
  order: number;
  /** Undefined once it was taken back. */
  act: (() => void) | undefined;
}

export function virtualTime(start: number): VirtualTime {
  let now = start;
  let asked = 0;
  let count = 0;
  const heap: Entry[] = [];

  return {
    now: () => now,
    after(ms, act) {
      const entry: Entry = { time: now + Math.max(0, ms), order: asked++, act };
      push(heap, entry);
      return () => {
        entry.act = undefined;
      };
    },
    run(until, limitMs) {
      const end = now + limitMs;
      while (!until()) {
        const next = heap[0];
        if (!next || next.time > end) {
          now = end;
          return until();
        }
        pop(heap);
        if (!next.act) continue;
        now = next.time;
        count++;
        next.act();
      }
      return true;
    },
    get count() {
      return count;
    },
  };
}

const before = (a: Entry, b: Entry) => a.time < b.time || (a.time === b.time && a.order < b.order);

function push(heap: Entry[], entry: Entry): void {
  let i = heap.length;
  heap.push(entry);
  while (i > 0) {
    const parent = (i - 1) >> 1;
    const above = heap[parent] as Entry;
    if (!before(entry, above)) break;
    heap[i] = above;
    i = parent;
  }
  heap[i] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop() as Entry;
  if (heap.length === 0) return;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as Entry, heap[child] as Entry)) child++;
    const below = heap[child] as Entry;
    if (!before(below, last)) break;
    heap[i] = below;
    i = child;
  }
  heap[i] = last;
}
