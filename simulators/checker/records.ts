/**
 * The platform's log records as they stand in a block's body, as far as the checker looks at them: written down a second
 * time from the format, because the oracle never asks the platform's code. `at` is platform time, ms; amounts are fen.
 */
export type LogRecord = { at: number } & (
  | { type: 'started'; epoch: string }
  | { type: 'dayOpened'; businessDate: string }
  | { type: 'cameOnline' | 'wentOffline'; place: LoggedPlace; epoch: string }
  | { type: 'orderOpened'; order: LoggedOrder }
  | { type: 'orderRejected'; order: LoggedOrder }
  | { type: 'orderTakenUp'; order: LoggedOrder }
  | { type: 'legMoved'; order: string; leg: number; stage: string; counterpartNo?: string }
  | { type: 'legInquired'; order: string; leg: number; sent: boolean }
  | { type: 'legNotFound'; order: string; leg: number; inquiry: number }
  | { type: 'orderMoved'; order: string; state: string; why?: string }
  | {
      type: 'orderEnded';
      order: string;
      state: string;
      leg?: number;
      counterpartNo?: string;
      why?: string;
      problem?: string;
      transfers: LoggedTransfer[];
      receiptNo?: string;
    }
  | { type: 'cardMoved'; order: string; to: { stage: string; mayBeWritten?: boolean } }
  | { type: 'legBegun'; order: string; leg: LoggedOrder['legs'][number] }
  | { type: 'orderVoided'; order: string; by: string }
  | { type: 'caseOpened'; order: string; case: { kind: string; evidence: string } }
  | { type: 'alertRaised'; code: string; order?: string; about: string }
  | { type: 'printRequested'; order: string; job: LoggedJob }
  | { type: 'printMoved'; order: string; job: number; state: string; device?: string; asked?: boolean }
  | { type: 'organisationRegistered' | 'stationRegistered' | 'personRegistered' | 'signedIn' }
);

export type LoggedPlace =
  | { kind: 'device'; outlet: string; station: string; device: string }
  | { kind: 'counterpart'; counterpart: string; instance: string };

export interface LoggedOrder {
  id: string;
  kind: string;
  outlet: string;
  by: { organisation: string; station: string; operator: string };
  service?: string;
  fields: { [name: string]: string };
  amountFen: number;
  createdAt: number;
  businessDate: string;
  journalNo?: string;
  state: string;
  legs: { no: number; counterpart: string; key: string; stage: string }[];
  transfers: LoggedTransfer[];
  problem?: string;
  receipt?: { number: string };
  voids?: string;
  card?: LoggedCard;
}

/** Of an order on a meter card. Amounts in fen. */
export interface LoggedCard {
  serial: string;
  meterNo: string;
  before: { count: number; amountFen: number };
  after: { count: number; amountFen: number };
}

export interface LoggedTransfer {
  id: string;
  kind: string;
  /** Of a capture or release: the hold it ends. */
  hold?: string;
  debit: string;
  credit: string;
  amountFen: number;
  at: number;
  postingDate: string;
}

export interface LoggedJob {
  no: number;
  copy: number;
  voided?: boolean;
  organisation: string;
  station: string;
  key: string;
  state: string;
}

/** The order a record is about, if it is about one. */
export function subjectOf(record: LogRecord): string | undefined {
  if (!('order' in record) || record.order === undefined) return undefined;
  return typeof record.order === 'string' ? record.order : record.order.id;
}

/** The transfers that a record posts. */
export function postedBy(record: LogRecord): readonly LoggedTransfer[] {
  if (record.type === 'orderOpened' || record.type === 'orderRejected') return record.order.transfers;
  return record.type === 'orderEnded' ? record.transfers : [];
}

/** `cp.china-mobile.1`, `dev.51010001.1.printer` */
export function placeName(place: LoggedPlace): string {
  return place.kind === 'device'
    ? `dev.${place.outlet}.${place.station}.${place.device}`
    : `cp.${place.counterpart}.${place.instance}`;
}
