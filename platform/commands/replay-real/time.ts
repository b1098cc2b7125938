import type { Duration } from '../../../simulators/world/faults.ts';
import type { Clock } from '../../service/clock.ts';
import { type DrivenClock, drivenClock } from '../../service/driven-clock.ts';

/** The scenario's time on the real stack: it stands still while anybody is at work, and else goes to whatever is due next. */
export interface Time {
  now(): number;
  /** Does something of the scenario's after so many ms; the result takes it back. */
  after(ms: number, act: () => void): () => void;
  at(time: number, act: () => void): void;
  /** Mends what a fault has broken for so long, or when everything that may heal heals, whichever is first. */
  mendAfter(forMs: Duration, act: () => void): void;
  /** Now everything heals, but for what is broken for ever. */
  heal(): void;
  isHealed(): boolean;
  /** What of the scenario is still to come: while there is any it has not ended. */
  toCome(): number;
  /** Nothing comes any more. */
  close(): void;
  /** For what has a timer of its own, such as the platform and the carrier. */
  readonly clock: DrivenClock;
}

/** @param start what it says first, in ms */
export function openTime(start: number): Time {
  // Nothing is told by how long the real stack takes: between two jumps no time passes at all.
  const clock = drivenClock(start, () => 0);
  const toCome = new Set<() => void>();
  const at = (time: number, act: () => void) => {
    const cancel = clock.at(time, () => {
      toCome.delete(take);
      act();
    });
    const take = () => {
      toCome.delete(take);
      cancel();
    };
    toCome.add(take);
    return take;
  };
  const after = (ms: number, act: () => void) => at(clock.now() + ms, act);
  const mends = new Set<() => void>();
  let healed = false;
  return {
    now: clock.now,
    at,
    after,
    mendAfter(forMs, act) {
      if (forMs === 'ever') return;
      if (healed) return act();
      const mend = () => {
        cancel();
        if (mends.delete(mend)) act();
      };
      const cancel = after(forMs, mend);
      mends.add(mend);
    },
    heal() {
      healed = true;
      for (const mend of mends) mend();
    },
    isHealed: () => healed,
    toCome: () => toCome.size,
    close() {
      clock.stop();
      for (const take of toCome) take();
    },
    clock,
  };
}

/** A clock that somebody may set, forward or back; what hangs on it follows. */
export interface SettableClock extends Clock {
  set(byMs: number): void;
}

export function settable(clock: Clock): SettableClock {
  let offset = 0;
  const armed = new Set<() => void>();
  return {
    ...clock,
    now: () => clock.now() + offset,
    at(time, act) {
      let cancel = () => {};
      const arm = () => {
        cancel();
        cancel = clock.at(time - offset, () => {
          armed.delete(arm);
          act();
        });
      };
      armed.add(arm);
      arm();
      return () => {
        armed.delete(arm);
        cancel();
      };
    },
    set(byMs) {
      offset += byMs;
      for (const arm of armed) arm();
    },
  };
}
