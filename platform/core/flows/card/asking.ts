import type { Principal } from '../../authorize.ts';
import { isLegOpen, type Order } from '../../order.ts';
import { deviceOf } from '../../presence.ts';
import { answer, changed, record, refuse, type Turn } from '../../turn.ts';
import { endings } from '../outcome.ts';
import { endProven, takeBack, tellAgain } from './closing.ts';
import { type CardOrder, isCardOrder, moveCard } from './moving.ts';
import { readCard } from './writing.ts';

type Person = Extract<Principal, { kind: 'person' }>;

/** The card is in the reader of this station again: go on with it (CAR-07). Any station may; the money stays the order's outlet's. */
export function workOnCard(turn: Turn, order: Order, { organisation, station }: Person): void {
  if (!isCardOrder(order) || order.card.stage !== 'waiting')
    return void refuse(turn, 'platform.cardNotWaiting');
  if (!deviceOf(turn.state, organisation, station, 'card-reader'))
    return void refuse(turn, 'platform.readerOffline');
  moveCard(turn, order, { stage: 'waiting', organisation, station, tries: 0 });
  readCard(turn, order);
  answer(turn, { ok: true, order });
}

/** CAR-03: takes the order back, where it is proven that the card was not written. */
export function takeBackNow(turn: Turn, order: Order): void {
  if (!isCardOrder(order) || order.card.stage !== 'waiting')
    return void refuse(turn, 'platform.cardNotWaiting');
  if (order.card.mayBeWritten) return void refuse(turn, 'platform.cardMayBeWritten');
  takeBack(turn, order);
  answer(turn, { ok: true, order });
}

/** CAR-05, CAR-06: tells the utility now what is proven and not yet answered, and does not wait for its turn. */
export function confirmNow(turn: Turn, order: Order): void {
  if (!isCardOrder(order)) return void refuse(turn, 'platform.notFound', order.id);
  for (const leg of order.legs) if (leg.no > 1 && isLegOpen(leg)) tellAgain(turn, order, leg);
  answer(turn, { ok: true, order });
}

/** A person has found out on evidence what no card and no book could say. It closes the order, with the ledger of that end. */
export function resolveCardByHand(
  turn: Turn,
  order: CardOrder,
  outcome: 'succeeded' | 'failed',
  evidence: string,
): void {
  for (const leg of order.legs)
    if (isLegOpen(leg)) record(turn, { type: 'legMoved', order: order.id, leg: leg.no, stage: outcome });
  if (outcome === 'failed') {
    record(turn, {
      type: 'orderEnded',
      order: order.id,
      state: 'failed',
      why: evidence,
      problem: 'platform.resolvedFailed',
      transfers: endings(turn, order, 'release'),
    });
    moveCard(turn, order, { stage: 'closed' });
    changed(turn, order);
  } else endProven(turn, order, evidence);
}
