import { typesOf } from '../../../contracts/operation.ts';
import { carrier } from '../../../contracts/profiles/carrier.ts';
import type { Place } from '../../../contracts/topics.ts';
import type { Principal } from '../authorize.ts';
import type { Command } from '../input.ts';
import { availableCredit, creditAccount, payableAccount } from '../ledger.ts';
import type { Leg, Order } from '../order.ts';
import { instanceOf } from '../presence.ts';
import type { ProblemCode } from '../problems.ts';
import { serviceOf } from '../services/index.ts';
import type { Service } from '../services/service.ts';
import { findOrder, type State } from '../state.ts';
import { alert, answer, changed, mark, publish, record, refuse, type Turn } from '../turn.ts';
import { isOrderId, newOrder, nextJournalNumber, reject, repeated } from './opening.ts';

/** A teller takes a payment of a declared service: the credit is held and the counterpart is asked, in one record. */
export function pay(
  turn: Turn,
  who: Extract<Principal, { kind: 'person' }>,
  command: Extract<Command, { type: 'pay' }>,
): void {
  const { state } = turn;
  if (!isOrderId(command.id)) return void refuse(turn, 'platform.orderIdInvalid', command.id);
  const { id, service: code, fields, amountFen } = command;
  const order = newOrder(
    turn,
    { id, kind: 'payment', outlet: who.organisation, service: code, fields, amountFen },
    who,
  );
  if (repeated(turn, findOrder(state, id), order.content)) return;
  if (!state.businessDate) return void refuse(turn, 'platform.dayNotOpen');
  const service = serviceOf(code);
  if (!service) return void refuse(turn, 'platform.serviceUnknown', code);

  const problem = refusal(state, service, order, command.again === true);
  if (problem) {
    reject(turn, order, problem);
    mark(turn, problem);
    if (problem === 'platform.counterpartOffline')
      alert(turn, 'alert.counterpartOffline', service.counterpart, id);
    return;
  }
  open(turn, service, order);
}

/** Hold and request are one record: neither exists without the other, whatever stops in between. */
function open(turn: Turn, service: Service, order: Order): void {
  const { state, now } = turn;
  // The refusal rules have just seen one.
  const place = instanceOf(state, service.counterpart) as Place & { kind: 'counterpart' };
  const { timing } = service;
  const leg: Leg = {
    no: 1,
    counterpart: service.counterpart,
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
    transfers: [
      {
        id: 'hold.1',
        kind: 'hold',
        debit: creditAccount(order.outlet),
        credit: payableAccount(service.counterpart),
        amountFen: order.amountFen,
        at: now,
        postingDate: state.businessDate,
      },
    ],
    history: [{ at: now, what: 'processing' }],
  };
  record(turn, { type: 'orderOpened', order: whole });
  publish(turn, place, {
    id: leg.key,
    type: PERFORM.request,
    correlation: order.id,
    key: leg.key,
    expiry: leg.completeBy,
    attempt: 1,
    data: service.request(order.fields, order.amountFen),
  });
  answer(turn, { ok: true, order: findOrder(state, order.id) ?? whole });
  changed(turn, order);
}

const PERFORM = typesOf(carrier, 'perform');

/** Why this payment may not even begin; nothing has been held or sent then. */
function refusal(state: State, service: Service, order: Order, again: boolean): ProblemCode | undefined {
  const { fields, amountFen, outlet } = order;
  if (Object.keys(fields).some((name) => !service.fields.some((field) => field.name === name)))
    return 'platform.fieldInvalid';
  for (const field of service.fields)
    if (!matcher(field.pattern).test(fields[field.name] ?? '')) return 'platform.fieldInvalid';
  if (!Number.isSafeInteger(amountFen) || amountFen % service.multipleFen !== 0)
    return 'platform.amountNotAllowed';
  if (amountFen < service.minimumFen || amountFen > service.maximumFen) return 'platform.amountNotAllowed';
  const ruled = service.refuses?.(fields);
  if (ruled) return ruled;
  // The same payment, still open: most likely a teller who lost sight of the first.
  if (!again && state.open.get(order.content)?.size) return 'platform.lookAlike';
  if (!instanceOf(state, service.counterpart)) return 'platform.counterpartOffline';
  if (availableCredit(state.ledger, outlet) < amountFen) return 'platform.creditInsufficient';
  return undefined;
}

const patterns = new Map<string, RegExp>();

function matcher(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(pattern);
  patterns.set(pattern, known);
  return known;
}
