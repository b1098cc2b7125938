import type { Envelope } from '../../../../contracts/envelope.ts';
import type { Place } from '../../../../contracts/topics.ts';
import type { Principal } from '../../authorize.ts';
import type { CardWork } from '../../card-work.ts';
import type { Command } from '../../input.ts';
import { availableCredit, creditAccount, payableAccount } from '../../ledger.ts';
import type { Leg, Order } from '../../order.ts';
import { deviceOf, instanceOf } from '../../presence.ts';
import type { ProblemCode } from '../../problems.ts';
import { meterCard } from '../../services/meter-card.ts';
import { findOrder, type State } from '../../state.ts';
import { alert, answer, changed, mark, publish, record, refuse, type Turn } from '../../turn.ts';
import { isOrderId, newOrder, nextJournalNumber, reject, repeated } from '../opening.ts';
import { commandTypes } from './words.ts';

type Person = Extract<Principal, { kind: 'person' }>;

/** CAR-01: a purchase for the card that was just read. Hold and order are one record. */
export function buyOnCard(turn: Turn, who: Person, command: Extract<Command, { type: 'buyOnCard' }>): void {
  const { id, card, amountFen } = command;
  const { serial, meterNo, customerNo, wallet } = card;
  if (!isOrderId(id)) return void refuse(turn, 'platform.orderIdInvalid', id);
  const after = { count: wallet.count + 1, amountFen };
  const fields = { customerNo, meterNo, cardSerial: serial, count: String(after.count) };
  const order = newOrder(
    turn,
    { id, kind: 'cardPurchase', outlet: who.organisation, service: meterCard.code, fields, amountFen },
    who,
  );
  if (repeated(turn, findOrder(turn.state, id), order.content)) return;
  if (!turn.state.businessDate) return void refuse(turn, 'platform.dayNotOpen');
  const problem = refusal(turn.state, order, card);
  if (problem) {
    reject(turn, order, problem);
    mark(turn, problem);
    if (problem === 'platform.counterpartOffline')
      alert(turn, 'alert.counterpartOffline', meterCard.counterpart, id);
    return;
  }
  const data = { customerNo, meterNo, cardSerial: serial, count: after.count, amountFen };
  const hold = {
    id: 'hold.1',
    kind: 'hold' as const,
    debit: creditAccount(order.outlet),
    credit: payableAccount(meterCard.counterpart),
    amountFen,
    at: turn.now,
    postingDate: turn.state.businessDate,
  };
  const returned = card.returned?.data;
  open(
    turn,
    {
      ...order,
      transfers: [hold],
      card: newWork(who, {
        serial,
        meterNo,
        customerNo,
        before: wallet,
        after,
        ...(returned ? { returned } : {}),
      }),
    },
    'order',
    { ...data, ...(returned ? { returned } : {}) },
  );
}

/**
 * CAR-02: takes a purchase back whose write the utility has confirmed and that no meter has read: the same business day, once.
 * Whether a meter has read it only the card can say: it is read before anything is written.
 */
export function voidOnCard(turn: Turn, who: Person, command: Extract<Command, { type: 'voidOnCard' }>): void {
  const { id, purchase: voids } = command;
  const { state } = turn;
  if (!isOrderId(id)) return void refuse(turn, 'platform.orderIdInvalid', id);
  const purchase = findOrder(state, voids);
  const work = purchase?.card;
  if (purchase?.kind !== 'cardPurchase' || !work || purchase.outlet !== who.organisation)
    return void refuse(turn, 'platform.notFound', voids);
  const { amountFen, fields } = purchase;
  const order = newOrder(
    turn,
    { id, kind: 'cardVoid', outlet: who.organisation, service: meterCard.code, fields, amountFen, voids },
    who,
  );
  if (repeated(turn, findOrder(state, id), order.content)) return;
  const allowed =
    purchase.state === 'succeeded' &&
    work.stage === 'closed' &&
    !purchase.voidedBy &&
    purchase.cases.length === 0 &&
    purchase.businessDate === state.businessDate &&
    command.customerNo === work.customerNo &&
    command.amountFen === amountFen;
  if (!allowed) {
    mark(turn, 'card-void-refused');
    return reject(turn, order, 'platform.voidNotAllowed');
  }
  const problem = obstacle(state, order, work.meterNo);
  if (problem) return reject(turn, order, problem);
  const { serial, meterNo, customerNo, returned } = work;
  const card = newWork(who, {
    serial,
    meterNo,
    customerNo,
    before: work.after,
    after: work.before,
    ...(returned ? { returned } : {}),
  });
  open(turn, { ...order, card }, 'orderVoid', { originalKey: `${voids}.1`, amountFen });
}

function newWork(
  { organisation, station }: Person,
  what: Pick<CardWork, 'serial' | 'meterNo' | 'customerNo' | 'before' | 'after' | 'returned'>,
): CardWork {
  return {
    ...what,
    stage: 'ordering',
    organisation,
    station,
    round: 0,
    tries: 0,
    mayBeWritten: false,
    wasMaybeWritten: false,
  };
}

/** What was refused has held nothing and sent nothing. */
function refusal(
  state: State,
  order: Order,
  { wallet, returned }: Extract<Command, { type: 'buyOnCard' }>['card'],
): ProblemCode | undefined {
  const { fields, amountFen, outlet } = order;
  for (const field of meterCard.fields)
    if (!new RegExp(field.pattern).test(fields[field.name] ?? '')) return 'platform.fieldInvalid';
  if (!Number.isSafeInteger(amountFen)) return 'platform.amountNotAllowed';
  if (amountFen < meterCard.minimumFen || amountFen > meterCard.maximumFen)
    return 'platform.amountNotAllowed';
  // What the meter has not taken would be overwritten: its count would be two ahead, and the meter refuses such a card.
  if (wallet.count > 0 && returned?.count !== wallet.count) return 'platform.cardNotInserted';
  const problem = obstacle(state, order, fields.meterNo ?? '');
  if (problem) return problem;
  if (availableCredit(state.ledger, outlet) < amountFen) return 'platform.creditInsufficient';
  return undefined;
}

function obstacle(state: State, order: Order, meterNo: string): ProblemCode | undefined {
  if (state.meters.has(meterNo)) return 'platform.cardOrderOpen'; // CAR-03
  const { organisation, station } = order.by;
  if (!deviceOf(state, organisation, station, 'card-reader')) return 'platform.readerOffline';
  if (!instanceOf(state, meterCard.counterpart)) return 'platform.counterpartOffline';
  return undefined;
}

function open(turn: Turn, order: Order, operation: 'order' | 'orderVoid', data: Envelope['data']): void {
  const { state, now } = turn;
  // The refusal rules have just seen one.
  const place = instanceOf(state, meterCard.counterpart) as Place & { kind: 'counterpart' };
  const { timing } = meterCard;
  const leg: Leg = {
    no: 1,
    operation,
    counterpart: meterCard.counterpart,
    instance: place.instance,
    key: `${order.id}.1`,
    stage: 'sent',
    acceptBy: now + timing.acceptWithin,
    completeBy: now + timing.completeWithin,
    inquireAt: now + (timing.inquiries[0] ?? timing.giveUpAfter),
    inquiries: 0,
    notFound: [],
    alertAt: now + timing.alertAfter,
    giveUpAt: now + timing.giveUpAfter,
  };
  const whole: Order = {
    ...order,
    journalNo: nextJournalNumber(state, order.outlet),
    legs: [leg],
    history: [{ at: now, what: 'processing' }],
  };
  record(turn, { type: 'orderOpened', order: whole });
  publish(turn, place, {
    id: leg.key,
    type: commandTypes(operation).request,
    correlation: order.id,
    key: leg.key,
    expiry: leg.completeBy,
    attempt: 1,
    data,
  });
  answer(turn, { ok: true, order: findOrder(state, order.id) ?? whole });
  changed(turn, order);
}
