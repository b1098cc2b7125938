import type { Model } from './models.ts';

/** One command to the reader. */
export interface Command {
  /** CM, PM and what follows them. */
  text: readonly number[];
  /** How long it may take, from its ACK to the reply, in ms. */
  replyMs: number;
  /**
   * Twice does no harm. Where an ACK is missing nobody can say whether the command was taken, and a card may count what it is
   * told: a challenge would be another one, and a second authorization would cost it a try.
   */
  repeatable: boolean;
}

const QUICK_MS = 1_000;
/** A card may take its time over one command. */
const CARD_MS = 5_000;
const MOVE_MS = 10_000;

const command = (replyMs: number, ...text: readonly number[]): Command => ({
  text,
  replyMs,
  repeatable: true,
});

export const reset = (parameter: number) => command(MOVE_MS, 0x30, parameter);
/** Locks the latch over the card. */
export const LOCK = 0x30;
export const STATUS = command(QUICK_MS, 0x31, 0x30);
export const MOVE_TO_CONTACTS = command(MOVE_MS, 0x32, 0x31);
export const MOVE_OUT = command(MOVE_MS, 0x32, 0x39);
export const ALLOW_ENTRY = command(QUICK_MS, 0x33, 0x30);
/** The card is somewhere else afterwards, or free. */
export const isMove = ({ text: [cm] }: Command) => cm === 0x30 || cm === 0x32;
export const CARD_TYPE = command(CARD_MS, 0x50, 0x30);
export const coldReset = (supply: number) => command(CARD_MS, 0x51, 0x30, supply);
export const CPU_OFF = command(QUICK_MS, 0x51, 0x31);
export const SERIAL_NUMBER = command(QUICK_MS, 0xa2, 0x30);
export const MEMORY_RESET = command(CARD_MS, 0x53, 0x30);
export const MEMORY_OFF = command(QUICK_MS, 0x53, 0x31);

/** One command to a CPU card, by the protocol that it named when it was reset. */
export const cardCommand = (protocol: 'T=0' | 'T=1', apdu: Uint8Array): Command => ({
  text: [0x51, protocol === 'T=0' ? 0x33 : 0x34, ...apdu],
  replyMs: CARD_MS,
  repeatable: false,
});

/** The family has one command for a memory card, which looks like a CPU card's; its answer ends with a status word, too. */
export const readMemory = (address: number, length: number) =>
  command(CARD_MS, 0x53, 0x33, 0x00, 0xb0, 0x00, address, length);

/** Command, as its text stands in a frame. */
export const textOf = ({ text }: Command): readonly number[] => [COMMAND, ...text];

const COMMAND = 0x43;
const DONE = 0x50;
/** The paper prints both. */
const REFUSED = [0x4e, 0x45];

export type Reply =
  | { kind: 'done'; state: Uint8Array; data: Uint8Array }
  /** Two digits. */
  | { kind: 'refused'; code: string };

/** The reply to this command; `undefined` where the text is none, or answers another one. */
export function replyTo({ text: asked }: Command, text: Uint8Array, model: Model): Reply | undefined {
  const [kind = 0, cm, pm, ...rest] = text;
  if (cm !== asked[0] || pm !== asked[1]) return undefined;
  if (REFUSED.includes(kind) && rest.length === 2)
    return { kind: 'refused', code: String.fromCharCode(...rest) };
  if (kind !== DONE || rest.length < model.stateBytes) return undefined;
  return {
    kind: 'done',
    state: Uint8Array.from(rest.slice(0, model.stateBytes)),
    data: Uint8Array.from(rest.slice(model.stateBytes)),
  };
}
