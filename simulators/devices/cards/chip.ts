/** A card's chip as its contacts see it. A chip keeps its memory over power cycles; its session state is lost with the power. */
export type Chip = CpuChip | MemoryChip;

export interface CpuChip {
  kind: 'cpu';
  /** The answer to reset. */
  powerOn(): Uint8Array;
  powerOff(): void;
  /** One command APDU (T=0 rules: 61xx and 6Cxx may come) → data and status word. Throws where it has no power: a reader's bug. */
  transmit(apdu: Uint8Array): Uint8Array;
  /**
   * The same, but the power goes while the command runs: only the first `bytes` of what it would have written are in the memory,
   * and nothing is answered. `bytes` past the end: all is written, and only the answer is lost.
   */
  tear(apdu: Uint8Array, bytes: number): void;
}

export interface MemoryChip {
  kind: 'sle4442';
  powerOn(): Uint8Array;
  powerOff(): void;
  readMain(address: number, length: number): Uint8Array;
  readProtection(): Uint8Array;
  /** Error counter and, once verified, the code. */
  readSecurity(): Uint8Array;
  /** Whether the code was right; a wrong one takes one try of three for ever. */
  verify(code: Uint8Array): boolean;
  /** Whether the bytes were written; nothing is without a verified code. */
  writeMain(address: number, data: Uint8Array): boolean;
  protect(address: number, data: Uint8Array): boolean;
  changeCode(code: Uint8Array): boolean;
}

/** What lies in a reader's slot, or in a person's hand. */
export interface Card {
  /** For people and stories: `电卡 1`. */
  name: string;
  chip: Chip | undefined;
}
