import type { Violation } from '../checker/invariant.ts';
import type { FaultName } from '../world/faults.ts';
import type { Scenario } from '../world/scenario.ts';
import type { SizeOption } from './campaign-plan.ts';

/** One run that a worker is asked for: a seed, or a scenario that is kept. Plain data: it crosses threads. */
export interface Job {
  seed: number;
  /** Where it is a kept scenario: its name, `golden/lost-reply`. */
  kept?: string;
  scenario?: Scenario;
  size: SizeOption;
  flows?: readonly string[];
  faults?: readonly FaultName[];
}

/** What became of it, small enough to be sent for each of millions of seeds. */
export interface Outcome {
  seed: number;
  kept?: string;
  verdict: 'pass' | 'fail' | 'inconclusive';
  violation?: Violation;
  crash?: string;
  traceHash: string;
  /** Where it was run twice: the second hash. */
  again?: string;
  virtualSeconds: number;
  events: number;
  orders: number;
  /** Faults that the scenario lists, and how many of them hit something. */
  planned: number;
  delivered: number;
  /** Cells of the matrix: fault, state, hits. */
  hits: [fault: string, state: string, hits: number][];
  probes: { [name: string]: number };
  checked: { [invariant: string]: number };
  shape: Shape;
  /** The comparisons with another run that were made, by name. */
  cross: { [name: string]: { checked: number; violation?: Violation } };
  /** The worker itself was lost over it (it hung, or its thread ended), so nothing else is known. */
  lost?: boolean;
}

/** What the scenario looked like: a campaign whose scenarios are all alike proves little. */
export interface Shape {
  stations: number;
  hours: number;
  /** Of the day, in hours. */
  start: number;
  faults: number;
  healersAbsent: number;
  /** How many of each: `topup`, `credit`, `void`, `reprint`, `inquire`, `cutDay`; and `cut`, the clock's own day cut. */
  flows: { [flow: string]: number };
  /** Of the top-ups, in fen: the least, the most, and how many of each up to a few. */
  amounts: { [fen: string]: number };
}

/** What came of a job whose worker was lost: a crash, with the reason. */
export function lostOutcome(job: Job, why: string): Outcome {
  return {
    seed: job.seed,
    kept: job.kept,
    verdict: 'inconclusive',
    crash: why,
    traceHash: '',
    virtualSeconds: 0,
    events: 0,
    orders: 0,
    planned: 0,
    delivered: 0,
    hits: [],
    probes: {},
    checked: {},
    shape: { stations: 0, hours: 0, start: 0, faults: 0, healersAbsent: 0, flows: {}, amounts: {} },
    cross: {},
    lost: true,
  };
}
