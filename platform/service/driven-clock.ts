import { type Clock, realLiveness } from './clock.ts';

export interface DrivenClock extends Clock {
  /** Begins to jump. `busy` says whether somebody is still at work at the present time; time stands still meanwhile. */
  drive(busy: () => boolean): void;
  stop(): void;
  /** Calls `act` after every jump. */
  onJump(act: () => void): void;
}

/** How often it looks whether everybody is done, and how often in a row they must be, in real ms and looks. */
const LOOK_EVERY = 5;
const QUIET_LOOKS = 6;

/**
 * A clock that jumps to the next thing that is due when nothing is left to do: the real inquiry ladder of a day passes in
 * seconds, each rung at its own time. Between jumps it runs as real time does.
 */
export function drivenClock(start: number): DrivenClock {
  const real = realLiveness();
  let offset = start - real.steady();
  const due = new Set<{ time: number; act: () => void }>();
  const jumped: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  const now = () => Math.floor(real.steady() + offset);

  function fire(): void {
    for (const entry of [...due].sort((a, b) => a.time - b.time)) {
      if (entry.time > now() || !due.delete(entry)) continue;
      entry.act();
    }
  }

  return {
    ...real,
    now,
    at(time, act) {
      const entry = { time, act };
      due.add(entry);
      return () => due.delete(entry);
    },
    onJump: (act) => jumped.push(act),
    drive(busy) {
      let quiet = 0;
      timer = setInterval(() => {
        fire();
        quiet = busy() ? 0 : quiet + 1;
        if (quiet < QUIET_LOOKS) return;
        quiet = 0;
        const next = Math.min(...[...due].map((entry) => entry.time));
        if (!Number.isFinite(next)) return;
        offset += Math.max(0, next - now());
        for (const act of jumped) act();
        fire();
      }, LOOK_EVERY);
    },
    stop: () => clearInterval(timer),
  };
}
