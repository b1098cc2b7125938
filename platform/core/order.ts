import type { DateText } from './calendar.ts';
import { type CardWork, isCardOpen } from './card-work.ts';
import type { Transfer } from './ledger.ts';
import type { Fen } from './money.ts';

/**
 * An order is everything one intended movement of money is: what was asked, the legs that ask counterparts for it, the
 * ledger's transfers, the receipt and its prints, and its history. It is one document, in memory while it lives, a row after.
 */
export interface Order {
  /** A ULID, minted and kept by the station before the order is sent; every repeat carries it. */
  id: string;
  kind: 'payment' | 'creditPurchase' | 'creditVoid' | 'cardPurchase' | 'cardVoid';
  /** What was asked, canonically: the same id with other content is a conflict. */
  content: string;
  /** Whose credit it moves. */
  outlet: string;
  /** Who asked for it, where. */
  by: Actor;
  /** Of a payment: which declared service, and the fields it declares. */
  service?: string;
  fields: Record<string, string>;
  amountFen: Fen;
  createdAt: number;
  /** The open business date when it was accepted; never changes (S14). */
  businessDate: DateText;
  /** Missing in a refused order: nothing was journaled under a number. */
  journalNo?: string;
  state: OrderState;
  legs: Leg[];
  transfers: Transfer[];
  history: Moment[];
  /** Why it was refused or failed: an error code. */
  problem?: string;
  receipt?: { number: string; issuedAt: number };
  /** Of a credit purchase or void: the outlet's available credit behind it, for its receipt. */
  balanceAfterFen?: Fen;
  prints: PrintJob[];
  /** Contrary news after the end, and answers that do not fit: to be looked at by a person. */
  cases: Case[];
  /** Of a purchase on a meter card, and of its void. */
  card?: CardWork;
  /** Of a void: the purchase it takes back; of a purchase: its void. */
  voids?: string;
  voidedBy?: string;
}

export interface Actor {
  organisation: string;
  station: string;
  operator: string;
}

/**
 * `processing`: asked, not answered (处理中). `unknown`: a deadline passed and the outcome is not known; not an error and
 * never a failure by itself. `manual`: a person must find out. The other three are final and never change.
 */
export type OrderState = 'processing' | 'unknown' | 'manual' | 'succeeded' | 'failed' | 'rejected';

export const isFinal = (state: OrderState) =>
  state === 'succeeded' || state === 'failed' || state === 'rejected';

/** One request to one counterpart. An order has one to several, and ends when all have. */
export interface Leg {
  no: number;
  /** The operation of the counterpart's profile that it asks for. Missing: `perform`. */
  operation?: string;
  counterpart: string;
  /** Which instance of the counterpart's adapter was asked. */
  instance: string;
  /** The idempotency key: one intended effect, over all attempts. */
  key: string;
  stage: 'sent' | 'accepted' | 'processing' | 'succeeded' | 'failed';
  /** Platform time, ms: by when it must be accepted, and completed, before it is unknown. */
  acceptBy: number;
  completeBy: number;
  /** The next inquiry, if one is due; `inquiries` counts those sent. */
  inquireAt?: number;
  /** An inquiry came due while nobody of the counterpart was there: it is made up for when somebody is. */
  held?: boolean;
  inquiries: number;
  /** Inquiries that the counterpart answered with «not found», by number and time (settled rule: two, a minute apart). */
  notFound: { inquiry: number; at: number }[];
  /** When half an hour without an outcome will have passed; cleared by the alert (MOB-04). */
  alertAt?: number;
  /** When the ladder ends and a person takes over. */
  giveUpAt: number;
  counterpartNo?: string;
}

export const isLegOpen = (leg: Leg) => leg.stage !== 'succeeded' && leg.stage !== 'failed';

/** One sheet of paper for one order. At most one job of an order may be the original (S13). */
export interface PrintJob {
  no: number;
  /** 0 for the original, then 1, 2, …: printed on the paper as a copy (REP-14). */
  copy: number;
  /** The order had been voided when it was asked for: the paper says so. */
  voided?: boolean;
  /** Where it comes out of the printer. */
  organisation: string;
  station: string;
  device?: string;
  key: string;
  state: 'waiting' | 'sent' | 'accepted' | 'printed' | 'failed' | 'uncertain';
  requestedAt: number;
  /** The driver may not start after this. */
  expiry: number;
  askAt?: number;
  asked: number;
  /** How many of those questions were put before its latest sending. */
  askedBefore?: number;
  error?: string;
}

export const isPrintOpen = (job: PrintJob) =>
  job.state === 'waiting' || job.state === 'sent' || job.state === 'accepted';

export interface Moment {
  at: number;
  /** A state, or a stage on the way: `processing`, `accepted`, `unknown`, `inquired 3`, `succeeded` … */
  what: string;
  /** The evidence or the reason, for the trace: an error code, the counterpart's number. */
  why?: string;
}

export interface Case {
  kind: 'lateSuccess' | 'lateFailure' | 'mismatch' | 'secondSuccess' | 'lateProcessing';
  at: number;
  evidence: string;
}

/** No more to do by itself: the order's row is what is kept. */
export function isSettled(order: Order): boolean {
  if (order.card && isCardOpen(order.card)) return false;
  return isFinal(order.state) && !order.prints.some(isPrintOpen);
}

/** When the order must be looked at again by itself, in ms. */
export function wakeOf(order: Order): number | undefined {
  let wake: number | undefined;
  const at = (time: number | undefined) => {
    if (time !== undefined && (wake === undefined || time < wake)) wake = time;
  };
  const isClosing = order.card?.stage === 'closing';
  if (!isClosing && (order.state === 'processing' || order.state === 'unknown'))
    for (const leg of order.legs) {
      if (!isLegOpen(leg)) continue;
      if (order.state === 'processing')
        at(leg.stage === 'sent' ? Math.min(leg.acceptBy, leg.completeBy) : leg.completeBy);
      at(leg.inquireAt);
      at(leg.alertAt);
      at(leg.giveUpAt);
    }
  if (order.card && isCardOpen(order.card)) {
    at(order.card.by);
    // The utility is told of a proven card, also where the order itself has ended, and for ever.
    if (isClosing) for (const leg of order.legs) if (isLegOpen(leg)) at(leg.inquireAt);
  }
  // A person has it; only a question that was held for its counterpart is still put.
  if (order.state === 'manual') for (const leg of order.legs) if (isLegOpen(leg)) at(leg.inquireAt);
  for (const job of order.prints) if (isPrintOpen(job)) at(job.askAt);
  return wake;
}

/** What the counterparts call the order, each number once: a utility names a purchase alike in all that it is told of it. */
export const counterpartNumbers = ({ legs }: Order): string =>
  [...new Set(legs.map((leg) => leg.counterpartNo).filter(Boolean))].join(' ');
