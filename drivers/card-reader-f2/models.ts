import type { ReaderState } from '../card-reader/reader.ts';

/** What differs between the readers of the family, as data. */
export interface Model {
  name: string;
  /** A unit's number stands behind the start of a frame: several readers may share a serial line. */
  hasAddress: boolean;
  /** EOT makes it give a command up; a HID reader is not known to. */
  canCancel: boolean;
  /** `motor`: takes the card in, moves it and gives it out. `latch`: the customer puts it in and pulls it out; held by a latch. */
  keeps: 'motor' | 'latch';
  /** The parameter of the reset that every power-on begins with: it leaves a card where it is, and free. */
  reset: number;
  /** The parameter of the cold reset: 5 V by ISO 7816. */
  supply: number;
  /** Bytes of state in each positive reply, before its data. */
  stateBytes: number;
  /** Which of them tells where the card is, and what it says. */
  place: { at: number; media: Readonly<Record<number, ReaderState['media']>> };
}

export const MODELS = {
  /** Serial, 9600 to 57600 8N1; it takes the rate of the first command. */
  'crt-591': {
    name: 'CRT-591',
    hasAddress: true,
    canCancel: true,
    keeps: 'motor',
    reset: 0x33,
    supply: 0x33,
    stateBytes: 3,
    // In the gate it lies half outside, but it is there.
    place: { at: 0, media: { 48: 'notPresent', 49: 'present', 50: 'present' } },
  },
  /** USB HID, 23D8:0285. */
  'crt-288k': {
    name: 'CRT-288K',
    hasAddress: false,
    canCancel: false,
    keeps: 'latch',
    reset: 0x31,
    supply: 0x30,
    stateBytes: 2,
    // On its way (31) it can't be worked with yet, or any more.
    place: { at: 1, media: { 48: 'notPresent', 49: 'notPresent', 50: 'present' } },
  },
} as const satisfies Record<string, Model>;

export type ModelName = keyof typeof MODELS;
