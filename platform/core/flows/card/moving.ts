import { MINUTE } from '../../../../contracts/time.ts';
import type { CardWork } from '../../card-work.ts';
import { isFinal, type Order } from '../../order.ts';
import { changed, mark, record, type Turn } from '../../turn.ts';

/** An order that works on a card. */
export type CardOrder = Order & { card: CardWork };

export const isCardOrder = (order: Order): order is CardOrder => order.card !== undefined;

/** How long a card that may be written can wait for somebody before the administrators hear of it, ms. */
export const WAIT_ALERT = 30 * MINUTE;

/** Rounds that are begun without a person: after them the card waits for one. */
export const MOST_TRIES = 3;

/** The order's card goes on; what is left out stays, except `by` and `why`. */
export function moveCard(
  turn: Turn,
  order: CardOrder,
  to: Pick<CardWork, 'stage'> & Partial<CardWork>,
): void {
  record(turn, { type: 'cardMoved', order: order.id, to });
}

/**
 * Nothing is under way before somebody puts the card in again or takes the order back. Where the money may be on the card the
 * outcome is unknown, and stays so, whatever time passes (CAR-07); where it is proven not to be, the order is merely open.
 */
export function wait(turn: Turn, order: CardOrder, why: string): void {
  const { mayBeWritten } = order.card;
  mark(turn, mayBeWritten ? 'card-indeterminate' : 'card-waits');
  moveCard(turn, order, { stage: 'waiting', why, by: turn.now + WAIT_ALERT });
  showDoubt(turn, order, why);
  changed(turn, order);
}

/** «Unknown» to people is exactly: the money may be on the card, and nobody knows. */
export function showDoubt(turn: Turn, order: CardOrder, why: string): void {
  const state = order.card.mayBeWritten ? 'unknown' : 'processing';
  if (isFinal(order.state) || order.state === 'manual' || order.state === state) return;
  record(turn, { type: 'orderMoved', order: order.id, state, why });
}
