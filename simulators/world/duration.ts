import type { Duration } from './faults.ts';
import type { VirtualTime } from './virtual-time.ts';

/** How long a fault lasts, ms; undefined: for ever. */
export const msOf = (duration: Duration): number | undefined => (duration === 'ever' ? undefined : duration);

/** What heals lasts no longer than until everything heals at `end` (the world's time), and at least a second; in ms. */
export const untilHealed =
  (time: VirtualTime, end: number) =>
  (ms: number): number =>
    Math.min(ms, Math.max(1_000, end - time.now()));
