import type { LoggedOrder, LoggedTransfer } from './records.ts';

/**
 * One order as the durable records tell it: small, for a run has tens of thousands of them. Its lists are made anew where
 * they grow: one that grows in place would keep room for a dozen more. Amounts in fen.
 */
export interface BookedOrder {
  readonly id: string;
  readonly kind: string;
  readonly outlet: string;
  /** Who asked for it, and so who is told of it, beside the outlet. */
  readonly organisation: string;
  readonly amountFen: number;
  /** Of a payment: the customer's account at the counterpart. */
  readonly account: string;
  readonly service: string;
  /** Platform time, ms. */
  readonly createdAt: number;
  readonly businessDate: string;
  readonly journalNo: string;
  state: string;
  /** Every state it has ever had, as bits of {@link STATES}. */
  had: number;
  /** The first final state, and the number of the record that brought it; the world's time. */
  final: { state: string; record: number; at: number } | undefined;
  /** How often the log opened it, and ended it: once each. */
  openings: number;
  endings: number;
  problem: string;
  /** Why it is in its state, as the record says. */
  why: string;
  readonly legs: readonly BookedLeg[];
  transfers: readonly LoggedTransfer[];
  receiptNo: string;
  cases: readonly { kind: string; evidence: string }[];
  prints: readonly BookedPrint[];
  /** Codes of alerts about it. */
  alerts: readonly string[];
  /** Of a void: the purchase; of a purchase: its voids. */
  readonly voids: string;
  voidedBy: readonly string[];
  /** How many records are about it. */
  records: number;
}

export interface BookedLeg {
  no: number;
  key: string;
  counterpart: string;
  /** Every stage in the order it was recorded; the first is its birth's. */
  stages: readonly string[];
  counterpartNo: string;
  inquiries: number;
  /** Platform time, ms. */
  notFound: readonly { inquiry: number; at: number }[];
}

export interface BookedPrint {
  no: number;
  key: string;
  copy: number;
  voided: boolean;
  organisation: string;
  state: string;
  /** How often it was sent, and asked about. */
  sendings: number;
  asked: number;
}

export const STATES = ['processing', 'unknown', 'manual', 'succeeded', 'failed', 'rejected'];

export const isFinalState = (state: string) =>
  state === 'succeeded' || state === 'failed' || state === 'rejected';

export const hasHad = (order: BookedOrder, state: string) => (order.had & (1 << STATES.indexOf(state))) !== 0;

/** Which of the fields is the customer's account, by service. */
const ACCOUNT_FIELD: { [service: string]: string } = { 'mobile-topup': 'phone' };

const NONE: readonly never[] = [];

/** `same` gives back one copy of equal texts: what orders share is kept once. */
export function bookOrder(born: LoggedOrder, same: (text: string) => string): BookedOrder {
  const { service = '' } = born;
  return {
    id: born.id,
    kind: same(born.kind),
    outlet: same(born.outlet),
    organisation: same(born.by.organisation),
    amountFen: born.amountFen,
    account: born.fields[ACCOUNT_FIELD[service] ?? ''] ?? '',
    service: same(service),
    createdAt: born.createdAt,
    businessDate: same(born.businessDate),
    journalNo: born.journalNo ?? '',
    state: born.state,
    had: 0,
    final: undefined,
    openings: 0,
    endings: 0,
    problem: born.problem ?? '',
    why: '',
    legs: born.legs.map(({ no, key, counterpart, stage }) => ({
      no,
      key,
      counterpart: same(counterpart),
      stages: [same(stage)],
      counterpartNo: '',
      inquiries: 0,
      notFound: NONE,
    })),
    transfers: NONE,
    receiptNo: born.receipt?.number ?? '',
    cases: NONE,
    prints: NONE,
    alerts: NONE,
    voids: born.voids ?? '',
    voidedBy: NONE,
    records: 0,
  };
}
