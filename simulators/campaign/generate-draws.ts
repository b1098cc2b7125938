import { lot, lotBetween, lotOf } from '../world/keyed.ts';

/** The draws of one seed, each by its own name: none depends on any other, or on how many there were. */
export interface Draws {
  seed: number;
  /** Whether it happens, at this share of the seeds. */
  happens(name: string, share: number): boolean;
  /** A whole number, both ends included. */
  between(name: string, least: number, most: number): number;
  of<T>(name: string, list: readonly T[]): T;
  /** From 0 to `most`, 0 being as likely as a half of it and more. */
  rate(name: string, most: number): number;
  /**
   * A span in ms that tells something, at most `most`: just before or after a deadline of the platform, or between two. What is
   * drawn evenly would nearly never fall where the code decides.
   */
  span(name: string, most: number): number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The platform's and the wire's own deadlines, and what lies between. */
const TELLING = [
  0,
  1,
  3,
  8,
  20,
  60,
  200,
  600,
  1_000,
  2_500,
  5_000,
  9_950,
  10_050,
  14_950,
  15_050,
  29_900,
  30_100,
  39_950,
  40_100,
  59_900,
  60_200,
  90_000,
  119_900,
  120_300,
  3 * MINUTE,
  301_000,
  599_000,
  601_000,
  660_000,
  20 * MINUTE,
  30 * MINUTE - 500,
  30 * MINUTE + 500,
  45 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  12 * HOUR,
  24 * HOUR - 1_000,
  24 * HOUR + 1_000,
  25 * HOUR,
] as const;

export function drawsOf(seed: number): Draws {
  return {
    seed,
    happens: (name, share) => lot(seed, name) < share,
    between: (name, least, most) => lotBetween(seed, name, least, most),
    of: (name, list) => lotOf(seed, name, list),
    rate: (name, most) => Math.max(0, lot(seed, name) * 1.5 - 0.5) * most,
    span(name, most) {
      let reach = TELLING.length;
      while (reach > 1 && (TELLING[reach - 1] ?? 0) > most) reach--;
      return TELLING[Math.floor(lot(seed, name) * reach)] ?? 0;
    },
  };
}
