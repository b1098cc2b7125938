import type { FaultName } from '../world/faults.ts';
import { hash32, lot } from '../world/keyed.ts';
import type { Scenario } from '../world/scenario.ts';
import type { DayWorld } from './demand-day.ts';

export type Size = 'tiny' | 'medium' | 'large';
/** A named size, or a world of one's own. */
export type SizeOption = Size | DayWorld;

/** What a campaign is to run. Plain data. */
export interface Plan {
  /** The first seed, and the last; without a last it goes on until it is told to stop. */
  from: number;
  to?: number;
  /** Scenarios that are kept, run before any seed. */
  kept: readonly Kept[];
  /** The same size for every seed; otherwise they are mixed. */
  size?: SizeOption;
  flows?: readonly string[];
  faults?: readonly FaultName[];
}

export interface Kept {
  /** `golden/lost-reply`, `regressions/2026-11-24-8-S7` */
  name: string;
  scenario: Scenario;
}

/** Seven of ten worlds are tiny: most bugs need little, and a hundred small worlds cost as much as one large one. */
export function sizeOf(seed: number): Size {
  const drawn = lot(seed, 'size');
  return drawn < 0.7 ? 'tiny' : drawn < 0.95 ? 'medium' : 'large';
}

/** One seed of twenty is run twice: its two hashes must be the same. */
export const isRunTwice = (seed: number): boolean => hash32('run twice', seed) % 20 === 0;

/** One seed of ten, another ten for each comparison. Comparing costs a run or two more, so large worlds are left out. */
export const isCompared = (seed: number, name: string): boolean => hash32(name, seed) % 10 === 0;
