import { answerOf, getResponse, onlyExpects, withLength } from './apdu.ts';
import type { ReaderFailure, ReaderReply, ReaderRequest } from './reader.ts';

/** A piece of work with the reader: yields what to ask, is given the reply, and ends with a result. */
export type Sequence<Result> = Generator<ReaderRequest, Result, ReaderReply>;

/**
 * Where in a sequence something went wrong. `identify`: the master file, the serial, the power application; `authorize`: the
 * issuer's answer to the challenge; `write`: a file with its seal.
 */
export type Step =
  | 'hold'
  | 'powerOn'
  | 'memory'
  | 'identify'
  | 'files'
  | 'challenge'
  | 'authorize'
  | 'write'
  | 'powerOff'
  | 'eject';

/** Why a step was not done. */
export interface Trouble {
  step: Step;
  /** The reader's own reason, or the status word of a card that refused. */
  cause: ReaderFailure['why'] | number;
  /** What was asked may have been done all the same. */
  maybeDone: boolean;
  detail: string;
}

export const isTrouble = (result: object): result is Trouble => 'cause' in result;

/** A card needs two or three rounds for an answer; one that never ends is broken. */
const MAX_ROUNDS = 8;

/** One command to the card; 61xx and 6Cxx are worked off here. Ends with the data of a 9000. */
export function* ask(step: Step, apdu: Uint8Array): Sequence<Uint8Array | Trouble> {
  const data: number[] = [];
  let next = apdu;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const reply = yield { do: 'transmit', apdu: next };
    if ('failed' in reply) {
      const trouble = troubleOf(step, reply);
      // The first round had reached the card, whatever became of the one after it.
      return round === 0 ? trouble : { ...trouble, maybeDone: true };
    }
    const answer = reply.ok === 'answer' ? answerOf(reply.bytes) : undefined;
    if (!answer) return { step, cause: 'mute', maybeDone: true, detail: 'an answer without a status word' };
    const { statusWord } = answer;
    data.push(...answer.data);
    if (statusWord === 0x9000) return Uint8Array.from(data);
    if (statusWord >> 8 === 0x61) next = getResponse(statusWord & 0xff);
    else if (statusWord >> 8 === 0x6c && onlyExpects(next)) next = withLength(next, statusWord & 0xff);
    else return { step, cause: statusWord, maybeDone: true, detail: `${step}: ${hex4(statusWord)}` };
  }
  return { step, cause: 'mute', maybeDone: true, detail: `${step}: no end after ${MAX_ROUNDS} rounds` };
}

/** One request to the reader itself. */
export function* demand(step: Step, request: ReaderRequest): Sequence<SuccessfulReply | Trouble> {
  const reply = yield request;
  return 'failed' in reply ? troubleOf(step, reply) : reply;
}

type SuccessfulReply = Exclude<ReaderReply, { failed: ReaderFailure }>;
type FailedReply = Extract<ReaderReply, { failed: ReaderFailure }>;

function troubleOf(step: Step, { failed, detail }: FailedReply): Trouble {
  // Only these two can prove that nothing reached the card: silence proves nothing, whatever it claims.
  const provesNothingSent = !failed.sent && (failed.why === 'refused' || failed.why === 'noCard');
  return {
    step,
    cause: failed.why,
    maybeDone: !provesNothingSent,
    detail: `${step}: ${failed.why}: ${detail}`,
  };
}

const hex4 = (statusWord: number) => statusWord.toString(16).toUpperCase().padStart(4, '0');
