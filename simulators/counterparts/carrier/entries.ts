import type { WireErrorCode } from '../../../contracts/errors.ts';

export interface Subscriber {
  account: string;
  /** What was topped up less what was reversed, in fen. Calls are not modelled. */
  balanceFen: number;
  arrearsFen: number;
  status: 'open' | 'closed';
}

/** A top-up by our key. */
export interface Charge {
  key: string;
  account: string;
  amountFen: number;
  counterpartNo: string;
  standing: 'processing' | 'succeeded' | 'failed';
  /** Why it was declined. */
  code?: WireErrorCode;
}

/** When a charge will be decided, ms, and where it is declined why. */
export interface Due {
  at: number;
  code?: WireErrorCode;
}

/** An application for the reversal of a charge, by our key. */
export interface Application {
  key: string;
  originalKey: string;
  applicationNo: string;
  standing: 'pending' | 'reversed' | 'refused';
  code?: WireErrorCode;
  /** When its batch is worked through, ms. */
  dueAt: number;
}

/** Everything that changes the books. `at` is the carrier's time in ms. */
export type BookEvent =
  | { kind: 'subscriber'; account: string; arrearsFen: number; status: Subscriber['status'] }
  /** Without `due` it stays in processing for ever. */
  | { kind: 'taken'; at: number; key: string; account: string; amountFen: number; due?: Due }
  | { kind: 'charged'; at: number; key: string }
  | { kind: 'declined'; at: number; key: string; code: WireErrorCode }
  | { kind: 'applied'; at: number; key: string; originalKey: string }
  | { kind: 'decided'; at: number; key: string; standing: 'reversed' | 'refused'; code?: WireErrorCode };
