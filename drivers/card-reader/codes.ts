import { type WireErrorCode, wireError } from '../../contracts/errors.ts';
import type { Completion } from '../../contracts/operation.ts';
import type { Step, Trouble } from './exchange.ts';
import type { ReaderFailure } from './reader.ts';

/** What the reader's own reasons are called on the wire, whatever step they come in. */
const READER_CODES: Record<ReaderFailure['why'], WireErrorCode> = {
  noCard: 'device.cardNotPresent',
  mute: 'device.cardInvalid',
  jammed: 'device.cardJammed',
  refused: 'device.hardwareError',
  silent: 'device.offline',
  hardware: 'device.hardwareError',
};

/** No such file, P1 P2, instruction, class: a card that speaks, and is another kind of card. Reading calls it unknown. */
const FOREIGN = [0x6a82, 0x6a86, 0x6d00, 0x6e00];
/** Never issued; locked by its issuer. */
const CLOSED = [0x6b00, 0x9303];

/** What a card's refusal is called, by the step it comes in: what it does not support, and every other status word. */
const CARD_CODES: Partial<Record<Step, { unsupported: readonly number[]; else: WireErrorCode }>> = {
  identify: { unsupported: [...FOREIGN, ...CLOSED], else: 'device.cardInvalid' },
  files: { unsupported: [0x6a82, ...CLOSED], else: 'device.cardInvalid' },
  challenge: { unsupported: CLOSED, else: 'device.cardInvalid' },
  authorize: { unsupported: [], else: 'device.cardRefused' },
  write: { unsupported: [], else: 'device.cardRefused' },
};

export const isForeignCard = ({ step, cause }: Trouble): boolean =>
  step === 'identify' && typeof cause === 'number' && FOREIGN.includes(cause);

/** The wire's error code for what went wrong. */
export function codeOf({ step, cause }: Trouble): WireErrorCode {
  if (typeof cause !== 'number') return READER_CODES[cause];
  const codes = CARD_CODES[step];
  if (codes?.unsupported.includes(cause)) return 'device.cardUnsupported';
  return codes?.else ?? 'device.hardwareError';
}

/** Nothing was done. */
export function failure(code: WireErrorCode, detail: string): Completion {
  return { outcome: 'failure', error: wireError(code, { detail }) };
}

/** Nothing was done, because of this. */
export const failed = (trouble: Trouble): Completion => failure(codeOf(trouble), trouble.detail);

/** A write was sent to the card, and what became of it is not proven (CRD-004). */
export function uncertain(detail: string): Completion {
  return { outcome: 'unknown', error: wireError('device.writeUncertain', { detail }) };
}
