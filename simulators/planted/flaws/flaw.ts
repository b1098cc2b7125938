import type { FaultName } from '../../world/faults.ts';
import type { Patch } from '../bug.ts';

/** A simulator that has gone blind or deaf in one way, on purpose: what a campaign measures has to notice it. */
export interface Flaw {
  name: string;
  zh: string;
  en: string;
  noticed: Noticed;
  patches: readonly Patch[];
}

/** What notices it; every one of them ends `yizhan simulate` with 130 or 131, never with a pass. */
export type Noticed =
  /** A reason for which the campaign is void begins so. */
  | { void: string }
  /** Cells of this fault that are hit otherwise are never hit: void where coverage is required. */
  | { uncovered: FaultName }
  /** A planted bug survives, which `--planted-bugs` calls void. */
  | { survivor: string }
  /** Two runs of one seed differ. */
  | { verdict: 'nondeterministic' };
