import type { VirtualTime } from './virtual-time.ts';

/** The wall clock of the platform's machine: the world's time, and by how much somebody set it wrong. Alarms follow it. */
export interface PlatformClock {
  now(): number;
  /** Calls `ring` when the clock shows this time or later; replaces the time asked for before. */
  setAlarm(at: number | undefined, ring: () => void): void;
  /** Somebody sets it. */
  step(byMs: number): void;
  isRight(): boolean;
}

export function createPlatformClock(time: VirtualTime): PlatformClock {
  let offset = 0;
  let wanted: { at: number; ring: () => void } | undefined;
  let cancel: (() => void) | undefined;

  const arm = () => {
    cancel?.();
    cancel = undefined;
    if (!wanted) return;
    const { at, ring } = wanted;
    cancel = time.after(at - offset - time.now(), () => {
      wanted = undefined;
      ring();
    });
  };

  return {
    now: () => time.now() + offset,
    setAlarm(at, ring) {
      if (at === wanted?.at) return;
      wanted = at === undefined ? undefined : { at, ring };
      arm();
    },
    step(byMs) {
      offset += byMs;
      arm();
    },
    isRight: () => offset === 0,
  };
}
