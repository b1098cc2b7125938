import type { ReaderFailure, ReaderReply, ReaderRequest } from '../card-reader/reader.ts';
import {
  ABNORMAL_CARD,
  type Answer,
  apdu,
  CARD_TYPE,
  COLD_RESET,
  type Command,
  counted,
  DONE,
  LOW_VOLTAGE,
  MAIN_POWER_OFF,
  MAX_APDU,
  MEMORY_BLOCK,
  MEMORY_RESET,
  MOVE_OUT,
  MOVE_TO_CONTACTS,
  NO_CARD,
  POWER_OFF,
  POWER_ON,
  readMain,
  T0,
  T1,
  WRONG_POSITION,
} from './commands.ts';

/** Commands one after the other; each is given its answer. */
export type Sequence<Result> = Generator<Command, Result, Answer>;

/** The chip that has been reset, by how it is spoken to. */
export type Chip = 'none' | 'sle4442' | typeof T0 | typeof T1;

const MEMORY_BYTES = 256;

/** The card's power as the requests see it: what was reset last, and may be spoken to. */
export function createRequests() {
  let chip: Chip = 'none';

  function* carryOut(request: ReaderRequest): Sequence<ReaderReply> {
    switch (request.do) {
      case 'hold':
        return yield* move(MOVE_TO_CONTACTS);
      case 'eject':
        chip = 'none';
        return yield* move(MOVE_OUT);
      case 'powerOn':
        return yield* powerOn();
      case 'powerOff':
        chip = 'none';
        return troubleOf(yield POWER_OFF, 'power off') ?? { ok: 'done' };
      case 'transmit':
        return yield* transmit(request.apdu);
      case 'readMemory':
        return yield* readMemory();
    }
  }

  function* powerOn(): Sequence<ReaderReply> {
    chip = 'none';
    const unpowered = troubleOf(yield POWER_ON, 'power on');
    if (unpowered) return unpowered;
    const typed = yield CARD_TYPE;
    if (!('data' in typed)) return failureOf(typed, 'card type');
    const type = String.fromCharCode(...typed.data);
    if (type === 'N0' || type === 'N2') return failed('noCard', `card type ${type}`, false);
    if (type === '30') return yield* resetMemory();
    // What the reader does not know may be a processor that it took for something else: only a reset tells.
    if (type === '10' || type === '11' || type === 'N1') return yield* resetProcessor();
    return /^[0-9]{2}$/.test(type)
      ? { ok: 'reset', chip: 'unknown', answerToReset: new Uint8Array() }
      : failed('hardware', `card type ${type} is none of the reader's`, true);
  }

  function* resetProcessor(): Sequence<ReaderReply> {
    const answer = yield COLD_RESET;
    const first = 'data' in answer ? answer.data[0] : undefined;
    if (!('data' in answer) || (first !== T0 && first !== T1)) {
      return troubleOf(answer, 'cold reset') ?? failed('hardware', 'a reset without a result', true);
    }
    const answerToReset = counted(answer.data.subarray(1));
    if (!answerToReset) return failed('hardware', 'an answer to reset of another length than it says', true);
    chip = first;
    return { ok: 'reset', chip: 'cpu', answerToReset };
  }

  function* resetMemory(): Sequence<ReaderReply> {
    const answer = yield MEMORY_RESET;
    const trouble = troubleOf(answer, 'reset of the memory card');
    if (trouble) return trouble;
    chip = 'sle4442';
    return { ok: 'reset', chip, answerToReset: dataOf(answer) };
  }

  function* transmit(bytes: Uint8Array): Sequence<ReaderReply> {
    if (chip === 'none' || chip === 'sle4442') return failed('refused', 'no processor was reset', false);
    if (bytes.length > MAX_APDU) {
      return failed('refused', `${bytes.length} bytes, at most ${MAX_APDU} go to a card at once`, false);
    }
    const answer = yield apdu(chip, bytes);
    // Whatever came back: it was on its way to the card.
    const trouble = troubleOf(answer, 'exchange with the card', true);
    if (trouble) return trouble;
    const response = counted(dataOf(answer));
    if (!response) return failed('hardware', 'a response of another length than it says', true);
    return { ok: 'answer', bytes: response };
  }

  function* readMemory(): Sequence<ReaderReply> {
    if (chip !== 'sle4442') return failed('refused', 'no memory card was reset', false);
    const bytes: number[] = [];
    while (bytes.length < MEMORY_BYTES) {
      const address = bytes.length;
      const answer = yield readMain(address, MEMORY_BLOCK);
      const trouble = troubleOf(answer, `reading from ${address}`);
      if (trouble) return trouble;
      const [from, length, ...data] = dataOf(answer);
      if (from !== address || length !== MEMORY_BLOCK || data.length !== MEMORY_BLOCK) {
        return failed('hardware', `asked for ${MEMORY_BLOCK} bytes from ${address}, got others`, true);
      }
      bytes.push(...data);
    }
    return { ok: 'memory', bytes: Uint8Array.from(bytes) };
  }

  return {
    carryOut,
    /** The card has lost its power, or may have. */
    forget(): void {
      chip = 'none';
    },
  };
}

function* move(command: Command): Sequence<ReaderReply> {
  const answer = yield command;
  const stuck = 'data' in answer && answer.data[0] !== DONE && answer.data[0] !== NO_CARD;
  if (stuck) return failed('jammed', `the card does not move: ${status(answer.data)}`, true);
  return troubleOf(answer, 'move') ?? { ok: 'done' };
}

/** What is behind the status byte. */
const dataOf = (answer: Answer): Uint8Array =>
  'data' in answer ? answer.data.subarray(1) : new Uint8Array();

/** Why an answer does not say «done»; `undefined` where it does. */
function troubleOf(answer: Answer, what: string, sent = false): ReaderReply | undefined {
  if (!('data' in answer)) return failureOf(answer, what, sent);
  const [first] = answer.data;
  if (first === DONE) return undefined;
  const detail = `${what}: ${status(answer.data)}`;
  if (first === NO_CARD || first === WRONG_POSITION) return failed('noCard', detail, sent);
  return failed(first === 0x4e ? 'mute' : 'hardware', detail, true);
}

function failureOf(answer: Exclude<Answer, { data: Uint8Array }>, what: string, sent = false): ReaderReply {
  if ('silent' in answer) return failed('silent', `${what}: ${answer.silent}`, true);
  return failed(whyRefused(answer.refused), `${what}: refused with ${hex2(answer.refused)}`, sent);
}

function whyRefused(error: number): ReaderFailure['why'] {
  if (error === ABNORMAL_CARD) return 'jammed';
  return error === LOW_VOLTAGE || error === MAIN_POWER_OFF ? 'hardware' : 'refused';
}

const failed = (why: ReaderFailure['why'], detail: string, sent: boolean): ReaderReply => ({
  failed: { why, sent },
  detail,
});

const hex2 = (byte: number) => byte.toString(16).toUpperCase().padStart(2, '0');
const status = ([first]: Uint8Array) => (first === undefined ? 'no status' : `status ${hex2(first)}`);
