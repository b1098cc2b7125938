import { believedEffect, type WireError } from '../../../contracts/errors.ts';
import { type Completion, checkOf, completionSchema, type ResultOf } from '../../../contracts/operation.ts';
import { carrier } from '../../../contracts/profiles/carrier.ts';
import { MINUTE } from '../../../contracts/time.ts';
import { endHold, type Transfer } from '../ledger.ts';
import { receiptNumber } from '../numbers.ts';
import { type Case, isFinal, type Leg, type Order } from '../order.ts';
import type { Service } from '../services/service.ts';
import { alert, changed, mark, record, type Turn } from '../turn.ts';
import { receiptCount } from './opening.ts';
import { requestPrint } from './printing.ts';

/** What the counterpart said about a leg, from wherever: its completion, or its books by an inquiry. */
export type Verdict =
  | { kind: 'succeeded'; counterpartNo: string }
  | { kind: 'declined'; code: string }
  | { kind: 'processing'; counterpartNo?: string }
  | { kind: 'notFound'; inquiry: number }
  | { kind: 'unclear'; why: string };

const fitsPerform = checkOf(completionSchema(carrier.operations.perform.result));
const fitsInquire = checkOf(completionSchema(carrier.operations.inquire.result));

type Performed = Completion<ResultOf<typeof carrier.operations.perform>>;
type Inquired = Completion<ResultOf<typeof carrier.operations.inquire>>;

/** Reads a completion of `perform`. What does not fit, or is not about this very payment, is unclear and nothing else. */
export function readPerformed(service: Service, order: Order, data: unknown): Verdict {
  const misfit = fitsPerform(data);
  if (misfit) return { kind: 'unclear', why: `contract.invalidData ${misfit}` };
  const { outcome, result, error } = data as Performed;
  if (outcome === 'success' && result)
    return fits(service, order, result) ?? { kind: 'succeeded', counterpartNo: result.counterpartNo };
  return error ? readError(service, outcome === 'failure', error) : { kind: 'unclear', why: outcome };
}

/** Reads an answer to inquiry number `inquiry`. */
export function readInquired(service: Service, order: Order, inquiry: number, data: unknown): Verdict {
  const misfit = fitsInquire(data);
  if (misfit) return { kind: 'unclear', why: `contract.invalidData ${misfit}` };
  const { outcome, result, error } = data as Inquired;
  if (outcome !== 'success' || !result) return { kind: 'unclear', why: error?.code ?? outcome };
  switch (result.standing) {
    case 'succeeded':
      return fits(service, order, result) ?? { kind: 'succeeded', counterpartNo: result.counterpartNo ?? '' };
    case 'failed':
      return service.declines.includes(result.errorCode ?? '')
        ? { kind: 'declined', code: result.errorCode as string }
        : { kind: 'unclear', why: result.errorCode ?? 'failed without a reason' };
    case 'processing':
      return { kind: 'processing', ...(result.counterpartNo ? { counterpartNo: result.counterpartNo } : {}) };
    case 'notFound':
      return { kind: 'notFound', inquiry };
    case 'unknown':
      return { kind: 'unclear', why: 'counterpart.unknown' };
  }
}

/** Settled rule 1: money is released only on effect `none` and a code on the service's decline list. */
function readError(service: Service, failed: boolean, error: WireError): Verdict {
  return failed && believedEffect(error) === 'none' && service.declines.includes(error.code)
    ? { kind: 'declined', code: error.code }
    : { kind: 'unclear', why: error.code };
}

/** CRR-001: a success of another account or amount is no success of ours. */
function fits(
  service: Service,
  order: Order,
  told: { account?: string; amountFen?: number },
): Verdict | undefined {
  const asked = service.request(order.fields, order.amountFen);
  if (told.account === asked.account && told.amountFen === asked.amountFen) return undefined;
  return { kind: 'unclear', why: MISMATCH };
}

const MISMATCH = 'account or amount differs from the request';

/** Moves the order by a verdict. A repeat moves nothing; contrary news after the end opens a case (S8). */
export function conclude(turn: Turn, service: Service, order: Order, leg: Leg, verdict: Verdict): void {
  if (isFinal(order.state)) return afterTheEnd(turn, order, verdict);
  switch (verdict.kind) {
    case 'succeeded':
      return succeed(turn, order, leg, verdict.counterpartNo);
    case 'declined':
      return fail(turn, service, order, leg, verdict.code);
    case 'processing':
      if (leg.stage !== 'processing') {
        record(turn, {
          type: 'legMoved',
          order: order.id,
          leg: leg.no,
          stage: 'processing',
          ...(verdict.counterpartNo ? { counterpartNo: verdict.counterpartNo } : {}),
        });
        hopeAgain(turn, order, leg);
        changed(turn, order);
      }
      return;
    case 'notFound':
      return notFound(turn, service, order, leg, verdict.inquiry);
    case 'unclear':
      if (verdict.why === MISMATCH) openCase(turn, order, 'mismatch', verdict.why);
      return doubt(turn, order, verdict.why);
  }
}

/** Only a passed deadline is «unknown» (settled rule 2): what was late to be accepted, but is under way in time, is processing. */
export function hopeAgain(turn: Turn, order: Order, leg: Leg): void {
  if (order.state === 'unknown' && turn.now < leg.completeBy)
    record(turn, { type: 'orderMoved', order: order.id, state: 'processing', why: leg.stage });
}

/** The outcome is not known: a state, not an error. The hold stays. */
export function doubt(turn: Turn, order: Order, why: string): void {
  if (order.state !== 'processing') return;
  mark(turn, 'unknown');
  record(turn, { type: 'orderMoved', order: order.id, state: 'unknown', why });
  changed(turn, order);
}

function succeed(turn: Turn, order: Order, leg: Leg, counterpartNo: string, why = counterpartNo): void {
  if (order.state !== 'processing') mark(turn, `late-success-${order.state}`);
  record(turn, {
    type: 'orderEnded',
    order: order.id,
    state: 'succeeded',
    leg: leg.no,
    ...(counterpartNo ? { counterpartNo } : {}),
    why,
    transfers: endings(turn, order, 'capture'),
    receiptNo: receiptNumber(turn.state.businessDate, receiptCount(turn.state, order.outlet)),
  });
  requestPrint(turn, order, order.by);
  changed(turn, order);
}

function fail(turn: Turn, service: Service, order: Order, leg: Leg, code: string): void {
  if (order.state !== 'processing') mark(turn, `late-failure-${order.state}`);
  record(turn, {
    type: 'orderEnded',
    order: order.id,
    state: 'failed',
    leg: leg.no,
    why: code,
    problem: code,
    transfers: endings(turn, order, 'release'),
  });
  // MOB-03: the administrators hear of it when the counterpart's system is down.
  if (code === 'counterpart.unreachable') alert(turn, 'alert.counterpartDown', service.counterpart, order.id);
  changed(turn, order);
}

/** A person resolves a manual order on evidence; the same endings, the same ledger. */
export function resolveByHand(
  turn: Turn,
  order: Order,
  outcome: 'succeeded' | 'failed',
  evidence: string,
): void {
  const leg = order.legs[0];
  // The evidence is a person's words for the trace; it is no number of the counterpart's and not for the receipt.
  if (outcome === 'succeeded' && leg) return succeed(turn, order, leg, '', evidence);
  record(turn, {
    type: 'orderEnded',
    order: order.id,
    state: 'failed',
    ...(leg ? { leg: leg.no } : {}),
    why: evidence,
    problem: 'platform.resolvedFailed',
    transfers: endings(turn, order, 'release'),
  });
  changed(turn, order);
}

export function endings(turn: Turn, order: Order, kind: 'capture' | 'release'): Transfer[] {
  return order.transfers
    .filter((transfer) => transfer.kind === 'hold')
    .map((hold) => endHold(hold, kind, turn.now, turn.state.businessDate));
}

/** Settled rule 1: «not found» ends an order only where the service says so, late enough, and said twice a minute apart. */
function notFound(turn: Turn, service: Service, order: Order, leg: Leg, inquiry: number): void {
  if (leg.notFound.some((seen) => seen.inquiry === inquiry)) return;
  record(turn, { type: 'legNotFound', order: order.id, leg: leg.no, inquiry });
  // What it said it has, it can not have not: such a contradiction is for a person, at the end of the ladder.
  if (leg.stage === 'processing') return doubt(turn, order, 'not found after «processing»');
  const first = leg.notFound[0];
  const graceOver =
    service.notFoundFinalAfter !== undefined && turn.now >= order.createdAt + service.notFoundFinalAfter;
  if (graceOver && first && turn.now - first.at >= MINUTE) {
    mark(turn, 'not-found-final');
    fail(turn, service, order, leg, 'contract.notFound');
  } else doubt(turn, order, 'contract.notFound');
}

/** Final states never change: what contradicts one is news for a person. The same news twice is one case. */
function afterTheEnd(turn: Turn, order: Order, verdict: Verdict): void {
  if (verdict.kind === 'succeeded' && order.state === 'failed')
    openCase(turn, order, 'lateSuccess', verdict.counterpartNo);
  // Money was given back because the counterpart did not know it, and now it says that it has it. (Behind a decline a late
  // «processing» is only a message that was overtaken.)
  if (verdict.kind === 'processing' && order.problem === 'contract.notFound')
    openCase(turn, order, 'lateProcessing', verdict.counterpartNo ?? 'processing');
  if (verdict.kind === 'declined' && order.state === 'succeeded')
    openCase(turn, order, 'lateFailure', verdict.code);
  // Another number of the counterpart's is another charge.
  if (verdict.kind === 'succeeded' && order.state === 'succeeded' && isOther(order, verdict.counterpartNo))
    openCase(turn, order, 'secondSuccess', verdict.counterpartNo);
  if (verdict.kind === 'unclear' && verdict.why === MISMATCH) openCase(turn, order, 'mismatch', verdict.why);
}

const isOther = (order: Order, counterpartNo: string) =>
  counterpartNo !== '' &&
  order.legs.every((leg) => leg.counterpartNo !== undefined && leg.counterpartNo !== counterpartNo);

export function openCase(turn: Turn, order: Order, kind: Case['kind'], evidence: string): void {
  if (order.cases.some((known) => known.kind === kind && known.evidence === evidence)) return;
  mark(turn, `case-${kind}`);
  record(turn, { type: 'caseOpened', order: order.id, case: { kind, at: turn.now, evidence } });
  alert(turn, 'alert.case', `${order.outlet}/${order.journalNo ?? order.id} ${kind}`, order.id);
}
