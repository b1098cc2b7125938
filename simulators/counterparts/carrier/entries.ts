import type { WireErrorCode } from '../../../contracts/errors.ts';

export interface Subscriber {
  account: string;
  /** What was topped up less what was reversed, in fen. Calls are not modelled. */
  balanceFen: number;
  arrearsFen: number;
  status: 'open' | 'closed';
}

/** A top-up by our key. `due` tells when it will be decided and how; without it a processing one stays so for ever. */
export interface Charge {
  key: string;
  account: string;
  amountFen: number;
  counterpartNo: string;
  standing: 'processing' | 'succeeded' | 'failed';
  /** Why it was declined. */
  code?: WireErrorCode;
  due?: { at: number; code?: WireErrorCode };
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
  | { kind: 'taken'; at: number; key: string; account: string; amountFen: number; due?: Charge['due'] }
  | { kind: 'charged'; at: number; key: string }
  | { kind: 'declined'; at: number; key: string; code: WireErrorCode }
  | { kind: 'applied'; at: number; key: string; originalKey: string }
  | { kind: 'decided'; at: number; key: string; standing: 'reversed' | 'refused'; code?: WireErrorCode };
