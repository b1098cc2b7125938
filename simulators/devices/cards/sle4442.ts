import type { MemoryChip } from './chip.ts';

/** The security memory's error counter: tries left by the bits that are still set. At 0 it is locked for ever. */
const COUNTER = [0x07, 0x06, 0x04, 0x00];
/** The first bytes are what a reset is answered with. */
const HEADER = Uint8Array.of(0xa2, 0x13, 0x10, 0x91);
const SIZE = 256;
/** Only these can be protected, one by one. */
const PROTECTABLE = 32;

export interface Sle4442 extends MemoryChip {
  /** The main memory, as it is on the card. */
  readonly memory: Uint8Array;
  /** Tries of the code that are left, of three. */
  readonly triesLeft: number;
  /** No answer to the reset: dirty contacts, or the wrong way round. */
  isMute: boolean;
  /** The power goes in the next write, after so many bytes of it. */
  tearAfter: number | undefined;
}

export interface Sle4442Options {
  /** What lies in the main memory behind the header, from address 4 on; the rest is FF, as from the factory. */
  data?: Uint8Array;
  /** Three bytes: the code that opens it for writing. */
  code?: Uint8Array;
  /** Addresses below 32 that can never be changed again, besides the header. */
  isProtected?: readonly number[];
}

/**
 * A memory card SLE4442: everything but its code can be read; nothing can be written before the code was shown in this power
 * cycle; three wrong codes in a row lock it for ever. A protected byte never changes again.
 */
export function createSle4442(options: Sle4442Options = {}): Sle4442 {
  const { data = new Uint8Array(), isProtected = [] } = options;
  const memory = new Uint8Array(SIZE).fill(0xff);
  memory.set(HEADER);
  memory.set(data.subarray(0, SIZE - HEADER.length), HEADER.length);
  const fixed = new Set([...HEADER.keys(), ...isProtected]);
  let code = Uint8Array.from(options.code ?? [0xff, 0xff, 0xff]);
  let wrongTries = 0;
  let isOn = false;
  let isOpen = false;

  function mustBeOn(): void {
    if (!isOn) throw new Error('a card without power was spoken to');
  }

  const card: Sle4442 = {
    kind: 'sle4442',
    memory,
    isMute: false,
    tearAfter: undefined,
    get triesLeft() {
      return COUNTER.length - 1 - wrongTries;
    },
    powerOn() {
      isOn = !card.isMute;
      isOpen = false;
      return isOn ? memory.slice(0, HEADER.length) : new Uint8Array();
    },
    powerOff() {
      isOn = false;
      isOpen = false;
    },
    readMain(address, length) {
      mustBeOn();
      return memory.slice(address, address + length);
    },
    readProtection() {
      mustBeOn();
      return Uint8Array.from({ length: PROTECTABLE }, (_, at) => (fixed.has(at) ? 0 : 1));
    },
    readSecurity() {
      mustBeOn();
      return Uint8Array.of(COUNTER[wrongTries] ?? 0, ...(isOpen ? code : [0, 0, 0]));
    },
    verify(given) {
      mustBeOn();
      if (card.triesLeft === 0) return false;
      isOpen = given.length === code.length && code.every((byte, i) => byte === given[i]);
      wrongTries = isOpen ? 0 : wrongTries + 1;
      return isOpen;
    },
    writeMain(address, bytes) {
      mustBeOn();
      if (!isOpen || address + bytes.length > SIZE) return false;
      const kept = bytes.subarray(0, card.tearAfter);
      for (const [i, byte] of kept.entries()) if (!fixed.has(address + i)) memory[address + i] = byte;
      if (card.tearAfter !== undefined) card.powerOff();
      card.tearAfter = undefined;
      return isOn && bytes.every((byte, i) => memory[address + i] === byte);
    },
    protect(address, bytes) {
      mustBeOn();
      if (!isOpen) return false;
      // The chip compares first: a byte that is not what was given stays free.
      const isSame = bytes.every((byte, i) => address + i < PROTECTABLE && memory[address + i] === byte);
      if (isSame) for (const i of bytes.keys()) fixed.add(address + i);
      return isSame;
    },
    changeCode(given) {
      mustBeOn();
      if (!isOpen || given.length !== code.length) return false;
      code = Uint8Array.from(given);
      return true;
    },
  };
  return card;
}
