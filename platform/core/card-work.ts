/**
 * What an order does with a meter's purchase card, beside its legs with the utility (CAR-01 to CAR-07). One order works on one
 * card; at most one order per meter is open.
 */
export interface CardWork {
  /** Whose card: what the order was sealed for. */
  serial: string;
  meterNo: string;
  customerNo: string;
  /** What must be on the card before, and what the order puts there. Of a void the other way round. */
  before: Wallet;
  after: Wallet;
  /** The return file that was on the card before the purchase, as hex; missing where it was empty. */
  returned?: string;
  stage: CardStage;
  /** The station that works on the card now; another one may go on with it. */
  organisation: string;
  station: string;
  /** Which reader was asked last. */
  device?: string;
  /** Numbers the readings, the seals and the writes: an answer to an earlier one moves nothing. */
  round: number;
  /** Rounds since a person last said that the card is there. */
  tries: number;
  /** A write was sent and no proof has said since that the card is as before: its money may be on the card (CAR-07). */
  mayBeWritten: boolean;
  /** The same before the write that is under way: what its failure without effect goes back to. */
  wasMaybeWritten: boolean;
  /** When this stage is given up, or the waiting is overdue, ms. */
  by?: number;
  /** Why it waits: an error code. */
  why?: string;
}

export interface Wallet {
  /** The purchase count (购电次数). */
  count: number;
  amountFen: number;
}

/**
 * `ordering`: the utility was asked. `reading`, `sealing`, `writing`: under way at the reader. `waiting`: nothing is under way
 * before a person puts the card in, or takes the order back. `closing`: the outcome at the card is proven, and the utility is
 * told until it has answered. `closed`: nothing is left to do.
 */
export type CardStage = 'ordering' | 'reading' | 'sealing' | 'writing' | 'waiting' | 'closing' | 'closed';

/** Whether another order for the meter must wait for this one. */
export const isCardOpen = (work: CardWork) => work.stage !== 'closed';

export const isSameWallet = (a: Wallet, b: Wallet) => a.count === b.count && a.amountFen === b.amountFen;
