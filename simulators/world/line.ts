import type { VirtualTime } from './virtual-time.ts';

/**
 * A station's line, or the carrier's: open, cut, or clogged in one way or both. What is said while it is cut is lost; while it
 * is clogged it waits.
 */
export interface Line {
  /** Passes on, now or later, or never. */
  pass(way: 'up' | 'down', act: () => void): void;
  /** Closes it for so long, or for ever; calls `reopened` when it is open again. */
  close(ways: readonly ('up' | 'down')[], keeps: boolean, ms: number | undefined, reopened: () => void): void;
  isOpen(way: 'up' | 'down'): boolean;
}

export function createLine(time: VirtualTime): Line {
  const closed = { up: 0, down: 0 };
  let keeping = false;
  let held: { way: 'up' | 'down'; act: () => void }[] = [];
  return {
    pass(way, act) {
      if (closed[way] === 0) act();
      else if (keeping) held.push({ way, act });
    },
    close(ways, keeps, ms, reopened) {
      for (const way of ways) closed[way]++;
      keeping = keeps;
      if (ms === undefined) return;
      time.after(ms, () => {
        for (const way of ways) closed[way]--;
        const ready = held.filter(({ way }) => closed[way] === 0);
        held = held.filter(({ way }) => closed[way] > 0);
        for (const { act } of ready) act();
        reopened();
      });
    },
    isOpen: (way) => closed[way] === 0,
  };
}
