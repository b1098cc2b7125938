import {
  type BookedOrder,
  type BookedTransfer,
  bitOf,
  bookLeg,
  bookOrder,
  isFinalState,
} from './booked-order.ts';
import type { Intent } from './observation.ts';
import { type LoggedOrder, type LoggedTransfer, type LogRecord, placeName, subjectOf } from './records.ts';

/** An account's sums in fen. */
export interface Balance {
  debit: number;
  credit: number;
  debitPending: number;
  creditPending: number;
}

/**
 * What the durable records add up to, folded by the checker itself. It folds whatever stands there, also what may not: to
 * judge is the invariants' business.
 */
export interface Books {
  /** Folds the next record and returns the order it is about. `at` is the world's time, ms. */
  fold(at: number, record: LogRecord): BookedOrder | undefined;
  readonly orders: ReadonlyMap<string, BookedOrder>;
  readonly accounts: ReadonlyMap<string, Balance>;
  /** The orders that have not ended. */
  readonly open: ReadonlySet<BookedOrder>;
  /** Who is there, as the platform has written it down since its last start. */
  readonly present: ReadonlySet<string>;
  /** The open day, `''` before the first. */
  readonly businessDate: string;
  /** The number of the last record, and its time in the platform's clock, ms. */
  readonly last: number;
  readonly lastAt: number;
}

/** What an order and its intent both say is kept once. */
export function createBooks(intents: { get(order: string): Intent | undefined }): Books {
  const orders = new Map<string, BookedOrder>();
  const accounts = new Map<string, Balance>();
  const open = new Set<BookedOrder>();
  const present = new Set<string>();
  const texts = new Map<string, string>();
  const lists = new Map<string, readonly BookedTransfer[]>();
  let businessDate = '';
  let last = 0;
  let lastAt = 0;

  function same(text: string): string {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, text);
    return text;
  }

  /** The list with one more. Orders whose lists say the same share one: an outlet's sales of one amount do. */
  function withOneMore(list: readonly BookedTransfer[], posted: LoggedTransfer): readonly BookedTransfer[] {
    const { id, kind, hold, amountFen } = posted;
    const [debit, credit, postingDate] = [same(posted.debit), same(posted.credit), same(posted.postingDate)];
    const grown = list.concat({ id, kind, hold, debit, credit, amountFen, postingDate });
    const text = grown.map((transfer) => Object.values(transfer).join(' ')).join();
    const known = lists.get(text) ?? grown;
    lists.set(text, known);
    return known;
  }

  function enter(at: number, order: BookedOrder, state: string): void {
    order.state = same(state);
    order.had |= bitOf(state);
    if (!isFinalState(state)) {
      open.add(order);
      return;
    }
    open.delete(order);
    order.final ??= { state: order.state, record: last, at };
  }

  function post(order: BookedOrder, posted: readonly LoggedTransfer[]): void {
    for (const transfer of posted) {
      const { kind, debit: from, credit: to, amountFen } = transfer;
      order.transfers = withOneMore(order.transfers, transfer);
      const debit = accountOf(accounts, from);
      const credit = accountOf(accounts, to);
      const held = kind === 'hold' ? amountFen : kind === 'single' ? 0 : -amountFen;
      debit.debitPending += held;
      credit.creditPending += held;
      if (kind === 'hold' || kind === 'release') continue;
      debit.debit += amountFen;
      credit.credit += amountFen;
    }
  }

  function openOrder(at: number, born: LoggedOrder): BookedOrder {
    let order = orders.get(born.id);
    if (!order) {
      order = bookOrder(born, same, intents.get(born.id));
      orders.set(order.id, order);
    }
    order.openings++;
    enter(at, order, born.state);
    post(order, born.transfers);
    return order;
  }

  function foldOrder(at: number, record: LogRecord): BookedOrder | undefined {
    if (record.type === 'orderOpened' || record.type === 'orderRejected') return openOrder(at, record.order);
    const id = subjectOf(record);
    const order = id === undefined ? undefined : orders.get(id);
    if (!order) return undefined;
    if (record.type === 'orderMoved') {
      order.why = record.why ?? '';
      enter(at, order, record.state);
    } else if (record.type === 'orderEnded') {
      order.endings++;
      const { why = '', counterpartNo } = record;
      // The counterpart's number is most often why.
      order.why = why === counterpartNo ? counterpartNo : why;
      if (record.problem) order.problem = same(record.problem);
      if (record.receiptNo) order.receiptNo = same(record.receiptNo);
      const leg = order.legs.find(({ no }) => no === record.leg);
      if (leg) leg.stages = same(`${leg.stages} ${record.state}`);
      if (leg && counterpartNo) leg.counterpartNo = counterpartNo;
      enter(at, order, record.state);
      post(order, record.transfers);
    } else foldDetail(order, record, same);
    return order;
  }

  return {
    fold(at, record) {
      last++;
      lastAt = record.at;
      if (record.type === 'dayOpened') businessDate = record.businessDate;
      else if (record.type === 'started') present.clear();
      else if (record.type === 'cameOnline') present.add(placeName(record.place));
      else if (record.type === 'wentOffline') present.delete(placeName(record.place));
      const order = foldOrder(at, record);
      if (order) order.records++;
      return order;
    },
    orders,
    accounts,
    open,
    present,
    get businessDate() {
      return businessDate;
    },
    get last() {
      return last;
    },
    get lastAt() {
      return lastAt;
    },
  };
}

function accountOf(accounts: Map<string, Balance>, name: string): Balance {
  const known = accounts.get(name);
  if (known) return known;
  const fresh = { debit: 0, credit: 0, debitPending: 0, creditPending: 0 };
  accounts.set(name, fresh);
  return fresh;
}

/** What moves no money and no state. */
function foldDetail(order: BookedOrder, record: LogRecord, same: (text: string) => string): void {
  switch (record.type) {
    case 'legMoved': {
      const leg = order.legs.find(({ no }) => no === record.leg);
      if (leg) leg.stages = same(`${leg.stages} ${record.stage}`);
      if (leg && record.counterpartNo) leg.counterpartNo = record.counterpartNo;
      return;
    }
    case 'legInquired': {
      const leg = order.legs.find(({ no }) => no === record.leg);
      if (leg && record.sent) leg.inquiries++;
      return;
    }
    case 'legNotFound': {
      const leg = order.legs.find(({ no }) => no === record.leg);
      if (leg) leg.notFound = leg.notFound.concat({ inquiry: record.inquiry, at: record.at });
      return;
    }
    case 'legBegun':
      order.legs = order.legs.concat(bookLeg(record.leg, same));
      return;
    case 'cardMoved':
      if (order.card) {
        order.card.stage = same(record.to.stage);
        order.card.mayBeWritten = record.to.mayBeWritten ?? order.card.mayBeWritten;
      }
      return;
    case 'orderVoided':
      order.voidedBy = order.voidedBy.concat(record.by);
      return;
    case 'caseOpened':
      order.cases = order.cases.concat({ kind: record.case.kind, evidence: record.case.evidence });
      return;
    case 'alertRaised':
      order.alerts = order.alerts.concat(same(record.code));
      return;
    case 'printRequested': {
      const { no, key, voided = false, state } = record.job;
      const sendings = state === 'sent' ? 1 : 0;
      order.prints = order.prints.concat({
        no,
        key,
        voided,
        state: same(state),
        sendings,
        asked: 0,
        left: 0,
        sheets: 0,
      });
      return;
    }
    case 'printMoved': {
      const job = order.prints.find(({ no }) => no === record.job);
      if (!job) return;
      job.state = same(record.state);
      if (record.state === 'sent' && record.device) job.sendings++;
      if (record.asked) job.asked++;
    }
  }
}
