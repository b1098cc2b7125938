/**
 * Platform time, made of a wall clock that people and time servers set. It never goes back (S14), and it does not stand still
 * while a wall clock that was set back catches up: no deadline and no inquiry waits for that. It then runs ahead of the wall
 * clock until the next start.
 */
export interface ForwardClock {
  /** Platform time for this time of the wall clock; all in ms. */
  now(wall: number): number;
  /** By how much platform time is ahead of the wall clock. */
  readonly ahead: number;
}

/** @param floor the time of the last record, ms; platform time begins no earlier */
export function createForwardClock(floor: number): ForwardClock {
  let ahead = 0;
  let last = floor;
  return {
    now(wall) {
      if (wall + ahead < last) ahead = last - wall;
      last = wall + ahead;
      return last;
    },
    get ahead() {
      return ahead;
    },
  };
}
