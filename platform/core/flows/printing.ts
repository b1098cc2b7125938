import { printer } from '../../../contracts/devices/printer.ts';
import type { Envelope } from '../../../contracts/envelope.ts';
import { believedEffect, type Effect, WIRE_ERRORS } from '../../../contracts/errors.ts';
import {
  type Completion,
  checkOf,
  completionSchema,
  type ResultOf,
  typesOf,
} from '../../../contracts/operation.ts';
import { MINUTE, SECOND } from '../../../contracts/time.ts';
import { nameOf, type Place } from '../../../contracts/topics.ts';
import type { Actor, Order, PrintJob } from '../order.ts';
import { isPrintOpen } from '../order.ts';
import { deviceOf } from '../presence.ts';
import { receiptLines } from '../receipt.ts';
import { answer, changed, mark, publish, record, refuse, type Turn } from '../turn.ts';

const PRINT = typesOf(printer, 'print');
const INQUIRE = typesOf(printer, 'inquire');

/** The driver may begin within this; a job that waited longer for its printer is not printed by itself any more. */
const START_WITHIN = 2 * MINUTE;
/** Ask the driver what became of a job that was not answered; after the last question it is uncertain. */
const ASK_EVERY = 15 * SECOND;
const ASK_LIMIT = 12;

/** A sheet of the order's receipt, at the station of whoever asked. Printing never changes money (S13). */
export function requestPrint(turn: Turn, order: Order, at: Pick<Actor, 'organisation' | 'station'>): void {
  const no = order.prints.length + 1;
  // Not their count: a sheet proven unprinted after its copy went out would give that copy's number again (REP-14).
  const copy = Math.max(-1, ...order.prints.filter(mayBeOnPaper).map((job) => job.copy)) + 1;
  const place = deviceOf(turn.state, at.organisation, at.station, 'printer');
  const device = place?.kind === 'device' ? place.device : undefined;
  if (!device) mark(turn, 'print-waits');
  const job: PrintJob = {
    no,
    copy,
    ...(order.voidedBy ? { voided: true } : {}),
    organisation: at.organisation,
    station: at.station,
    ...(device ? { device } : {}),
    key: `${order.id}.p${no}`,
    state: device ? 'sent' : 'waiting',
    requestedAt: turn.now,
    expiry: turn.now + START_WITHIN,
    askAt: turn.now + (device ? ASK_EVERY : START_WITHIN),
    asked: 0,
  };
  record(turn, { type: 'printRequested', order: order.id, job });
  if (place) publishJob(turn, place, order, job);
}

/** Only a job that is proven not to have printed lets the next one be an original again. */
const mayBeOnPaper = (job: PrintJob) => job.state !== 'failed' || job.error === 'device.printIncomplete';

/** A waiting job whose printer is there, or one that never arrived. */
function send(turn: Turn, order: Order, job: PrintJob): void {
  // A job that was ever sent goes to that device or to none: only its journal knows that it did not print.
  const place = deviceOf(turn.state, job.organisation, job.station, 'printer', job.device);
  if (place?.kind !== 'device') {
    // A printer that came and went again: back to waiting, to the end of the job's time.
    mark(turn, 'print-waits');
    record(turn, { type: 'printMoved', order: order.id, job: job.no, state: 'waiting', askAt: job.expiry });
    return;
  }
  const askAt = turn.now + ASK_EVERY;
  record(turn, {
    type: 'printMoved',
    order: order.id,
    job: job.no,
    state: 'sent',
    device: place.device,
    askAt,
  });
  publishJob(turn, place, order, job);
}

function publishJob(turn: Turn, place: Place, order: Order, job: PrintJob): void {
  publish(turn, place, {
    id: `${job.key}.${job.asked + 1}`,
    type: PRINT.request,
    correlation: order.id,
    key: job.key,
    expiry: job.expiry,
    data: { lines: receiptLines(turn.state, order, job), cut: true },
  });
}

/** REP-14: another sheet, marked and counted as a copy, at the station that asks. */
export function reprint(turn: Turn, order: Order, at: Pick<Actor, 'organisation' | 'station'>): void {
  if (!order.receipt) return void refuse(turn, 'platform.noReceipt');
  if (order.prints.some(isPrintOpen)) return void refuse(turn, 'platform.printing');
  // A copy: the record is written down later, when the order has moved on.
  record(turn, { type: 'orderTakenUp', order: structuredClone(order) });
  requestPrint(turn, order, at);
  answer(turn, { ok: true, order });
  changed(turn, order);
}

/** A job's time has come: its printer is back, its answer is missing, or it waited too long. */
export function printDue(turn: Turn, order: Order, job: PrintJob): void {
  const { now } = turn;
  if (!isPrintOpen(job) || job.askAt === undefined || now < job.askAt) return;
  if (job.state === 'waiting') {
    if (now < job.expiry) return send(turn, order, job);
    return move(turn, order, job, 'failed', 'device.offline');
  }
  if (job.asked >= ASK_LIMIT) return move(turn, order, job, 'uncertain', 'device.printUncertain');
  const place = placeOfJob(job);
  record(turn, {
    type: 'printMoved',
    order: order.id,
    job: job.no,
    state: job.state,
    askAt: now + ASK_EVERY,
    asked: true,
  });
  publish(turn, place, {
    id: `${job.key}.q${job.asked}`,
    type: INQUIRE.request,
    correlation: order.id,
    data: { originalKey: job.key },
  });
}

const placeOfJob = (job: PrintJob): Place => ({
  kind: 'device',
  outlet: job.organisation,
  station: job.station,
  device: job.device ?? 'printer',
});

const isSame = (a: Place, b: Place) => nameOf(a) === nameOf(b);

const fitsPrint = checkOf(completionSchema(printer.operations.print.result));
const fitsInquire = checkOf(completionSchema(printer.operations.inquire.result));

/** A driver's reply about a job. */
export function printReplied(
  turn: Turn,
  place: Place & { kind: 'device' },
  order: Order,
  message: Envelope,
): void {
  const job = order.prints.find((p) => message.causation?.startsWith(`${p.key}.`));
  if (!job || !isSame(placeOfJob(job), place)) return void mark(turn, 'reply-unrelated');
  if (message.type === PRINT.accepted && job.state === 'sent')
    record(turn, {
      type: 'printMoved',
      order: order.id,
      job: job.no,
      state: 'accepted',
      ...(job.askAt === undefined ? {} : { askAt: job.askAt }),
    });
  if (message.type === PRINT.completed && !fitsPrint(message.data)) {
    const { outcome, error } = message.data as Completion;
    if (outcome === 'success') move(turn, order, job, 'printed');
    // A failure whose effect can't be believed may be on the paper all the same.
    else if (outcome === 'failure' && error && believedEffect(error) !== 'unknown')
      move(turn, order, job, 'failed', error.code);
    else move(turn, order, job, 'uncertain', error?.code);
  }
  if (message.type === INQUIRE.completed && !fitsInquire(message.data)) learn(turn, order, job, message);
}

function learn(turn: Turn, order: Order, job: PrintJob, message: Envelope): void {
  const { result } = message.data as Completion<ResultOf<typeof printer.operations.inquire>>;
  if (!result) return;
  if (result.standing === 'printed') move(turn, order, job, 'printed');
  else if (result.standing === 'failed')
    // Without a code that proves what is on the paper it may all be there.
    move(turn, order, job, provenBy(result.errorCode) ? 'failed' : 'uncertain', result.errorCode);
  else if (result.standing === 'uncertain') move(turn, order, job, 'uncertain', result.errorCode);
  else if (result.standing === 'notFound' && neverArrived(job, message.causation)) {
    // The request never arrived: the driver's journal says so. The same key again can not print twice (OPR-003).
    mark(turn, 'print-resent');
    if (turn.now < job.expiry) send(turn, order, job);
    else move(turn, order, job, 'failed', 'contract.expired');
  }
}

const provenBy = (code = '') => {
  const meaning = (WIRE_ERRORS as { [code: string]: { effect: Effect } })[code];
  return meaning?.effect === 'none' || meaning?.effect === 'applied';
};

/** «Not found» proves it only of a job that nobody accepted, and only in answer to a question put after its latest sending. */
function neverArrived(job: PrintJob, causation = ''): boolean {
  const question = Number(causation.slice(`${job.key}.q`.length));
  return job.state === 'sent' && question > (job.askedBefore ?? 0) && question <= job.asked;
}

/** A proof that it is on the paper outdoes everything; after «uncertain» any certainty does; otherwise an ended job stays. */
function move(turn: Turn, order: Order, job: PrintJob, state: PrintJob['state'], error?: string): void {
  const isProof = state === 'printed' && job.state === 'failed';
  if (!isPrintOpen(job) && !isProof && !(job.state === 'uncertain' && state !== 'uncertain')) return;
  record(turn, { type: 'printMoved', order: order.id, job: job.no, state, ...(error ? { error } : {}) });
  changed(turn, order);
}
