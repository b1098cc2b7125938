import type { RunResult } from '../world/result.ts';
import type { Scenario } from '../world/scenario.ts';

/** What a report is made of. All of it is plain data, so that it can be made again from the folder. */
export interface ReportInput {
  /** The smallest scenario that still fails; the report tells this one. */
  scenario: Scenario;
  /** The one that failed at first. */
  full: Scenario;
  /** Of `scenario`, with its trace. */
  result: RunResult;
  /** The campaign's seed; by default the scenario's. */
  seed?: number;
  commit?: string;
  /** What should stand in the books, and what does. Without it: the carrier's books against the platform's, per order. */
  ledger?: Ledger;
  /** Where a campaign found it: its coverage stands in the report instead of this one run's. */
  campaign?: CampaignFacts;
}

export interface Ledger {
  orders: LedgerLine[];
  accounts: LedgerLine[];
}

/** Amounts in fen. */
export interface LedgerLine {
  name: string;
  expectedFen: number;
  actualFen: number;
  note?: string;
}

export interface CampaignFacts {
  /** `seeds 1..6000`, for people. */
  name: string;
  /** The options as they were resolved, on one line. */
  config: string;
  /** Those that were hit; the rest of the matrix comes from the catalogue. */
  cells: MatrixCell[];
  /** How often each invariant had something to check; 0 is void. */
  checked: { [invariant: string]: number };
  /** How often each rare branch was taken; 0 is void. */
  probes: { [name: string]: number };
}

/** How often a fault hit an order in this state. */
export interface MatrixCell {
  fault: string;
  state: string;
  hits: number;
  /** The first that hit it: a seed, or a kept scenario's name. */
  first?: number | string;
  /** Why it can not be hit, where it can not; hits there are a failure of their own. */
  infeasible?: string;
}

/** The same in both languages. Chinese leads. */
export interface Words {
  zh: string;
  en: string;
}
