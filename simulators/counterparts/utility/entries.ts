import type { WireErrorCode } from '../../../contracts/errors.ts';
import type { LayoutName } from '../../devices/cards/meter-files.ts';

/** A household with its meter and its purchase card. */
export interface Customer {
  customerNo: string;
  meterNo: string;
  name: string;
  address: string;
  /** What is owed beside the meter, fen: shown, and no bar to a purchase. */
  arrearsFen: number;
  cardSerial: string;
  layout: LayoutName;
  /** What the card carried after the last purchase that stands. */
  wallet: { count: number; amountFen: number };
  isClosed?: boolean;
}

export type Standing = 'ordered' | 'confirmed' | 'cancelled' | 'voidOrdered' | 'voided' | 'failed';

/** A purchase by our key. */
export interface Purchase {
  key: string;
  customerNo: string;
  amountFen: number;
  count: number;
  counterpartNo: string;
  standing: Standing;
  /** What was on the card before it, and what a void brings back. */
  before: { count: number; amountFen: number };
  /** The return file that it clears, as hex; `''` where it was empty. */
  returned: string;
  /** Why it was declined. */
  code?: WireErrorCode;
  /** Our key of the order of its void: of the last one, where an earlier one was cancelled. */
  voidKey?: string;
}

/** Everything that changes the books. `key` is the purchase's, `at` the utility's time in ms. */
export type BookEvent =
  | { kind: 'customer'; at: number; customer: Customer }
  | { kind: 'ordered'; at: number; key: string; customerNo: string; amountFen: number; returned: string }
  | { kind: 'declined'; at: number; key: string; customerNo: string; amountFen: number; code: WireErrorCode }
  | { kind: 'voidOrdered'; at: number; key: string; voidKey: string }
  | { kind: 'confirmed' | 'cancelled' | 'voidConfirmed' | 'voidCancelled'; at: number; key: string };
