import { believedEffect } from '../../../../contracts/errors.ts';
import type { Completion, ResultOf } from '../../../../contracts/operation.ts';
import type { utility } from '../../../../contracts/profiles/utility.ts';
import { MINUTE } from '../../../../contracts/time.ts';
import { isFinal, isLegOpen, type Leg } from '../../order.ts';
import { meterCard } from '../../services/meter-card.ts';
import { alert, changed, mark, record, type Turn } from '../../turn.ts';
import { doubt, endings, openCase } from '../outcome.ts';
import { takeBackLate } from './closing.ts';
import { type CardOrder, moveCard } from './moving.ts';
import { misfits } from './words.ts';
import { readCard } from './writing.ts';

type Ordered = Completion<ResultOf<typeof utility.operations.order>>;
type Inquired = Completion<ResultOf<typeof utility.operations.inquire>>;

/** What the utility said about the order itself, or about the order of a void. */
type Verdict =
  | { kind: 'ordered'; counterpartNo: string }
  | { kind: 'declined'; code: string }
  | { kind: 'notFound'; inquiry: number }
  | { kind: 'mismatch'; why: string }
  | { kind: 'unclear'; why: string };

/** The completion of the command `order` or `orderVoid`. */
export function ordered(turn: Turn, order: CardOrder, leg: Leg, data: unknown): void {
  conclude(turn, order, leg, readOrdered(order, leg, data));
}

function readOrdered(order: CardOrder, leg: Leg, data: unknown): Verdict {
  const misfit = leg.operation === 'order' ? misfits.order(data) : misfits.told(data);
  if (misfit) return { kind: 'unclear', why: `contract.invalidData ${misfit}` };
  const { outcome, result, error } = data as Ordered;
  if (outcome === 'success' && result) {
    const { counterpartNo } = result;
    return leg.operation !== 'order' || isOurs(order, result)
      ? { kind: 'ordered', counterpartNo }
      : { kind: 'mismatch', why: 'card, meter, count or amount differs from the request' }; // UTL-001
  }
  if (!error) return { kind: 'unclear', why: outcome };
  const isProof = outcome === 'failure' && believedEffect(error) === 'none' && mayDecline(leg, error.code);
  return isProof ? { kind: 'declined', code: error.code } : { kind: 'unclear', why: error.code };
}

/** A void is also refused where the purchase does not stand as it must. */
const mayDecline = (leg: Leg, code: string) =>
  meterCard.declines.includes(code) ||
  (leg.operation === 'orderVoid' && code === 'counterpart.wrongStanding');

const isOurs = ({ card, amountFen }: CardOrder, told: ResultOf<typeof utility.operations.order>) =>
  told.customerNo === card.customerNo &&
  told.meterNo === card.meterNo &&
  told.cardSerial === card.serial &&
  told.count === card.after.count &&
  told.amountFen === amountFen;

/** An answer to inquiry number `inquiry`: what stands in the utility's books. */
export function orderInquired(turn: Turn, order: CardOrder, leg: Leg, inquiry: number, data: unknown): void {
  // The books speak of the purchase: what they say late of «a void» may be another one's, which is under way now.
  const isOver = order.voids !== undefined && !isLegOpen(leg);
  if (isOver && turn.state.meters.has(order.card.meterNo)) return void mark(turn, 'reply-unrelated');
  conclude(turn, order, leg, readInquired(order, leg, inquiry, data));
}

function readInquired(order: CardOrder, leg: Leg, inquiry: number, data: unknown): Verdict {
  const misfit = misfits.inquire(data);
  if (misfit) return { kind: 'unclear', why: `contract.invalidData ${misfit}` };
  const { outcome, result, error } = data as Inquired;
  if (outcome !== 'success' || !result) return { kind: 'unclear', why: error?.code ?? outcome };
  const { standing, errorCode = '', counterpartNo = '' } = result;
  if (standing === 'notFound') return { kind: 'notFound', inquiry };
  if (standing === 'failed' && leg.operation === 'order')
    return mayDecline(leg, errorCode)
      ? { kind: 'declined', code: errorCode }
      : { kind: 'unclear', why: errorCode || 'failed without a reason' };
  // A void that the books do not know leaves the purchase as it was.
  if (standing === 'confirmed' && leg.operation === 'orderVoid') return { kind: 'notFound', inquiry };
  const expected = leg.operation === 'order' ? 'ordered' : 'voidOrdered';
  if (standing !== expected) return { kind: 'mismatch', why: `the utility’s books say ${standing}` };
  const { after, before, serial } = order.card;
  const wallet = leg.operation === 'order' ? after : before;
  const differs =
    (result.cardSerial ?? serial) !== serial ||
    (result.count ?? wallet.count) !== wallet.count ||
    (result.amountFen ?? order.amountFen) !== order.amountFen;
  return differs
    ? { kind: 'mismatch', why: 'card, count or amount differs from the request' }
    : { kind: 'ordered', counterpartNo };
}

function conclude(turn: Turn, order: CardOrder, leg: Leg, verdict: Verdict): void {
  if (leg.stage === 'succeeded' || leg.stage === 'failed') return afterwards(turn, order, leg, verdict);
  switch (verdict.kind) {
    case 'ordered':
      record(turn, {
        type: 'legMoved',
        order: order.id,
        leg: leg.no,
        stage: 'succeeded',
        ...(verdict.counterpartNo ? { counterpartNo: verdict.counterpartNo } : {}),
      });
      if (order.state !== 'processing')
        record(turn, { type: 'orderMoved', order: order.id, state: 'processing', why: 'ordered' });
      return readCard(turn, order);
    case 'declined':
      return fail(turn, order, leg, verdict.code);
    case 'notFound':
      return notFound(turn, order, leg, verdict.inquiry);
    case 'mismatch':
      openCase(turn, order, 'mismatch', verdict.why);
      return doubt(turn, order, verdict.why);
    case 'unclear':
      return doubt(turn, order, verdict.why);
  }
}

function fail(turn: Turn, order: CardOrder, leg: Leg, code: string): void {
  record(turn, {
    type: 'orderEnded',
    order: order.id,
    state: 'failed',
    leg: leg.no,
    why: code,
    problem: code,
    transfers: endings(turn, order, 'release'),
  });
  moveCard(turn, order, { stage: 'closed' });
  if (code === 'counterpart.unreachable')
    alert(turn, 'alert.counterpartDown', meterCard.counterpart, order.id);
  changed(turn, order);
}

/** As for every order: only late enough, and said twice a minute apart (settled rule 1). */
function notFound(turn: Turn, order: CardOrder, leg: Leg, inquiry: number): void {
  if (leg.notFound.some((seen) => seen.inquiry === inquiry)) return;
  record(turn, { type: 'legNotFound', order: order.id, leg: leg.no, inquiry });
  const first = leg.notFound[0];
  const graceOver = turn.now >= order.createdAt + (meterCard.notFoundFinalAfter ?? Number.POSITIVE_INFINITY);
  if (graceOver && first && turn.now - first.at >= MINUTE) {
    mark(turn, 'not-found-final');
    fail(turn, order, leg, 'contract.notFound');
  } else doubt(turn, order, 'contract.notFound');
}

/** News about an order that was settled with the utility before. */
function afterwards(turn: Turn, order: CardOrder, leg: Leg, verdict: Verdict): void {
  if (verdict.kind === 'mismatch' && !isFinal(order.state))
    return openCase(turn, order, 'mismatch', verdict.why);
  // The money went back because the utility did not know it, and now it has it: nothing was written, so it is taken back there.
  // Once: what was ordered long ago is said again by whoever repeats himself.
  if (verdict.kind === 'ordered' && leg.stage === 'failed' && order.legs.length === 1) {
    openCase(turn, order, 'lateSuccess', verdict.counterpartNo);
    takeBackLate(turn, order);
  }
}
