import { BEAT_EVERY } from '../../contracts/state.ts';

/** The instants at which a platform's process beats, while it runs; the world's time, ms. */
export interface Beats {
  begin(at: number): void;
  end(at: number): void;
  /** The latest at or before this time, not before `since`. */
  before(at: number, since: number): number | undefined;
}

export function createBeats(): Beats {
  let from: number | undefined;
  let to = Number.POSITIVE_INFINITY;
  return {
    begin(at) {
      from = at;
      to = Number.POSITIVE_INFINITY;
    },
    end(at) {
      to = at;
    },
    before(at, since) {
      if (from === undefined) return undefined;
      const last = from + Math.floor((Math.min(at, to) - from) / BEAT_EVERY) * BEAT_EVERY;
      return last >= from && last >= since ? last : undefined;
    },
  };
}
