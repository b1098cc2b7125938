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
}

export function virtualTime(start: number): VirtualTime {
  let now = start;
  let asked = 0;
  // Sorted by time, then by the order of asking; small worlds have few entries.
  const due: { time: number; order: number; act: () => void }[] = [];

  function insert(entry: (typeof due)[number]): void {
    let at = due.length;
    while (at > 0 && (due[at - 1]?.time ?? 0) > entry.time) at--;
    due.splice(at, 0, entry);
  }

  return {
    now: () => now,
    after(ms, act) {
      const entry = { time: now + Math.max(0, ms), order: asked++, act };
      insert(entry);
      return () => {
        const at = due.indexOf(entry);
        if (at >= 0) due.splice(at, 1);
      };
    },
    run(until, limitMs) {
      const end = now + limitMs;
      while (!until()) {
        const next = due[0];
        if (!next || next.time > end) {
          now = end;
          return until();
        }
        due.shift();
        now = next.time;
        next.act();
      }
      return true;
    },
  };
}
