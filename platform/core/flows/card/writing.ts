import type { cardReader, MeterCard } from '../../../../contracts/devices/card-reader.ts';
import { believedEffect } from '../../../../contracts/errors.ts';
import type { Completion, ResultOf } from '../../../../contracts/operation.ts';
import type { utility } from '../../../../contracts/profiles/utility.ts';
import { MINUTE, SECOND } from '../../../../contracts/time.ts';
import type { Place } from '../../../../contracts/topics.ts';
import { type CardWork, isSameWallet } from '../../card-work.ts';
import { deviceOf, instanceOf } from '../../presence.ts';
import { meterCard } from '../../services/meter-card.ts';
import { changed, mark, publish, type Turn } from '../../turn.ts';
import { proven } from './closing.ts';
import { type CardOrder, MOST_TRIES, moveCard, showDoubt, wait } from './moving.ts';
import { misfits, READ, SEAL, WRITE } from './words.ts';

/** How long the reader and the utility have, ms. A write may begin within its own time; its answer has a little more. */
export const READ_WITHIN = 20 * SECOND;
export const SEAL_WITHIN = 30 * SECOND;
export const WRITE_BEGINS_WITHIN = 30 * SECOND;
export const WRITE_WITHIN = MINUTE;

/**
 * One round is: read the card, and where it does not carry the order yet, have the files sealed for this session with it, and
 * write them. Every round begins by reading, so that what is on the card decides and never what was answered (CAR-07).
 */
export function readCard(turn: Turn, order: CardOrder): void {
  const { card } = order;
  const place = deviceOf(turn.state, card.organisation, card.station, 'card-reader');
  if (place?.kind !== 'device') return wait(turn, order, 'device.offline');
  const round = card.round + 1;
  moveCard(turn, order, {
    stage: 'reading',
    device: place.device,
    round,
    tries: card.tries + 1,
    by: turn.now + READ_WITHIN,
  });
  publish(turn, place, { id: `${order.id}.r${round}`, type: READ.request, correlation: order.id, data: {} });
  changed(turn, order);
}

/** What the card said. */
export function cardRead(turn: Turn, order: CardOrder, data: unknown): void {
  const misfit = misfits.read(data);
  if (misfit) return wait(turn, order, 'device.hardwareError');
  const { outcome, result, error } = data as Completion<ResultOf<typeof cardReader.operations.read>>;
  if (outcome !== 'success' || !result) return wait(turn, order, error?.code ?? 'device.hardwareError');
  if (result.card !== 'meter' || result.serial !== order.card.serial)
    return wait(turn, order, 'device.cardSwapped');
  const found = standingOf(order, result);
  if (found === 'written') return proven(turn, order);
  // A void that the meter has overtaken is not on the card either: it bears the purchase, and the meter's answer to it.
  if (found === 'before' || found === 'taken')
    moveCard(turn, order, { stage: 'reading', mayBeWritten: false });
  showDoubt(turn, order, 'read');
  if (found === 'foreign') return wait(turn, order, 'device.cardChanged');
  // A meter has read the purchase: what it has credited can not be taken back from it (CAR-02).
  if (found === 'taken') return wait(turn, order, 'platform.voidNotAllowed');
  if (found === 'notInserted') return wait(turn, order, 'platform.cardNotInserted');
  seal(turn, order, result.challenge);
}

type Standing = 'written' | 'before' | 'half' | 'notInserted' | 'taken' | 'foreign';

/**
 * What the files on the card prove about this order. `half`: some of them are the order's, so it is written again, whole.
 * `taken`: the meter has taken the purchase that was to be voided.
 */
export function standingOf(order: CardOrder, found: MeterCard): Standing {
  const { card } = order;
  if (found.damaged === undefined) {
    const whole = order.kind === 'cardPurchase' ? purchaseOn(card, found) : voidOn(card, found);
    if (whole) return whole;
  }
  return card.mayBeWritten ? 'half' : 'foreign';
}

function purchaseOn(card: CardWork, { wallet, returned }: MeterCard): Standing | undefined {
  const { before, after } = card;
  // Cleared by us, or filled again by the meter that has taken this very purchase.
  if (isSameWallet(wallet, after) && (returned === undefined || returned.count === after.count))
    return 'written';
  if (!isSameWallet(wallet, before)) return undefined;
  // The meter may have answered anew meanwhile: its count says that it has taken the last one.
  if (returned?.count === before.count || returned?.data === card.returned) return 'before';
  return returned === undefined && !card.mayBeWritten ? 'notInserted' : undefined;
}

function voidOn(card: CardWork, { wallet, returned }: MeterCard): Standing | undefined {
  const { before, after } = card;
  const isRestored = returned?.data === card.returned || returned?.count === after.count;
  if (isSameWallet(wallet, after) && isRestored) return 'written';
  if (!isSameWallet(wallet, before)) return undefined;
  if (returned?.count === before.count) return 'taken';
  return returned === undefined ? 'before' : undefined;
}

/** The same order is sealed anew for every session: only the seals differ (UTL-004). */
function seal(turn: Turn, order: CardOrder, challenge: string): void {
  const { card } = order;
  const place = instanceOf(turn.state, meterCard.counterpart, order.legs[0]?.instance);
  if (!place) return wait(turn, order, 'platform.counterpartOffline');
  moveCard(turn, order, { stage: 'sealing', by: turn.now + SEAL_WITHIN });
  publish(turn, place, {
    id: `${order.id}.s${card.round}.${challenge}`,
    type: SEAL.request,
    correlation: order.id,
    data: {
      originalKey: originalKeyOf(order),
      cardSerial: card.serial,
      challenge,
      purpose: order.kind === 'cardVoid' ? 'void' : 'purchase',
    },
  });
}

/** The key that the utility knows the purchase by. */
export const originalKeyOf = (order: CardOrder) => `${order.voids ?? order.id}.1`;

/** The sealed files are here: from now on the card may be written. `causation` carries the session's challenge. */
export function cardSealed(turn: Turn, order: CardOrder, causation: string, data: unknown): void {
  const { card } = order;
  const challenge = causation.slice(`${order.id}.s${card.round}.`.length);
  const misfit = misfits.seal(data);
  if (misfit) return wait(turn, order, 'counterpart.ambiguous');
  const { outcome, result, error } = data as Completion<ResultOf<typeof utility.operations.seal>>;
  if (outcome !== 'success' || !result) return wait(turn, order, error?.code ?? 'counterpart.ambiguous');
  if (!isSameWallet(result.after, card.after) || !isSameWallet(result.before, card.before))
    return wait(turn, order, 'counterpart.ambiguous');
  const place = deviceOf(turn.state, card.organisation, card.station, 'card-reader', card.device);
  if (!place) return wait(turn, order, 'device.offline');
  const key = writeKeyOf(order);
  moveCard(turn, order, {
    stage: 'writing',
    mayBeWritten: true,
    wasMaybeWritten: card.mayBeWritten,
    by: turn.now + WRITE_WITHIN,
  });
  const { before, after, authorization, files } = result;
  publish(turn, place, {
    id: key,
    type: WRITE.request,
    correlation: order.id,
    key,
    expiry: turn.now + WRITE_BEGINS_WITHIN,
    data: { serial: card.serial, challenge, before, after, authorization, files },
  });
  changed(turn, order);
}

export const writeKeyOf = ({ id, card }: CardOrder) => `${id}.w${card.round}`;

/** What became of the write. A success is the driver's proof by reading back (CRD-002); all else is decided by reading again. */
export function cardWritten(turn: Turn, order: CardOrder, data: unknown): void {
  const { card } = order;
  const misfit = misfits.write(data);
  const { outcome, result, error } = (misfit ? { outcome: 'unknown' } : data) as Completion<
    ResultOf<typeof cardReader.operations.write>
  >;
  if (outcome === 'success' && result?.serial === card.serial && isSameWallet(result.wallet, card.after))
    return proven(turn, order);
  // This write did nothing: what is believed of the card is what the reading before it had proven.
  const didNothing = outcome === 'failure' && error && believedEffect(error) === 'none';
  if (didNothing) moveCard(turn, order, { stage: 'writing', mayBeWritten: card.wasMaybeWritten });
  else mark(turn, 'card-write-unclear');
  showDoubt(turn, order, error?.code ?? 'write');
  if (card.tries < MOST_TRIES) return readCard(turn, order);
  wait(turn, order, error?.code ?? 'device.writeUncertain');
}

/** The reader that was asked, and no other. */
export const isOwnReader = ({ card }: CardOrder, place: Place) =>
  place.kind === 'device' &&
  place.outlet === card.organisation &&
  place.station === card.station &&
  place.device === card.device;
