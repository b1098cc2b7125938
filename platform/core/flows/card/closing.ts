import { believedEffect } from '../../../../contracts/errors.ts';
import type { Completion, ResultOf } from '../../../../contracts/operation.ts';
import type { utility } from '../../../../contracts/profiles/utility.ts';
import { MINUTE, SECOND } from '../../../../contracts/time.ts';
import { creditAccount, payableAccount } from '../../ledger.ts';
import { receiptNumber } from '../../numbers.ts';
import { isFinal, isLegOpen, type Leg } from '../../order.ts';
import { instanceOf } from '../../presence.ts';
import { meterCard } from '../../services/meter-card.ts';
import { alert, changed, mark, publish, record, type Turn } from '../../turn.ts';
import { receiptCount } from '../opening.ts';
import { endings, openCase } from '../outcome.ts';
import { requestPrint } from '../printing.ts';
import { type CardOrder, moveCard } from './moving.ts';
import { commandTypes, misfits, type UtilityCommand } from './words.ts';
import { originalKeyOf } from './writing.ts';

/** A proof is told until it is answered, however long that takes: soon at first, then every quarter of an hour (CAR-05). */
const RESTS = [15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE] as const;
const LONGEST_REST = 15 * MINUTE;
/** The adapter may begin within this, ms. */
const BEGINS_WITHIN = MINUTE;
/** What is told for ever has no deadline of its own. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** The order is on the card (CAR-07). A purchase is the customer's from now on; a void is the outlet's once it is confirmed. */
export function proven(turn: Turn, order: CardOrder): void {
  mark(turn, 'card-proven');
  if (order.kind === 'cardVoid') return close(turn, order, 'confirmVoid');
  endPurchase(turn, order, 'read back from the card');
  close(turn, order, 'confirm');
}

/** A person vouches for the end: the same ledger, and nobody is told any more. */
export function endProven(turn: Turn, order: CardOrder, evidence: string): void {
  if (order.kind === 'cardVoid') endVoid(turn, order, evidence);
  else endPurchase(turn, order, evidence);
  moveCard(turn, order, { stage: 'closed' });
  changed(turn, order);
}

function endPurchase(turn: Turn, order: CardOrder, why: string): void {
  record(turn, {
    type: 'orderEnded',
    order: order.id,
    state: 'succeeded',
    why,
    transfers: endings(turn, order, 'capture'),
    receiptNo: receiptNumber(turn.state.businessDate, receiptCount(turn.state, order.outlet)),
  });
  requestPrint(turn, order, order.by);
}

/** The order is proven not to be on the card, and somebody takes it back (CAR-03). */
export const takeBack = (turn: Turn, order: CardOrder) =>
  close(turn, order, order.kind === 'cardVoid' ? 'cancelVoid' : 'cancel');

/** The order failed here before the utility had it; nothing was written for it. It lives again until the utility has let it go. */
export function takeBackLate(turn: Turn, order: CardOrder): void {
  record(turn, { type: 'orderTakenUp', order: structuredClone(order) });
  takeBack(turn, order);
}

function close(turn: Turn, order: CardOrder, operation: UtilityCommand): void {
  const no = order.legs.length + 1;
  const first = order.legs[0];
  const leg: Leg = {
    no,
    operation,
    counterpart: meterCard.counterpart,
    instance: first?.instance ?? '',
    key: `${order.id}.${no}`,
    stage: 'sent',
    acceptBy: NEVER,
    completeBy: NEVER,
    inquireAt: turn.now,
    inquiries: 0,
    notFound: [],
    giveUpAt: NEVER,
  };
  moveCard(turn, order, { stage: 'closing' });
  record(turn, { type: 'legBegun', order: order.id, leg });
  const begun = order.legs.at(-1);
  if (begun) tellAgain(turn, order, begun);
  changed(turn, order);
}

/** Tells the utility once more, under a key of its own: the same end under another key is the same end (UTL-005). */
export function tellAgain(turn: Turn, order: CardOrder, leg: Leg): void {
  const place = instanceOf(turn.state, leg.counterpart, leg.instance);
  // Where nobody is there it is told when somebody comes.
  const next = place && turn.now + (RESTS[leg.inquiries] ?? LONGEST_REST);
  record(turn, {
    type: 'legInquired',
    order: order.id,
    leg: leg.no,
    sent: place !== undefined,
    ...(next === undefined ? {} : { next }),
    ...(place?.kind === 'counterpart' ? { instance: place.instance } : {}),
  });
  if (!place) return;
  const key = `${leg.key}.${leg.inquiries}`;
  publish(turn, place, {
    id: key,
    type: commandTypes(leg.operation ?? '').request,
    correlation: order.id,
    key,
    expiry: turn.now + BEGINS_WITHIN,
    attempt: leg.inquiries,
    data: { originalKey: originalKeyOf(order) },
  });
}

/** The utility's answer to what it was told. Anything but a clear answer is told again. */
export function told(turn: Turn, order: CardOrder, leg: Leg, data: unknown): void {
  if (!isLegOpen(leg) || misfits.told(data)) return;
  const { outcome, result, error } = data as Completion<ResultOf<typeof utility.operations.confirm>>;
  if (outcome === 'success' && result) return closed(turn, order, leg, result.counterpartNo);
  const isContradiction =
    outcome === 'failure' && error?.code === 'counterpart.wrongStanding' && believedEffect(error) === 'none';
  if (isContradiction) contradicted(turn, order, leg);
}

function closed(turn: Turn, order: CardOrder, leg: Leg, counterpartNo: string): void {
  record(turn, { type: 'legMoved', order: order.id, leg: leg.no, stage: 'succeeded', counterpartNo });
  if (!isFinal(order.state)) {
    if (leg.operation === 'confirmVoid') endVoid(turn, order, 'void confirmed');
    else
      record(turn, {
        type: 'orderEnded',
        order: order.id,
        state: 'failed',
        why: leg.operation ?? '',
        problem: 'platform.cardNotWritten',
        transfers: endings(turn, order, 'release'),
      });
  }
  moveCard(turn, order, { stage: 'closed' });
  changed(turn, order);
}

/** CAR-02: the credit returns when the void is on the card and confirmed. */
function endVoid(turn: Turn, order: CardOrder, why: string): void {
  const { state, now } = turn;
  record(turn, { type: 'orderVoided', order: order.voids ?? '', by: order.id });
  record(turn, {
    type: 'orderEnded',
    order: order.id,
    state: 'succeeded',
    why,
    transfers: [
      {
        id: 'refund',
        kind: 'single',
        debit: payableAccount(meterCard.counterpart),
        credit: creditAccount(order.outlet),
        amountFen: order.amountFen,
        at: now,
        postingDate: state.businessDate,
      },
    ],
    receiptNo: receiptNumber(state.businessDate, receiptCount(state, order.outlet)),
  });
  requestPrint(turn, order, order.by);
}

/** The card says one thing and the utility's books another: for a person. Nothing is released or captured by itself. */
function contradicted(turn: Turn, order: CardOrder, leg: Leg): void {
  record(turn, { type: 'legMoved', order: order.id, leg: leg.no, stage: 'failed' });
  openCase(turn, order, 'mismatch', `${leg.operation}: counterpart.wrongStanding`);
  if (isFinal(order.state)) moveCard(turn, order, { stage: 'closed' });
  else {
    record(turn, { type: 'orderMoved', order: order.id, state: 'manual', why: 'counterpart.wrongStanding' });
    alert(turn, 'alert.manual', `${order.outlet}/${order.journalNo ?? ''}`, order.id);
  }
  changed(turn, order);
}
