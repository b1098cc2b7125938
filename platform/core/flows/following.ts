import type { Envelope } from '../../../contracts/envelope.ts';
import { typesOf } from '../../../contracts/operation.ts';
import { carrier } from '../../../contracts/profiles/carrier.ts';
import { SECOND } from '../../../contracts/time.ts';
import type { Place } from '../../../contracts/topics.ts';
import { isFinal, isLegOpen, type Leg, type Order } from '../order.ts';
import { instanceOf } from '../presence.ts';
import { serviceOf } from '../services/index.ts';
import type { Service, Timing } from '../services/service.ts';
import { alert, answer, changed, mark, publish, record, refuse, type Turn } from '../turn.ts';
import { conclude, doubt, hopeAgain, readInquired, readPerformed } from './outcome.ts';

const PERFORM = typesOf(carrier, 'perform');
const INQUIRE = typesOf(carrier, 'inquire');

/** A counterpart's reply about a payment. What is not about one of its own legs is ignored. */
export function replied(
  turn: Turn,
  place: Place & { kind: 'counterpart' },
  order: Order,
  message: Envelope,
): void {
  const service = serviceOf(order.service);
  const leg = order.legs.find(
    (l) => message.causation === l.key || message.causation?.startsWith(`${l.key}.i`),
  );
  if (!service || !leg || leg.counterpart !== place.counterpart) return void mark(turn, 'reply-unrelated');
  switch (message.type) {
    case PERFORM.accepted:
      if (leg.stage === 'sent' && !isFinal(order.state)) {
        record(turn, { type: 'legMoved', order: order.id, leg: leg.no, stage: 'accepted' });
        hopeAgain(turn, order, leg);
        changed(turn, order);
      }
      return;
    case PERFORM.processing:
      conclude(turn, service, order, leg, { kind: 'processing', ...numberIn(message.data) });
      return;
    case PERFORM.completed:
      return conclude(turn, service, order, leg, readPerformed(service, order, message.data));
    case INQUIRE.completed: {
      const inquiry = inquiryOf(leg, message.causation);
      if (inquiry === undefined) return void mark(turn, 'reply-unrelated');
      return conclude(turn, service, order, leg, readInquired(service, order, inquiry, message.data));
    }
    default:
      mark(turn, 'reply-unrelated');
  }
}

/** The number of the inquiry that an answer is about: one we sent, for each counts as evidence of its own. */
export function inquiryOf(leg: Leg, causation = ''): number | undefined {
  const text = causation.slice(`${leg.key}.i`.length);
  const number = /^[1-9]\d*$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= leg.inquiries ? number : undefined;
}

function numberIn(data: unknown): { counterpartNo?: string } {
  const { counterpartNo } = data as { counterpartNo?: unknown };
  return typeof counterpartNo === 'string' && counterpartNo.length <= 64 ? { counterpartNo } : {};
}

/** A deadline of a payment has come: unknown, an inquiry, an alert, or the end of the ladder. */
export function paymentDue(turn: Turn, order: Order): void {
  const service = serviceOf(order.service);
  if (!service || isFinal(order.state)) return;
  for (const leg of order.legs) if (isLegOpen(leg)) legDue(turn, order, leg, questionOf(service, leg));
}

/** How a counterpart's books are asked about a leg. */
export interface LegQuestion {
  timing: Timing;
  /** The message type of the inquiry. */
  type: string;
  /** The key that its books know. */
  originalKey: string;
}

/** The question about a leg of a payment. */
export function paymentQuestion(order: Order, leg: Leg): LegQuestion | undefined {
  const service = serviceOf(order.service);
  return service && questionOf(service, leg);
}

const questionOf = ({ timing }: Service, { key }: Leg): LegQuestion => ({
  timing,
  type: INQUIRE.request,
  originalKey: key,
});

/** A leg's deadlines: unknown, an alert, the end of the ladder, or the next inquiry. */
export function legDue(turn: Turn, order: Order, leg: Leg, question: LegQuestion): void {
  const { now } = turn;
  if (order.state !== 'manual' && deadlinePassed(turn, order, leg)) return;
  if (leg.inquireAt !== undefined && now >= leg.inquireAt) inquire(turn, order, leg, question);
}

/** Returns whether a person has it from now on. */
function deadlinePassed(turn: Turn, order: Order, leg: Leg): boolean {
  const { now } = turn;
  if (leg.stage === 'sent' && now >= leg.acceptBy) doubt(turn, order, 'no «accepted» in time');
  else if (now >= leg.completeBy) doubt(turn, order, 'no completion in time');
  if (now >= leg.giveUpAt) {
    mark(turn, 'manual');
    record(turn, {
      type: 'orderMoved',
      order: order.id,
      state: 'manual',
      why: 'the inquiry ladder has ended',
    });
    alert(turn, 'alert.manual', `${order.outlet}/${order.journalNo ?? ''}`, order.id);
    changed(turn, order);
    return true;
  }
  if (leg.alertAt !== undefined && now >= leg.alertAt) {
    mark(turn, 'overdue-alert');
    alert(turn, 'alert.outcomeOverdue', `${order.outlet}/${order.journalNo ?? ''}`, order.id);
  }
  return false;
}

/** Asks the counterpart's books by our own key, or keeps the question until somebody of it is there. */
function inquire(turn: Turn, order: Order, leg: Leg, { timing, type, originalKey }: LegQuestion): void {
  const place = instanceOf(turn.state, leg.counterpart, leg.instance);
  const next = nextRung(timing, order, turn.now);
  if (!place) mark(turn, 'inquiry-held');
  record(turn, {
    type: 'legInquired',
    order: order.id,
    leg: leg.no,
    sent: place !== undefined,
    ...(place?.kind === 'counterpart' ? { instance: place.instance } : {}),
    ...(next === undefined ? {} : { next }),
  });
  if (!place) return;
  publish(turn, place, {
    id: `${leg.key}.i${leg.inquiries}`,
    type,
    correlation: order.id,
    data: { originalKey },
  });
}

/** The next rung of the ladder; rungs that passed meanwhile are not made up for. */
function nextRung(timing: Timing, order: Order, now: number): number | undefined {
  const after = now - order.createdAt;
  const rung = timing.inquiries.find((step) => step > after);
  return rung === undefined ? undefined : order.createdAt + rung;
}

const INQUIRE_GAP = 10 * SECOND;

/**
 * Failed because the counterpart did not know it. Where it has got it since, and told nobody, a person can still find that out: a
 * utility refuses every other order for that meter until then.
 */
const wasNotFound = ({ state, problem }: Order) => state === 'failed' && problem === 'contract.notFound';

/** A teller or administrator asks now (MOB-04); the ladder goes on as it would. */
export function inquireNow(turn: Turn, order: Order, questions: (leg: Leg) => LegQuestion | undefined): void {
  const isLate = wasNotFound(order);
  if (isFinal(order.state) && !isLate) return void answer(turn, { ok: true, order });
  const last = order.history.findLast((moment) => moment.what.startsWith('inquir'));
  if (last && turn.now - last.at < INQUIRE_GAP) return void refuse(turn, 'platform.tooSoon');
  for (const leg of order.legs) {
    const question = isLegOpen(leg) || isLate ? questions(leg) : undefined;
    if (question) inquire(turn, order, leg, question);
  }
  answer(turn, { ok: true, order });
}
