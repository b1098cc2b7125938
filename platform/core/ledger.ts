import { assertFen, type Fen } from './money.ts';

/**
 * The double-entry ledger with two-phase holds. Insert-only: a transfer is never changed, a correction is a new one.
 * Balances are folds of transfers; the transfers themselves stand in their orders, so that one order tells its whole story.
 */
export interface Transfer {
  /** Unique within its order: `hold.1`, `capture.1`, `release.1`, `purchase`, `void` */
  id: string;
  kind: 'single' | 'hold' | 'capture' | 'release';
  /** For a capture or release: the hold it ends. */
  hold?: string;
  debit: string;
  credit: string;
  amountFen: Fen;
  /** When, in platform time (ms), and in which open business day it posts. */
  at: number;
  postingDate: string;
}

export interface Balance {
  debit: Fen;
  credit: Fen;
  /** Held, not yet posted. */
  debitPending: Fen;
  creditPending: Fen;
}

export type Ledger = Map<string, Balance>;

/** The outlet's prepaid credit (信誉度): a liability that may never go below zero (CRD-05). */
export const creditAccount = (outlet: string) => `credit:${outlet}`;
/** What we owe a counterpart for captured payments. */
export const payableAccount = (counterpart: string) => `payable:${counterpart}`;
/** Cash at a postal office's counter. */
export const counterCashAccount = (office: string) => `cash:${office}`;

const ZERO: Balance = { debit: 0, credit: 0, debitPending: 0, creditPending: 0 };

export function balanceOf(ledger: Ledger, account: string): Readonly<Balance> {
  return ledger.get(account) ?? ZERO;
}

/** What an outlet may still spend, in fen: bought, less spent, less held. Pending debits count in full (CRD-05). */
export function availableCredit(ledger: Ledger, outlet: string): Fen {
  const { credit, debit, debitPending } = balanceOf(ledger, creditAccount(outlet));
  return credit - debit - debitPending;
}

/**
 * Folds one transfer into the balances. Throws where it would break the ledger: such a record may not exist, so it is a
 * fault of the platform and stops it before anything leaves.
 */
export function post(ledger: Ledger, transfer: Transfer): void {
  const { kind, amountFen } = transfer;
  assertFen(amountFen, `transfer ${transfer.id}`);
  if (amountFen <= 0 || transfer.debit === transfer.credit)
    throw new RangeError(`transfer ${transfer.id} must move a positive amount between two accounts`);
  const debit = account(ledger, transfer.debit);
  const credit = account(ledger, transfer.credit);
  if (kind === 'hold') {
    debit.debitPending += amountFen;
    credit.creditPending += amountFen;
  } else {
    if (kind !== 'single') {
      debit.debitPending -= amountFen;
      credit.creditPending -= amountFen;
    }
    if (kind !== 'release') {
      debit.debit += amountFen;
      credit.credit += amountFen;
    }
  }
  if (debit.debitPending < 0 || credit.creditPending < 0)
    throw new RangeError(`transfer ${transfer.id} ends a hold that is not there`);
  assertFloor(transfer.debit, debit);
}

function account(ledger: Ledger, name: string): Balance {
  const known = ledger.get(name);
  if (known) return known;
  const fresh = { ...ZERO };
  ledger.set(name, fresh);
  return fresh;
}

function assertFloor(name: string, balance: Balance): void {
  if (name.startsWith('credit:') && balance.credit - balance.debit - balance.debitPending < 0)
    throw new RangeError(`account ${name} would go below zero (CRD-05)`);
}

/** The transfer that ends a hold: once, in full. */
export function endHold(
  hold: Transfer,
  kind: 'capture' | 'release',
  at: number,
  postingDate: string,
): Transfer {
  const id = hold.id.replace(/^hold/, kind);
  return { ...hold, id, kind, hold: hold.id, at, postingDate };
}
