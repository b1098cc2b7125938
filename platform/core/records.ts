import type { Place } from '../../contracts/topics.ts';
import type { DateText } from './calendar.ts';
import type { CardWork } from './card-work.ts';
import type { Transfer } from './ledger.ts';
import type { Case, Leg, Order, OrderState, PrintJob } from './order.ts';
import type { Organisation, Person, Station } from './state.ts';

/** The version of the record format; a reader of an older one upgrades it before it applies it. */
export const RECORD_VERSION = 1;

/**
 * What happened, in the order it was decided: the only thing the platform writes down. Each record is one fact; `apply`
 * folds it into the state. `at` is platform time in ms.
 */
export type Record = {
  at: number;
} /** `acceptedAheadMs`: somebody has said that the clock is right, and the records are so far ahead of it. */ & (
  | { type: 'started'; epoch: string; acceptedAheadMs?: number }
  | { type: 'dayOpened'; businessDate: DateText }
  | { type: 'organisationRegistered'; organisation: Organisation }
  | { type: 'stationRegistered'; station: Station }
  /** A station's first certificate, or another one. */
  | {
      type: 'stationEnrolled';
      id: string;
      organisation: string;
      station: string;
      publicKey: string;
      expiresAt?: number;
      by: string;
    }
  | {
      type: 'stationRevoked';
      id: string;
      organisation: string;
      station: string;
      reason: string;
      by: string;
    }
  | { type: 'personRegistered'; person: Person }
  /** The store is a backup's: numbers of this day up to `to` may have been given by the platform that was lost. */
  | { type: 'numbersSkipped'; businessDate: DateText; to: number }
  | { type: 'signedIn'; organisation: string; operator: string; station: string }
  | { type: 'cameOnline'; place: Place; epoch: string; profile: string; status: object; capabilities: object }
  | { type: 'wentOffline'; place: Place; epoch: string }
  | { type: 'orderOpened'; order: Order }
  | { type: 'orderRejected'; order: Order }
  /** A settled order lives again: whole, because a recovery has its row only when the records have been applied. */
  | { type: 'orderTakenUp'; order: Order }
  | { type: 'legMoved'; order: string; leg: number; stage: Leg['stage']; counterpartNo?: string }
  | { type: 'legInquired'; order: string; leg: number; next?: number; sent: boolean; instance?: string }
  | { type: 'legNotFound'; order: string; leg: number; inquiry: number }
  | { type: 'orderMoved'; order: string; state: OrderState; why: string }
  | {
      type: 'orderEnded';
      order: string;
      state: 'succeeded' | 'failed';
      /** The leg that brought the end, and the counterpart's number for it. */
      leg?: number;
      counterpartNo?: string;
      why: string;
      problem?: string;
      transfers: Transfer[];
      receiptNo?: string;
    }
  /** What a card's order does next; members that are left out stay as they are, except `by` and `why`, which go. */
  | {
      type: 'cardMoved';
      order: string;
      to: Pick<CardWork, 'stage'> & Partial<Omit<CardWork, 'stage'>>;
    }
  | { type: 'legBegun'; order: string; leg: Leg }
  | { type: 'orderVoided'; order: string; by: string }
  | { type: 'caseOpened'; order: string; case: Case }
  | { type: 'alertRaised'; code: string; order?: string; about: string }
  | { type: 'printRequested'; order: string; job: PrintJob }
  | {
      type: 'printMoved';
      order: string;
      job: number;
      state: PrintJob['state'];
      device?: string;
      askAt?: number;
      asked?: boolean;
      error?: string;
    }
);

/** The order a record is about, if it is about one. */
export function orderOf(record: Record): string | undefined {
  if (!('order' in record) || record.order === undefined) return undefined;
  return typeof record.order === 'string' ? record.order : record.order.id;
}
