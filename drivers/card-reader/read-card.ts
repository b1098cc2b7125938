import type { MeterCard } from '../../contracts/devices/card-reader.ts';
import type { Completion } from '../../contracts/operation.ts';
import { getChallenge } from './apdu.ts';
import { type CardImage, readImage } from './card-image.ts';
import { failed, failure, isForeignCard } from './codes.ts';
import { ask, demand, isTrouble, type Sequence } from './exchange.ts';
import { hexOf } from './hex.ts';
import { parametersOf, returnedOf, walletOf } from './meter-files.ts';

/** A powered purchase card that has given a challenge. It ends with the power. */
export type Session = Pick<MeterCard, 'serial' | 'challenge'>;

export interface Reading {
  completion: Completion;
  /** Only of a purchase card. */
  session?: Session;
}

/** Reads whatever card is in the reader; begins a new session with it (CRD-006). */
export function* readCard(): Sequence<Reading> {
  const held = yield* demand('hold', { do: 'hold' });
  if (isTrouble(held)) return { completion: failed(held) };
  const reset = yield* demand('powerOn', { do: 'powerOn' });
  if (isTrouble(reset)) return { completion: failed(reset) };
  if (reset.ok !== 'reset')
    return { completion: failure('device.hardwareError', `powerOn answered ${reset.ok}`) };
  const answerToReset = hexOf(reset.answerToReset.subarray(0, 33));
  if (reset.chip === 'cpu') return yield* readCpuCard(answerToReset);
  if (reset.chip === 'sle4442') return yield* readMemoryCard(answerToReset);
  return found({ card: 'unknown', answerToReset });
}

function* readMemoryCard(answerToReset: string): Sequence<Reading> {
  const memory = yield* demand('memory', { do: 'readMemory' });
  if (isTrouble(memory)) return { completion: failed(memory) };
  if (memory.ok !== 'memory')
    return { completion: failure('device.hardwareError', `readMemory answered ${memory.ok}`) };
  return found({ card: 'memory', answerToReset, memory: hexOf(memory.bytes) });
}

function* readCpuCard(answerToReset: string): Sequence<Reading> {
  const image = yield* readImage();
  if (isTrouble(image))
    return isForeignCard(image) ? found({ card: 'unknown', answerToReset }) : { completion: failed(image) };
  // Asked for last: many cards take the answer to it only as long as nothing else but reading comes between.
  const challenge = yield* ask('challenge', getChallenge());
  if (isTrouble(challenge)) return { completion: failed(challenge) };
  if (challenge.length !== 8)
    return { completion: failure('device.cardInvalid', `a challenge of ${challenge.length} bytes`) };
  const card = meterCardOf(image, hexOf(challenge));
  if (!card)
    return { completion: failure('device.cardUnsupported', 'a purchase card that was never issued') };
  return { ...found(card), session: { serial: card.serial, challenge: card.challenge } };
}

const found = (result: object): Reading => ({ completion: { outcome: 'success', result } });

/** The files in the contract's words; `undefined` where the card was never issued. */
export function meterCardOf(image: CardImage, challenge: string): MeterCard | undefined {
  const parameters = parametersOf(image.parameters);
  const wallet = walletOf(image.wallet);
  if (!parameters || !wallet) return undefined;
  const { isWhole, ...whose } = parameters;
  const returned = returnedOf(image.returned);
  const damaged: MeterCard['damaged'] = [
    ...(isWhole ? [] : (['parameters'] as const)),
    ...(returned === 'damaged' ? (['returned'] as const) : []),
  ];
  return {
    card: 'meter',
    layout: image.layout,
    serial: image.serial,
    ...whose,
    wallet,
    ...(typeof returned === 'object' ? { returned } : {}),
    ...(damaged.length > 0 ? { damaged } : {}),
    challenge,
  };
}
