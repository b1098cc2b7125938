import type { CreateReaderProtocol, ReaderReply, ReaderRequest, ReaderState } from '../card-reader/reader.ts';
import {
  ABNORMAL_CARD,
  type Answer,
  type Command,
  LET_CARDS_IN,
  RESET,
  STATUS,
  STOP_INSIDE,
} from './commands.ts';
import { type Arrival, createParser } from './frame.ts';
import { createHandshake } from './handshake.ts';
import { mediaOf } from './media.ts';
import { createRequests, type Sequence } from './requests.ts';

/** How often an idle reader is asked where its card is, in ms; and how many such questions it may leave unanswered. */
const POLL_MS = 500;
const MAX_MISSES = 2;

/** closed → starting → idle ⇄ polling, working. */
type Phase = 'closed' | 'starting' | 'idle' | 'polling' | 'working';

/** Creator CRT-310 on a serial line, 9600 baud 8N1: a motor reader that draws the card in and holds it. */
export const createCrt310: CreateReaderProtocol = (port) => {
  const handshake = createHandshake(port);
  const requests = createRequests();
  const arrivals: Arrival[] = [];
  let parser = createParser();
  let handling = false;
  let phase: Phase = 'closed';
  let media: ReaderState['media'] = 'unknown';
  let misses = 0;
  /** How the status shows the settings of the start. */
  let settings: string | undefined;
  /** The request under way, or the one that waits until the poll is over. */
  let asked: { request: ReaderRequest; reply(reply: ReaderReply): void } | undefined;

  /** Runs a sequence to its end; it is forgotten where the connection is lost meanwhile. */
  function run<Result>(sequence: Sequence<Result>, end: (result: Result) => void): void {
    const advance = (step: IteratorResult<Command, Result>): void => {
      if (step.done) end(step.value);
      else handshake.run(step.value, (answer) => advance(sequence.next(answer)));
    };
    advance(sequence.next());
  }

  function tell(now: ReaderState['media']): void {
    if (now === media) return;
    media = now;
    port.stateChanged({ media });
  }

  /** There is no connection: what was asked is answered before anybody hears of it. */
  function disconnect(detail: string): void {
    const left = asked;
    const wasSent = phase === 'working';
    phase = 'closed';
    asked = undefined;
    arrivals.length = 0;
    media = 'unknown';
    handshake.reset();
    requests.forget();
    port.setTimer(undefined);
    left?.reply({ failed: { why: 'silent', sent: wasSent }, detail });
  }

  function silent(reason: string): void {
    disconnect(reason);
    port.reopen(reason);
  }

  /** The first status, or why the reader can't be used. */
  function* start(): Sequence<Answer | string> {
    const version = yield RESET;
    // With a jam it is not reset, and yet it can tell of it.
    const isReset = 'data' in version || ('refused' in version && version.refused === ABNORMAL_CARD);
    if (!isReset) return describe(version);
    // Settings. A reader that refuses them can read all the same, and the paper contradicts itself on what their answers say.
    for (const setting of [LET_CARDS_IN, STOP_INSIDE]) {
      const answer = yield setting;
      if ('silent' in answer) return describe(answer);
    }
    const status = yield STATUS;
    return 'silent' in status ? describe(status) : status;
  }

  function started(status: Answer | string): void {
    if (typeof status === 'string') return silent(status);
    misses = 0;
    settings = settingsIn(status);
    phase = 'idle';
    port.ready();
    tell(mediaOf(status));
    goOn(POLL_MS);
  }

  function* look(): Sequence<Answer> {
    return yield STATUS;
  }

  function poll(): void {
    phase = 'polling';
    run(look(), (status) => {
      misses = 'silent' in status ? misses + 1 : 0;
      if (misses === MAX_MISSES) return silent(`no answer to ${MAX_MISSES} polls`);
      // It lost its power behind the converter's back: no card is let in any more, and none has power.
      const now = settingsIn(status);
      if (now !== undefined && now !== settings) return silent('the reader lost its settings');
      phase = 'idle';
      tell(mediaOf(status));
      goOn(POLL_MS);
    });
  }

  /** What waits comes first; else the reader rests, in ms, until it is looked at. */
  function goOn(restMs: number): void {
    if (phase !== 'idle') return;
    if (!asked) return port.setTimer(restMs);
    phase = 'working';
    run(requests.carryOut(asked.request), worked);
  }

  function worked(reply: ReaderReply): void {
    const done = asked;
    if ('failed' in reply && reply.failed.why === 'noCard') requests.forget();
    if ('failed' in reply && reply.failed.why === 'silent') {
      asked = undefined;
      disconnect(reply.detail);
      done?.reply(reply);
      return port.reopen(reply.detail);
    }
    asked = undefined;
    phase = 'idle';
    done?.reply(reply);
    // Where something is wrong with the card, it may be gone.
    if (phase === 'idle' && 'failed' in reply) poll();
    else goOn(POLL_MS);
  }

  return {
    model: 'CRT-310',
    holdsCard: true,
    cards: ['cpu', 'sle4442'],
    request(request, reply) {
      const refusal = (why: 'silent' | 'refused', detail: string): ReaderReply => ({
        failed: { why, sent: false },
        detail,
      });
      if (phase === 'closed') return reply(refusal('silent', 'no connection to the reader'));
      if (asked) return reply(refusal('refused', 'another request is under way'));
      asked = { request, reply };
      goOn(POLL_MS);
    },
    opened() {
      disconnect('a new connection');
      parser = createParser();
      phase = 'starting';
      run(start(), started);
    },
    lost: disconnect,
    bytes(chunk) {
      if (phase === 'closed') return;
      arrivals.push(...parser.push(chunk));
      // An answer that comes back inside a write waits for its turn behind the earlier ones.
      if (handling) return;
      handling = true;
      for (let arrival = arrivals.shift(); arrival; arrival = arrivals.shift()) handshake.take(arrival);
      handling = false;
      if (parser.isHolding()) handshake.coming();
    },
    timer() {
      // After such a silence no frame goes on.
      if (handshake.busy()) {
        parser = createParser();
        handshake.timer();
      } else if (phase === 'idle') poll();
    },
  };
};

const describe = (answer: Answer): string =>
  'silent' in answer ? `start of the reader: ${answer.silent}` : 'the reader refuses to be reset';

/** Behind the card's place the status shows which cards may come in, at the front and at the rear. */
const settingsIn = (status: Answer): string | undefined =>
  'data' in status && status.data.length === 3 ? status.data.subarray(1).join() : undefined;
