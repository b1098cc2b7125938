import type { Card } from './chip.ts';

/** Where a card is: at the gate, where a person can take it, or inside, on the contacts or not. */
export type Position = 'none' | 'gate' | 'inside' | 'contacts';

/** Asked before each command to the chip: after how many bytes of what it writes the card is pulled out; `undefined`: not now. */
export type PullWhen = (apdu: Uint8Array) => number | undefined;

/** The mouth of a reader: what a person puts in and pulls out, and what the reader's contacts reach. */
export interface Slot {
  readonly card: Card | undefined;
  readonly position: Position;
  /** By a person: refused (`false`) where a card is in already. */
  insert(card: Card): boolean;
  /** By a person, whatever the reader is doing; gives the card. */
  pull(): Card | undefined;
  /** The card is taken out and another put in, faster than the reader can look. */
  swap(card: Card): Card | undefined;
  /** Plans one pull in the middle of a command to the chip. */
  pullWhen(when: PullWhen | undefined): void;
  /** By the reader's motor or lock. */
  move(to: 'gate' | 'inside' | 'contacts'): void;
  /** By the contacts: the answer to reset, empty where the chip is mute or there is none. */
  powerOn(): Uint8Array;
  powerOff(): void;
  /** One command to a powered CPU chip; `undefined` where the card is gone, or has no power. */
  transmit(apdu: Uint8Array): Uint8Array | undefined;
}

/** `changed`: a card came or went, or was moved. */
export function createSlot(changed: () => void = () => {}): Slot {
  let card: Card | undefined;
  let position: Position = 'none';
  let isPowered = false;
  let planned: PullWhen | undefined;

  function off(): void {
    if (isPowered) card?.chip?.powerOff();
    isPowered = false;
  }

  function put(next: Card | undefined, to: Position): Card | undefined {
    off();
    const before = card;
    card = next;
    position = next ? to : 'none';
    changed();
    return before;
  }

  return {
    get card() {
      return card;
    },
    get position() {
      return position;
    },
    insert(next) {
      if (card) return false;
      put(next, 'gate');
      return true;
    },
    pull: () => put(undefined, 'none'),
    swap: (next) => put(next, position === 'none' ? 'gate' : position),
    pullWhen(when) {
      planned = when;
    },
    move(to) {
      if (!card || position === to) return;
      if (to !== 'contacts') off();
      position = to;
      changed();
    },
    powerOn() {
      off();
      if (position !== 'contacts') return new Uint8Array();
      const answer = card?.chip?.powerOn() ?? new Uint8Array();
      isPowered = answer.length > 0;
      return answer;
    },
    powerOff: off,
    transmit(apdu) {
      const chip = card?.chip;
      if (!isPowered || chip?.kind !== 'cpu') return undefined;
      const bytes = planned?.(apdu);
      if (bytes === undefined) return chip.transmit(apdu);
      planned = undefined;
      chip.tear(apdu, bytes);
      isPowered = false;
      put(undefined, 'none');
      return undefined;
    },
  };
}
