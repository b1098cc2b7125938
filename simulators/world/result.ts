import type { Violation } from '../checker/invariant.ts';
import type { FaultName } from './faults.ts';

/** How a run of one scenario ended. Plain data: it crosses workers and goes into reports. */
export interface RunResult {
  /** `inconclusive`: the checker itself failed, or nothing can be said. Never a pass. */
  verdict: 'pass' | 'fail' | 'inconclusive';
  violation?: Violation;
  /** The world or the platform threw: an error that no fault explains. */
  crash?: string;
  /** Over every event, message and record: equal for equal runs. */
  traceHash: string;
  virtualSeconds: number;
  events: number;
  orders: number;
  /** What each fault of the scenario really hit, by its place in the list; an empty list: it hit nothing. */
  receipts: Receipt[];
  /** Rare branches that were taken. */
  probes: { [name: string]: number };
  /** How often each invariant had something to check. */
  checked: { [invariant: string]: number };
  /** How every order of the scenario ended, by its name: what any other run of the scenario must agree with. */
  ends: { [name: string]: OrderEnd };
  /** Available credit per outlet at the end, in fen. */
  credit: { [outlet: string]: number };
  /** Only where asked for. */
  trace?: TraceEvent[];
}

export interface Receipt {
  /** Index into `scenario.faults`. */
  index: number;
  fault: FaultName;
  /** The world's time of the first hit, ms. */
  at: number;
  /** States of the orders that were hit, a column of the matrix each; `idle` where none was alive. */
  states: string[];
}

export interface OrderEnd {
  /** `none`: the platform knows nothing of it. */
  state: 'none' | 'processing' | 'unknown' | 'manual' | 'succeeded' | 'failed' | 'rejected';
  fen: number;
  businessDate: string;
  problem?: string;
  /** What the carrier's books say was charged for it, in fen. */
  chargedFen: number;
  cases: number;
}

/** One thing that happened, for the story and the swim lanes. */
export interface TraceEvent {
  /** Rises by one; the world's time in ms. */
  no: number;
  at: number;
  /** `teller 1`, `station 1`, `platform`, `disk`, `carrier`, `printer 1`, `broker`, `world` */
  lane: string;
  /** For a message: where it goes, and whether it arrives. */
  to?: string;
  arrivesAt?: number;
  lost?: boolean;
  what: string;
  /** The scenario's name of the order, where it is about one. */
  order?: string;
  /** The state of that order just then. */
  state?: string;
  /** Where a fault did this: its index in the scenario. */
  fault?: number;
  /** Payload, for whoever looks closer. */
  detail?: string;
}
