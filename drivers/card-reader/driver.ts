import type { Behaviour, Command } from '../../contracts/endpoint/behaviour.ts';
import type { WireErrorCode } from '../../contracts/errors.ts';
import type { Completion } from '../../contracts/operation.ts';
import { failure } from './codes.ts';
import type { Sequence } from './exchange.ts';
import { standingOf } from './inquiry.ts';
import { readCard, type Session } from './read-card.ts';
import type { CreateReaderProtocol, ReaderPort, ReaderReply, ReaderRequest } from './reader.ts';
import { releaseCard } from './release-card.ts';
import { type Condition, statusOf } from './status-words.ts';
import { createTurns, type Turn } from './turns.ts';
import { writeCard } from './write-card.ts';
import type { WriteRequest } from './write-request.ts';

/** What the driver does to the world. There is one timer, the protocol’s: a new time replaces the old one, `undefined` stops it. */
export interface CardReaderPort {
  write(bytes: Uint8Array): void;
  setTimer(ms: number | undefined): void;
  statusChanged(): void;
  /** Close the connection and open a new one. */
  reopen(reason: string): void;
}

/** The driver’s inputs, besides commands and questions. */
export interface CardReaderDriver extends Behaviour {
  opened(): void;
  /** There is no connection (any more, or yet). */
  lost(reason: string): void;
  bytes(chunk: Uint8Array): void;
  timer(): void;
}

/** Operations in a row that failed in the reader itself before it counts as faulty. */
const FAULTY_AFTER = 3;

/**
 * A card reader’s driver (DEV-02) over any reader’s protocol: a synchronous state machine without clock and I/O. Each
 * operation is a sequence of requests, which is given every reply as it comes.
 */
export function createCardReaderDriver(options: {
  create: CreateReaderProtocol;
  port: CardReaderPort;
}): CardReaderDriver {
  const { port } = options;
  const condition: Condition = { reader: 'starting', media: 'unknown', chip: 'off' };
  /** Takes the reply that is awaited, once. */
  let awaited: ((reply: ReaderReply) => void) | undefined;
  let session: Session | undefined;
  /** Operations in a row that failed in the reader; and what the one under way has met there. */
  let faults = 0;
  let met: 'nothing' | 'answers' | 'fault' = 'nothing';
  const turns = createTurns({ ask, over });
  let told = JSON.stringify(statusOf(condition));

  const readerPort: ReaderPort = {
    write: port.write,
    setTimer: port.setTimer,
    ready() {
      faults = 0;
      condition.reader = 'ready';
      tell();
    },
    stateChanged({ media }) {
      condition.media = media;
      // A card that is back is another session, or another card.
      if (media !== 'present') endPower();
      tell();
    },
    reopen(reason) {
      disconnect(reason);
      port.reopen(reason);
    },
  };
  const protocol = options.create(readerPort);

  function tell(): void {
    const now = JSON.stringify(statusOf(condition));
    if (now === told) return;
    told = now;
    port.statusChanged();
  }

  function endPower(): void {
    condition.chip = 'off';
    session = undefined;
  }

  /** Why nothing can be asked of the reader now. */
  const obstacle = (): WireErrorCode | undefined =>
    condition.reader === 'ready'
      ? undefined
      : condition.reader === 'faulty'
        ? 'device.hardwareError'
        : 'device.offline';

  function take(turn: Turn): void {
    const code = obstacle();
    if (code) turn.end(failure(code, `the reader is ${condition.reader}`));
    else turns.take(turn);
  }

  function over(): void {
    if (met !== 'nothing') faults = met === 'fault' ? faults + 1 : 0;
    met = 'nothing';
    if (faults >= FAULTY_AFTER && condition.reader === 'ready') giveUp();
  }

  function ask(request: ReaderRequest, reply: (reply: ReaderReply) => void): void {
    if (condition.reader !== 'ready') return reply(refusal('silent', 'no connection to the reader'));
    const needsPower = request.do === 'transmit' || request.do === 'readMemory';
    // Nothing goes on by itself with whatever card is there now (CRD-004).
    if (needsPower && condition.chip !== 'powered')
      return reply(refusal('noCard', 'the card was powered off'));
    if (request.do === 'powerOn' || request.do === 'powerOff' || request.do === 'eject') endPower();
    const once = (answer: ReaderReply) => {
      if (awaited !== once) return;
      awaited = undefined;
      note(request, answer);
      reply(answer);
    };
    awaited = once;
    if (met === 'nothing') met = 'answers';
    protocol.request(request, once);
  }

  /** What a reply says of the card’s power and of the reader. */
  function note(request: ReaderRequest, reply: ReaderReply): void {
    if ('failed' in reply) {
      const { why } = reply.failed;
      if (why === 'refused' || why === 'hardware') met = 'fault';
      if (why === 'noCard' || why === 'jammed' || why === 'silent') endPower();
      if (why === 'mute' && request.do === 'powerOn') condition.chip = 'mute';
    } else if (reply.ok === 'reset') condition.chip = 'powered';
    tell();
  }

  /** The operation under way hears of it as of a silent reader; what waits has not begun and fails. */
  function disconnect(reason: string): void {
    if (condition.reader !== 'faulty') condition.reader = 'lost';
    condition.media = 'unknown';
    endPower();
    const unbegun = turns.dropWaiting();
    awaited?.({ failed: { why: 'silent', sent: true }, detail: reason });
    for (const { end } of unbegun) end(failure(obstacle() ?? 'device.offline', reason));
    tell();
  }

  /** Only a reader that has been reset, tested and asked who it is counts as mended. */
  function giveUp(): void {
    const reason = `${FAULTY_AFTER} operations in a row failed in the reader`;
    condition.reader = 'faulty';
    disconnect(reason);
    protocol.lost(reason);
    port.reopen(reason);
  }

  function* read(): Sequence<Completion> {
    const reading = yield* readCard();
    // It may have been pulled while its last answer was on the way.
    if (condition.chip === 'powered') session = reading.session;
    return reading.completion;
  }

  function* write(request: WriteRequest, late: () => boolean): Sequence<Completion> {
    if (!session) return failure('device.challengeStale', 'no session with a card');
    if (session.serial !== request.serial)
      return failure('device.cardSwapped', `the card in the reader is ${session.serial}`);
    if (session.challenge !== request.challenge)
      return failure('device.challengeStale', 'the challenge is of an earlier session');
    const completion = yield* writeCard(request, late);
    // An authorization that a card refused must not be shown to it twice: it counts such tries and locks itself.
    if (completion.outcome !== 'success') session = undefined;
    return completion;
  }

  const BEGIN: Record<string, (command: Command) => Sequence<Completion>> = {
    write: ({ data, late }) => write(data as WriteRequest, late),
    release: ({ late }) => releaseCard(late),
  };

  return {
    capabilities: { model: protocol.model, holdsCard: protocol.holdsCard, cards: protocol.cards },
    status: () => statusOf(condition),
    command(command) {
      const begin = BEGIN[command.operation];
      if (!begin) throw new Error(`no command «${command.operation}» of a card reader`);
      take({ begin: () => begin(command), end: command.complete });
    },
    question({ operation, data, recall, answer }) {
      if (operation === 'read') return take({ begin: read, end: answer });
      const { originalKey } = data as { originalKey: string };
      answer({ outcome: 'success', result: standingOf(recall(originalKey)) });
    },
    opened: protocol.opened,
    lost(reason) {
      disconnect(reason);
      protocol.lost(reason);
    },
    bytes: protocol.bytes,
    timer: protocol.timer,
  };
}

const refusal = (why: 'silent' | 'noCard', detail: string): ReaderReply => ({
  failed: { why, sent: false },
  detail,
});
