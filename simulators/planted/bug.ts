import type { Flow } from '../campaign/mix.ts';
import type { InvariantId } from '../checker/invariant.ts';
import type { FaultName } from '../world/faults.ts';

/** A mistake that a programmer could really make, planted on purpose: it proves that its invariant can fail. */
export interface PlantedBug {
  name: string;
  zh: string;
  en: string;
  /** The invariant that must notice it, even when it is the only one that looks. */
  expected: InvariantId;
  /** The world it needs: `tiny` unless it takes the day cut or many hours. */
  size?: 'tiny' | 'medium';
  /** The only flows that its seeds have, where it needs a rare one; otherwise all. */
  flows?: readonly Flow[];
  /** The only faults that its seeds have, where it hides behind others or needs a rare one; otherwise all. */
  withFaults?: readonly FaultName[];
  /** The kept scenario that shows it, where seeds hardly ever come to it: `golden/end-in-a-later-cut`. */
  kept?: string;
  patches: readonly Patch[];
}

/** One change of one compiled file. */
export interface Patch {
  /** The module without its ending: `platform/core/flows/outcome`. */
  file: string;
  /** The compiled text to be replaced; it stands there exactly once. Runs of white space are all alike. */
  find: string;
  replace: string;
}
