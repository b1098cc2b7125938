import type { Behaviour } from '../../contracts/endpoint/behaviour.ts';
import type { Completion } from '../../contracts/operation.ts';
import { CLEAR, FENCE } from './bytes.ts';
import { type Condition, hasStopped, obstacleOf } from './condition.ts';
import { standingOf } from './inquiry.ts';
import { failure, type Job, jobOf, separation, uncertain } from './job.ts';
import { createLateProofs } from './late-proofs.ts';
import type { Model } from './models.ts';
import { processIdIn } from './process-id.ts';
import { createRounds } from './rounds.ts';
import { type BackEvent, createBackChannel } from './status.ts';
import { statusOf } from './status-words.ts';

/** What the driver does to the world. There is one timer: a new time replaces the old one, `undefined` stops it. */
export interface EscposPort {
  write(bytes: Uint8Array): void;
  setTimer(ms: number | undefined): void;
  statusChanged(): void;
  /** The printer is silent: close the connection and open a new one. */
  reopen(reason: string): void;
}

/** The driver's inputs, besides commands and questions. */
export interface EscposDriver extends Behaviour {
  opened(): void;
  /** There is no connection (any more, or yet). */
  lost(reason: string): void;
  bytes(chunk: Uint8Array): void;
  timer(): void;
}

/** How long a status round may take, and how often the idle printer and a running job are looked at. In ms. */
const ANSWER_MS = 1_000;
const IDLE_MS = 2_000;
const POLL_MS = 1_000;
/** After CLEAR nothing is sent for this long: bytes right behind it would be dropped, too. */
const REST_MS = 1_000;
/** For the rest of an earlier job to come out, where CLEAR was not understood; and the silence that proves that it has. */
const DRAIN_MS = 5_000;
const QUIET_MS = 500;
/** Jobs that may wait behind the one under way. */
const MAX_WAITING = 8;

/**
 * closed → idle ⇄ checking (status before) → printing → settling, confirming (both only without process id) → idle.
 * A job that was begun and not proven leads to resting, behind CLEAR; the next one then passes draining and quiet between
 * checking and printing.
 */
type Phase =
  | 'closed'
  | 'resting'
  | 'idle'
  | 'checking'
  | 'draining'
  | 'quiet'
  | 'printing'
  | 'settling'
  | 'confirming';

/**
 * The ESC/POS driver: a synchronous state machine without clock and I/O (DEV-01).
 *
 * In every transition `port.write` comes last: the answer may come back inside the call.
 * @param options.unfinished an earlier process left a job without an end, whose rest may still be in the printer
 */
export function createEscposDriver(options: {
  model: Model;
  port: EscposPort;
  unfinished?: boolean;
}): EscposDriver {
  const { model, port } = options;
  const rounds = createRounds();
  const lateProofs = createLateProofs();
  const waiting: Job[] = [];
  const events: BackEvent[] = [];
  let channel = createBackChannel();
  let handling = false;
  let phase: Phase = 'closed';
  let job: Job | undefined;
  let condition: Condition | undefined;
  let unreachable = false;
  let misses = 0;
  /** A part of an earlier job may be on the paper, or still in the printer. */
  let leftover = options.unfinished ?? false;
  let told = '';

  const status = () => statusOf(condition, unreachable);

  function tell(): void {
    const now = JSON.stringify(status());
    if (now === told) return;
    told = now;
    port.statusChanged();
  }

  function enter(next: Phase, ms: number | undefined, bytes?: readonly number[]): void {
    phase = next;
    port.setTimer(ms);
    if (bytes) port.write(Uint8Array.from(bytes));
  }

  const ask = (next: 'idle' | 'checking' | 'confirming') => enter(next, ANSWER_MS, rounds.begin());

  function beginNext(): void {
    if (phase !== 'idle' || waiting.length === 0) return;
    job = waiting.shift();
    ask('checking');
  }

  function print(next: Job): void {
    // It may have waited behind others: the deadline counts for the first byte, not for the acceptance (OPR-005).
    if (next.command.late())
      return end(failure('contract.expired', 'waited for the printer until its deadline'));
    next.sent = true;
    const before = leftover ? separation(model) : [];
    leftover = false;
    enter('printing', POLL_MS, [...before, ...next.bytes]);
  }

  /** Ends the job under way. One that was begun and is not proven is dropped from the printer: nothing of it may come out later. */
  function end(completion: Completion): void {
    const ended = job;
    if (!ended) return;
    job = undefined;
    const drop = ended.sent && completion.outcome !== 'success';
    // A stuck cutter leaves its error only by this command; with nothing in the buffers it is harmless.
    const recover = completion.error?.code === 'device.paperJammed';
    if (drop) leftover = true;
    if (drop) lateProofs.watch(ended.id, ended.command.key);
    if (drop || recover) enter('resting', REST_MS);
    else enter('idle', IDLE_MS);
    ended.command.complete(completion);
    if (drop || recover) port.write(Uint8Array.from(CLEAR));
    else beginNext();
  }

  function disconnect(reason: string): void {
    enter('closed', undefined);
    events.length = 0;
    const unbegun = waiting.splice(0);
    const current = job;
    job = undefined;
    condition = undefined;
    unreachable = true;
    if (current?.sent) {
      leftover = true;
      lateProofs.watch(current.id, current.command.key);
      current.command.complete(uncertain(reason));
    } else if (current) unbegun.unshift(current);
    for (const { command } of unbegun) command.complete(failure('device.offline', reason));
    tell();
  }

  function silent(reason: string): void {
    disconnect(reason);
    port.reopen(reason);
  }

  function roundAnswered(now: Condition): void {
    misses = 0;
    condition = now;
    tell();
    const obstacle = obstacleOf(now);
    if (phase === 'idle') port.setTimer(IDLE_MS);
    else if (phase === 'checking' && job) {
      if (obstacle)
        end(failure(obstacle, now.raw)); // PRN-003
      else if (leftover) enter('draining', DRAIN_MS, FENCE);
      else print(job);
    } else if (phase === 'printing' && hasStopped(now))
      end(failure('device.printIncomplete', now.raw)); // PRN-004
    else if (phase === 'confirming')
      // The fence says processed and the status says stopped: nobody can say where.
      end(obstacle ? uncertain(now.raw) : { outcome: 'success', result: { proof: 'fenceAndStatus' } });
  }

  function fenceAnswered(byte: number): void {
    // The answer to GS r 1 has no other bits; what has some is noise.
    if ((byte & 0xf0) !== 0) return;
    // Fences carry no id: that of an earlier job may be answered before ours, so only silence ends the draining.
    if (phase === 'draining' || phase === 'quiet') enter('quiet', QUIET_MS);
    else if (phase === 'printing' && job && !model.processId) enter('settling', job.settleMs);
  }

  function processIdAnswered(id: string): void {
    if (phase === 'printing' && model.processId && job?.id === id)
      end({ outcome: 'success', result: { proof: 'processId' } });
    else lateProofs.proof(id);
  }

  function take(event: BackEvent): void {
    if (event.kind === 'inOrder') fenceAnswered(event.byte);
    if (event.kind === 'realTime') {
      const answered = rounds.answer(event.byte);
      if (answered) roundAnswered(answered);
    }
    const id = processIdIn(event);
    if (id !== undefined) processIdAnswered(id);
  }

  return {
    capabilities: {
      columns: model.columns,
      proof: model.processId ? 'processId' : 'fenceAndStatus',
      cut: model.cutter,
    },
    status,
    command(command) {
      if (phase === 'closed')
        return command.complete(failure('device.offline', 'no connection to the printer'));
      if (waiting.length >= MAX_WAITING)
        return command.complete(failure('device.busy', `${MAX_WAITING} jobs wait already`));
      waiting.push(jobOf(command, model));
      beginNext();
    },
    question({ data, recall, answer }) {
      const { originalKey } = data as { originalKey: string };
      answer({ outcome: 'success', result: standingOf(recall(originalKey), lateProofs.proven(originalKey)) });
    },
    opened() {
      rounds.reset();
      channel = createBackChannel();
      misses = 0;
      if (leftover) enter('resting', REST_MS, CLEAR);
      else ask('idle');
    },
    lost: disconnect,
    bytes(chunk) {
      if (phase === 'closed') return;
      events.push(...channel.push(chunk));
      // An answer that comes back inside a write waits for its turn behind the earlier ones.
      if (handling) return;
      handling = true;
      for (let event = events.shift(); event; event = events.shift()) take(event);
      handling = false;
    },
    timer() {
      switch (phase) {
        case 'resting':
          phase = 'idle';
          return waiting.length > 0 ? beginNext() : ask('idle');
        case 'idle':
          if (rounds.pending() && ++misses === 2) return silent('no answer to 2 status polls');
          return ask('idle');
        case 'checking':
          return silent('no answer to the status before the job');
        case 'draining':
          return end(failure('device.busy', 'an earlier job is still in the printer'));
        case 'quiet':
          return job && print(job);
        case 'printing':
          if (job && --job.patience === 0) return end(uncertain('no proof in time'));
          // One round at a time: some printers answer only when the paper stands still. POLL_MS goes on either way.
          return enter('printing', POLL_MS, rounds.pending() ? undefined : rounds.begin());
        case 'settling':
          return ask('confirming');
        case 'confirming':
          return end(uncertain('no answer to the status after the job'));
        case 'closed':
      }
    },
  };
}
