import type { Principal } from '../authorize.ts';
import type { Command } from '../input.ts';
import { availableCredit, counterCashAccount, creditAccount, type Transfer } from '../ledger.ts';
import type { Fen } from '../money.ts';
import { receiptNumber } from '../numbers.ts';
import type { Order } from '../order.ts';
import { findOrder } from '../state.ts';
import { answer, changed, mark, record, refuse, type Turn } from '../turn.ts';
import { isOrderId, newOrder, nextJournalNumber, receiptCount, reject, repeated } from './opening.ts';
import { requestPrint } from './printing.ts';

/** CRD-02: at least 500 yuan a purchase. */
export const MINIMUM_PURCHASE: Fen = 50_000;

type Clerk = Extract<Principal, { kind: 'person' }>;

/** CRD-02: an outlet's owner buys credit with cash at a postal counter. */
export function buyCredit(turn: Turn, who: Clerk, command: Extract<Command, { type: 'buyCredit' }>): void {
  const { id, outlet, amountFen } = command;
  if (!isOrderId(id)) return void refuse(turn, 'platform.orderIdInvalid', id);
  const order = newOrder(turn, { id, kind: 'creditPurchase', outlet, amountFen, fields: {} }, who);
  if (repeated(turn, findOrder(turn.state, id), order.content)) return;
  if (!turn.state.businessDate) return void refuse(turn, 'platform.dayNotOpen');
  if (turn.state.organisations.get(outlet)?.kind !== 'outlet')
    return void refuse(turn, 'platform.outletUnknown', outlet);
  if (!Number.isSafeInteger(amountFen) || amountFen < MINIMUM_PURCHASE)
    return reject(turn, order, 'platform.amountNotAllowed');
  book(turn, order, {
    id: 'purchase',
    debit: counterCashAccount(who.organisation),
    credit: creditAccount(outlet),
  });
}

/** CRD-03: takes a purchase back: the same business day, only while the credit covers it, once. */
export function voidCredit(turn: Turn, who: Clerk, command: Extract<Command, { type: 'voidCredit' }>): void {
  const { id, purchase: voids } = command;
  const { state } = turn;
  if (!isOrderId(id)) return void refuse(turn, 'platform.orderIdInvalid', id);
  const purchase = findOrder(state, voids);
  // Another office's purchase is not there for this one, as every place that is not one's own; its cash is not in this drawer.
  if (purchase?.kind !== 'creditPurchase' || purchase.by.organisation !== who.organisation)
    return void refuse(turn, 'platform.notFound', voids);
  const { outlet, amountFen } = purchase;
  const order = newOrder(turn, { id, kind: 'creditVoid', outlet, amountFen, fields: {}, voids }, who);
  if (repeated(turn, findOrder(state, id), order.content)) return;
  const allowed =
    purchase.state === 'succeeded' &&
    !purchase.voidedBy &&
    purchase.businessDate === state.businessDate &&
    availableCredit(state.ledger, outlet) >= amountFen;
  if (!allowed) {
    mark(turn, 'credit-void-refused');
    return reject(turn, order, 'platform.voidNotAllowed');
  }
  record(turn, { type: 'orderVoided', order: purchase.id, by: id });
  book(turn, order, {
    id: 'void',
    debit: creditAccount(outlet),
    credit: counterCashAccount(who.organisation),
  });
}

/** Cash is there or it is not: such an order is born succeeded, with its one transfer and its receipt. */
function book(turn: Turn, order: Order, transfer: Pick<Transfer, 'id' | 'debit' | 'credit'>): void {
  const { state, now } = turn;
  const whole: Order = {
    ...order,
    state: 'succeeded',
    journalNo: nextJournalNumber(state, order.outlet),
    balanceAfterFen:
      availableCredit(state.ledger, order.outlet) +
      (order.kind === 'creditVoid' ? -order.amountFen : order.amountFen),
    receipt: { number: receiptNumber(state.businessDate, receiptCount(state, order.outlet)), issuedAt: now },
    transfers: [
      { ...transfer, kind: 'single', amountFen: order.amountFen, at: now, postingDate: state.businessDate },
    ],
    history: [{ at: now, what: 'succeeded' }],
  };
  record(turn, { type: 'orderOpened', order: whole });
  const own = findOrder(state, order.id) ?? whole;
  requestPrint(turn, own, order.by);
  answer(turn, { ok: true, order: own });
  changed(turn, own);
}
