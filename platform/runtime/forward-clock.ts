import { DAY, MINUTE } from '../../contracts/time.ts';

/**
 * Platform time, made of a wall clock that people and time servers set. It never goes back (S14), and it does not stand still
 * while a wall clock that was set back catches up: no deadline and no inquiry waits for that. It then runs ahead of the wall
 * clock until the next start.
 *
 * A leap of the wall clock by more than {@link FOLLOWED} is not followed: it would cut a business day for each of its days, and
 * no clock brings them back. Platform time then goes on as steady time does, behind the wall clock, until the wall clock is
 * back within {@link FOLLOWED} or the next start.
 */
export interface ForwardClock {
  /**
   * Platform time for this time of the wall clock. `steady` is a clock that nobody sets, from any beginning; it may stand still
   * while the machine sleeps. Where it is left out every leap forward is followed. All in ms.
   */
  now(wall: number, steady?: number): number;
  /** By how much platform time is ahead of the wall clock, ms; negative where it is behind. */
  readonly ahead: number;
}

/**
 * By so much the wall clock may leap while steady time stands still, in ms: a machine sleeps over night, and a bench jumps from
 * one thing that is due to the next, of which the day cut is never further away than a day.
 */
export const FOLLOWED = DAY + MINUTE;

/** @param floor the time of the last record, ms; platform time begins no earlier */
export function createForwardClock(floor: number): ForwardClock {
  let ahead = 0;
  let last = floor;
  // Not a number until the first look: nothing is a leap compared with that.
  let lastWall = Number.NaN;
  let lastSteady = Number.NaN;
  return {
    now(wall, steady = wall) {
      const setBy = Math.round(wall - lastWall - (steady - lastSteady));
      if (setBy > FOLLOWED || wall < lastWall) {
        // How far it is ahead where it goes on by itself; it comes up to a wall clock that is near.
        const own = ahead - setBy;
        ahead = own < -FOLLOWED ? own : 0;
      }
      if (wall + ahead < last) ahead = last - wall;
      last = wall + ahead;
      lastWall = wall;
      lastSteady = steady;
      return last;
    },
    get ahead() {
      return ahead;
    },
  };
}
