import type { ReaderReply, ReaderRequest } from '../card-reader/reader.ts';
import {
  CARD_TYPE,
  type Command,
  CPU_OFF,
  cardCommand,
  coldReset,
  LOCK,
  MEMORY_OFF,
  MEMORY_RESET,
  MOVE_OUT,
  MOVE_TO_CONTACTS,
  type Reply,
  readMemory,
  reset,
  STATUS,
} from './commands.ts';
import type { Model } from './models.ts';
import { failureOf } from './refusals.ts';

/** A piece of work: yields commands, is given their replies, and ends with a result. */
export type Steps<Result> = Generator<Command, Result, Reply>;

/** How the chip that has power is spoken to. */
export type Chip = 'T=0' | 'T=1' | 'sle4442';

/** What is known of the chip in the reader; the steps keep it. */
export interface Power {
  chip: Chip | undefined;
}

const MEMORY_BYTES = 256;
/** Two halves: one byte of length can't say 256. */
const BLOCK_BYTES = 128;

/** What the reader is told for a request. */
export function* carryOut(request: ReaderRequest, model: Model, power: Power): Steps<ReaderReply> {
  switch (request.do) {
    case 'hold':
      return yield* orGone(model, yield* hold(model));
    case 'powerOn':
      power.chip = undefined;
      return yield* orGone(model, yield* powerOn(model, power));
    case 'transmit':
      return yield* transmit(request.apdu, power);
    case 'readMemory':
      return yield* memory(power);
    case 'powerOff':
      return yield* powerOff(power);
    case 'eject':
      power.chip = undefined;
      return yield* eject(model);
  }
}

export const mediaOf = ({ place }: Model, state: Uint8Array) =>
  place.media[state[place.at] ?? -1] ?? 'unknown';

const noCard = (detail: string): ReaderReply => ({ failed: { why: 'noCard', sent: false }, detail });

/** Whoever pulls the card out between two commands makes the second one fail with whatever error: so the reader is asked. */
function* orGone(model: Model, reply: ReaderReply): Steps<ReaderReply> {
  if (!('failed' in reply) || reply.failed.why === 'noCard') return reply;
  const status = yield STATUS;
  const isGone = status.kind === 'done' && mediaOf(model, status.state) === 'notPresent';
  return isGone ? noCard(`${reply.detail}; the card is gone`) : reply;
}

/** The reply, or `done` of a command whose data nobody needs. */
function* demand(command: Command): Steps<ReaderReply> {
  const reply = yield command;
  return reply.kind === 'refused' ? failureOf(reply.code) : { ok: 'done' };
}

/** Asks before it moves: without a card a motor refuses, and a latch locks itself against the one that comes. */
function* atHand(model: Model, act: Command): Steps<ReaderReply> {
  const status = yield STATUS;
  if (status.kind === 'refused') return failureOf(status.code);
  if (mediaOf(model, status.state) === 'notPresent') return noCard('no card in the reader');
  return yield* demand(act);
}

const hold = (model: Model) => atHand(model, model.keeps === 'motor' ? MOVE_TO_CONTACTS : reset(LOCK));

const eject = (model: Model) =>
  model.keeps === 'motor' ? atHand(model, MOVE_OUT) : demand(reset(model.reset));

function* powerOn(model: Model, power: Power): Steps<ReaderReply> {
  const answered = yield coldReset(model.supply);
  if (answered.kind === 'done') {
    const [type, ...answerToReset] = answered.data;
    power.chip = type === 0x31 ? 'T=1' : 'T=0';
    return { ok: 'reset', chip: 'cpu', answerToReset: Uint8Array.from(answerToReset) };
  }
  const failure = failureOf(answered.code);
  if (failure.failed.why !== 'mute') return failure;
  // A memory card has no answer for a CPU card's reset.
  const type = yield CARD_TYPE;
  if (type.kind === 'refused' || String.fromCharCode(...type.data) !== '20') return failure;
  const memoryReset = yield MEMORY_RESET;
  if (memoryReset.kind === 'refused') return failureOf(memoryReset.code);
  power.chip = 'sle4442';
  return { ok: 'reset', chip: 'sle4442', answerToReset: memoryReset.data };
}

function* transmit(apdu: Uint8Array, { chip }: Power): Steps<ReaderReply> {
  if (chip !== 'T=0' && chip !== 'T=1') return noCard('no CPU card has power');
  const reply = yield cardCommand(chip, apdu);
  return reply.kind === 'refused' ? failureOf(reply.code) : { ok: 'answer', bytes: reply.data };
}

function* memory({ chip }: Power): Steps<ReaderReply> {
  if (chip !== 'sle4442') return noCard('no memory card has power');
  const bytes: number[] = [];
  while (bytes.length < MEMORY_BYTES) {
    const reply = yield readMemory(bytes.length, BLOCK_BYTES);
    if (reply.kind === 'refused') return failureOf(reply.code);
    const [high, low] = reply.data.subarray(-2);
    if (high !== 0x90 || low !== 0x00 || reply.data.length !== BLOCK_BYTES + 2)
      return {
        failed: { why: 'mute', sent: true },
        detail: `${reply.data.length} bytes instead of ${BLOCK_BYTES} and 9000`,
      };
    bytes.push(...reply.data.subarray(0, -2));
  }
  return { ok: 'memory', bytes: Uint8Array.from(bytes) };
}

function* powerOff(power: Power): Steps<ReaderReply> {
  const { chip } = power;
  power.chip = undefined;
  if (!chip) return { ok: 'done' };
  return yield* demand(chip === 'sle4442' ? MEMORY_OFF : CPU_OFF);
}
