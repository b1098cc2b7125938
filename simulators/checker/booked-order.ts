import type { Intent } from './observation.ts';
import type { LoggedCard, LoggedOrder, LoggedTransfer } from './records.ts';

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
  legs: readonly BookedLeg[];
  transfers: readonly BookedTransfer[];
  receiptNo: string;
  cases: readonly { kind: string; evidence: string }[];
  prints: readonly BookedPrint[];
  /** Codes of alerts about it. */
  alerts: readonly string[];
  /** Of a void: the purchase; of a purchase: its voids. */
  readonly voids: string;
  voidedBy: readonly string[];
  /** Of an order on a meter card. */
  readonly card: BookedCard | undefined;
  /** How many records are about it. */
  records: number;
  // What invariants remember beside the records. It stands here, and at the legs and prints, because a map by order for each
  // of them would be most of what a big run keeps in memory.
  /** S5: how often the counterpart has charged for it; and under which key it was first asked to, `''` before. */
  charges: number;
  askedUnder: string;
  /** S7: the ends that were proven, as bits of {@link STATES}. */
  proven: number;
  /** S13: the marks of its sheets, each followed by a comma. */
  marks: string;
}

export interface BookedCard extends LoggedCard {
  stage: string;
  mayBeWritten: boolean;
}

/** A transfer as it was posted. */
export type BookedTransfer = Omit<LoggedTransfer, 'at'>;

export interface BookedLeg {
  no: number;
  key: string;
  counterpart: string;
  /** Every stage in the order it was recorded, with blanks between; the first is its birth's. */
  stages: string;
  counterpartNo: string;
  inquiries: number;
  /** Platform time, ms. */
  notFound: readonly { inquiry: number; at: number }[];
  /** S9: how often its request has left. */
  left: number;
}

export interface BookedPrint {
  no: number;
  key: string;
  voided: boolean;
  state: string;
  /** How often it was sent, and asked about. */
  sendings: number;
  asked: number;
  /** S9: how often it has left; S13: how many sheets of it came out. */
  left: number;
  sheets: number;
}

export const STATES = ['processing', 'unknown', 'manual', 'succeeded', 'failed', 'rejected'];

export const isFinalState = (state: string) =>
  state === 'succeeded' || state === 'failed' || state === 'rejected';

/** The state as a bit. */
export const bitOf = (state: string) => 1 << STATES.indexOf(state);

export const hasHad = (order: BookedOrder, state: string) => (order.had & bitOf(state)) !== 0;

/** Which of the fields is the customer's account, by service. */
const ACCOUNT_FIELD: { [service: string]: string } = { 'mobile-topup': 'phone', 'meter-card': 'meterNo' };

const NONE: readonly never[] = [];

export const bookLeg = (
  { no, key, counterpart, stage }: LoggedOrder['legs'][number],
  same: (text: string) => string,
): BookedLeg => ({
  no,
  key,
  counterpart: same(counterpart),
  stages: same(stage),
  counterpartNo: '',
  inquiries: 0,
  notFound: NONE,
  left: 0,
});

/** An order whose money is held until it has ended. */
export const holdsMoney = ({ kind }: BookedOrder) => kind === 'payment' || kind === 'cardPurchase';

/** `same` gives back one copy of equal texts: what orders share is kept once, and so is what the order shares with its intent. */
export function bookOrder(
  born: LoggedOrder,
  same: (text: string) => string,
  intent: Intent | undefined,
): BookedOrder {
  const { service = '' } = born;
  const account = born.fields[ACCOUNT_FIELD[service] ?? ''] ?? '';
  return {
    id: intent?.order ?? born.id,
    kind: same(born.kind),
    outlet: same(born.outlet),
    organisation: same(born.by.organisation),
    amountFen: born.amountFen,
    account: intent?.account === account ? intent.account : account,
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
    legs: born.legs.map((leg) => bookLeg(leg, same)),
    transfers: NONE,
    receiptNo: same(born.receipt?.number ?? ''),
    cases: NONE,
    prints: NONE,
    alerts: NONE,
    voids: born.voids ?? '',
    voidedBy: NONE,
    card: born.card && { ...born.card, stage: 'ordering', mayBeWritten: false },
    records: 0,
    charges: 0,
    askedUnder: '',
    proven: 0,
    marks: '',
  };
}
