import type { Envelope } from '../../../../contracts/envelope.ts';
import type { Place } from '../../../../contracts/topics.ts';
import { isFinal, isLegOpen, type Leg } from '../../order.ts';
import { meterCard } from '../../services/meter-card.ts';
import { alert, changed, mark, record, type Turn } from '../../turn.ts';
import { inquiryOf, type LegQuestion, legDue } from '../following.ts';
import { hopeAgain } from '../outcome.ts';
import { tellAgain, told } from './closing.ts';
import { type CardOrder, MOST_TRIES, moveCard, wait } from './moving.ts';
import { ordered, orderInquired } from './ordering.ts';
import { commandTypes, INQUIRE, READ, SEAL, WRITE } from './words.ts';
import {
  cardRead,
  cardSealed,
  cardWritten,
  isOwnReader,
  originalKeyOf,
  readCard,
  writeKeyOf,
} from './writing.ts';

/** A reply of the utility about one of the order's own requests; anything else is ignored. */
export function utilityReplied(
  turn: Turn,
  place: Place & { kind: 'counterpart' },
  order: CardOrder,
  message: Envelope,
): void {
  const { causation = '', type, data } = message;
  const { card } = order;
  if (place.counterpart !== meterCard.counterpart) return void mark(turn, 'reply-unrelated');
  if (type === SEAL.completed) {
    const isAwaited = card.stage === 'sealing' && causation.startsWith(`${order.id}.s${card.round}.`);
    return isAwaited ? cardSealed(turn, order, causation, data) : void mark(turn, 'reply-unrelated');
  }
  const leg = order.legs.find(({ key }) => causation === key || causation.startsWith(`${key}.`));
  if (!leg) return void mark(turn, 'reply-unrelated');
  const types = commandTypes(leg.operation ?? '');
  if (type === types.accepted) accepted(turn, order, leg);
  else if (leg.no > 1) {
    if (type === types.completed) told(turn, order, leg, data);
  } else if (type === types.completed) ordered(turn, order, leg, data);
  else if (type === INQUIRE.completed) {
    const inquiry = inquiryOf(leg, causation);
    if (inquiry === undefined) return void mark(turn, 'reply-unrelated');
    orderInquired(turn, order, leg, inquiry, data);
  }
}

function accepted(turn: Turn, order: CardOrder, leg: Leg): void {
  if (leg.stage !== 'sent' || leg.no > 1) return;
  record(turn, { type: 'legMoved', order: order.id, leg: leg.no, stage: 'accepted' });
  hopeAgain(turn, order, leg);
  changed(turn, order);
}

/** A reply of the reader that is at work on the order; one to an earlier round moves nothing. */
export function readerReplied(
  turn: Turn,
  place: Place & { kind: 'device' },
  order: CardOrder,
  { causation, type, data }: Envelope,
): void {
  const { card } = order;
  if (!isOwnReader(order, place)) return void mark(turn, 'reply-unrelated');
  if (type === READ.completed && card.stage === 'reading' && causation === `${order.id}.r${card.round}`)
    return cardRead(turn, order, data);
  if (type === WRITE.completed && card.stage === 'writing' && causation === writeKeyOf(order))
    return cardWritten(turn, order, data);
  mark(turn, 'reply-unrelated');
}

/** The question about the order itself; what is told for ever is not asked about. */
export const orderQuestion = (order: CardOrder): LegQuestion => ({
  timing: meterCard.timing,
  type: INQUIRE.request,
  originalKey: originalKeyOf(order),
});

/** A deadline of the order has come. */
export function cardDue(turn: Turn, order: CardOrder): void {
  const { card } = order;
  for (const leg of order.legs) {
    if (!isLegOpen(leg)) continue;
    if (leg.no === 1) {
      if (!isFinal(order.state)) legDue(turn, order, leg, orderQuestion(order));
    } else if (leg.inquireAt !== undefined && turn.now >= leg.inquireAt) tellAgain(turn, order, leg);
  }
  if (card.by === undefined || turn.now < card.by) return;
  switch (card.stage) {
    case 'reading':
      return wait(turn, order, 'device.offline');
    case 'sealing':
      return wait(turn, order, 'counterpart.timeout');
    case 'writing':
      // Its time to begin is over, so nothing of it can still come: what it did stands on the card.
      mark(turn, 'card-write-unanswered');
      return card.tries < MOST_TRIES ? readCard(turn, order) : wait(turn, order, 'device.writeUncertain');
    case 'waiting':
      moveCard(turn, order, { stage: 'waiting', ...(card.why ? { why: card.why } : {}) });
      alert(turn, 'alert.outcomeOverdue', `${order.outlet}/${order.journalNo ?? ''}`, order.id);
      changed(turn, order);
      return;
    default:
      moveCard(turn, order, { stage: card.stage });
  }
}
