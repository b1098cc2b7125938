import { journalNumber } from '../numbers.ts';
import type { Actor, Order } from '../order.ts';
import type { ProblemCode } from '../problems.ts';
import type { State } from '../state.ts';
import { answer, mark, record, refuse, type Turn } from '../turn.ts';

type Asked = Pick<Order, 'kind' | 'outlet' | 'fields' | 'amountFen'> &
  Partial<Pick<Order, 'service' | 'voids'>>;

/** The content that a repeat of an id must have, too: everything the customer's money hangs on. */
export function contentOf(order: Asked): string {
  const fields = Object.entries(order.fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    order.kind,
    order.outlet,
    order.service ?? '',
    fields,
    order.amountFen,
    order.voids ?? '',
  ]);
}

/** A ULID; its first digit is at most 7. */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

export const isOrderId = (id: string) => ULID.test(id);

/**
 * The same id again: with the same content it is answered with what the order is now, with other content it is a conflict.
 * Returns whether that settled the matter.
 */
export function repeated(turn: Turn, known: Order | undefined, content: string): boolean {
  if (!known) return false;
  if (known.content !== content) {
    mark(turn, 'order-conflict');
    refuse(turn, 'platform.orderConflict');
  } else {
    mark(turn, 'order-repeated');
    if (known.state === 'rejected')
      answer(turn, { ok: false, code: known.problem as ProblemCode, order: known });
    else answer(turn, { ok: true, order: known });
  }
  return true;
}

/** A new order, before anything is decided about it. */
export function newOrder(turn: Turn, base: Asked & { id: string }, by: Actor): Order {
  // Member by member: a spread of a literal this long makes V8 give every order a shape of its own.
  const { id, kind, outlet, fields, amountFen } = base;
  const order: Order = {
    id,
    kind,
    content: contentOf(base),
    outlet,
    by: { organisation: by.organisation, station: by.station, operator: by.operator },
    fields,
    amountFen,
    createdAt: turn.now,
    businessDate: turn.state.businessDate,
    state: 'processing',
    legs: [],
    transfers: [],
    history: [],
    prints: [],
    cases: [],
  };
  if (base.service !== undefined) order.service = base.service;
  if (base.voids !== undefined) order.voids = base.voids;
  return order;
}

/** The next journal number of the outlet's open day. */
export function nextJournalNumber(state: State, outlet: string): string {
  const count = state.books.get(state.businessDate)?.outlets.get(outlet)?.journal ?? 0;
  return journalNumber(state.businessDate, count + 1);
}

/** The next gapless receipt number of the place's open day (S13). */
export function receiptCount(state: State, outlet: string): number {
  return (state.books.get(state.businessDate)?.outlets.get(outlet)?.receipts ?? 0) + 1;
}

/**
 * A refusal is kept like an order: a delayed repeat of a refused id must find the refusal, not a credit that has grown since
 * and a customer who has left.
 */
export function reject(turn: Turn, order: Order, code: ProblemCode): void {
  const rejected: Order = {
    ...order,
    state: 'rejected',
    problem: code,
    history: [{ at: turn.now, what: 'rejected', why: code }],
  };
  record(turn, { type: 'orderRejected', order: rejected });
  answer(turn, { ok: false, code, order: rejected });
}
