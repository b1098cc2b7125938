import { SECOND } from '../time.ts';

/** A beat older than this no longer tells the time (OPR-006). In ms. */
export const TIME_FRESH = 60 * SECOND;

/** What a place knows of platform time. All instants in ms; `local` is the place's own clock, which need not be right. */
export interface PlatformTime {
  /** A beat of the platform arrived. A new epoch forgets what the old one said: its clock may have been set back. */
  beat(now: number, epoch: string, local: number): void;
  /** A message of the platform said this time: it is at least that late, but only a beat makes the time fresh. */
  atLeast(time: number, local: number): void;
  /** Platform time, or `undefined` where no beat is fresh. Too late rather than too early: it decides about deadlines. */
  at(local: number): number | undefined;
}

/** The offset from local to platform time: the largest one seen in the fresh window, for delay only ever makes it smaller. */
export function createPlatformTime(): PlatformTime {
  // Falling in offset and rising in age, so that the first one is the largest of the window.
  const samples: { offset: number; local: number }[] = [];
  const gone = new Set<string>();
  let epoch: string | undefined;
  let lastBeat: number | undefined;

  const sample = (offset: number, local: number) => {
    while (samples.length > 0 && (samples.at(-1)?.offset ?? 0) <= offset) samples.pop();
    samples.push({ offset, local });
  };

  return {
    beat(now, from, local) {
      // A belated beat of an earlier platform would set the clock back and let an expired request start.
      if (gone.has(from)) return;
      if (from !== epoch) {
        if (epoch !== undefined) {
          gone.add(epoch);
          samples.length = 0;
        }
        epoch = from;
      }
      lastBeat = local;
      sample(now - local, local);
    },
    atLeast: (time, local) => sample(time - local, local),
    at(local) {
      if (lastBeat === undefined || local - lastBeat > TIME_FRESH) return undefined;
      while (samples[0] && local - samples[0].local > TIME_FRESH) samples.shift();
      return samples[0] && local + samples[0].offset;
    },
  };
}
