import { bytesOf, four, fourAt, hexOf } from './bytes.ts';
import { createSle4442, type Sle4442 } from './sle4442.ts';

/**
 * Where a bus card's purse lies in the main memory, in bytes. The layout is of our own making: it is shaped like those in use (an
 * amount that is kept twice, the second time inverted), and no company's.
 */
export const BUS_PURSE = {
  /** What kind of card it is: YZB1. */
  mark: { at: 0x20, length: 4 },
  /** 16 digits. */
  number: { at: 0x24, length: 8 },
  /** Fen, the highest byte first, and the same inverted: a torn write leaves two that don't fit. */
  balance: { at: 0x2c, length: 4 },
  inverted: { at: 0x30, length: 4 },
  /** How often it was loaded. */
  loads: { at: 0x34, length: 4 },
} as const;

const MARK = bytesOf('595A4231');

export interface BusPurse {
  /** 16 digits. */
  number: string;
  balanceFen: number;
  loads: number;
}

const inverted = (value: number): number[] => four(value).map((byte) => byte ^ 0xff);

/** The purse's bytes, from its mark to its end: what is written to {@link BUS_PURSE}.mark.at. */
export const busPurseBytes = ({ number, balanceFen, loads }: BusPurse): Uint8Array =>
  Uint8Array.from([
    ...MARK,
    ...bytesOf(number),
    ...four(balanceFen),
    ...inverted(balanceFen),
    ...four(loads),
  ]);

/** A bus card: a memory card with a purse. */
export function createBusCard(purse: BusPurse, code?: Uint8Array): Sle4442 {
  const data = new Uint8Array(BUS_PURSE.mark.at - 4).fill(0xff);
  return createSle4442({
    data: Uint8Array.from([...data, ...busPurseBytes(purse)]),
    ...(code ? { code } : {}),
  });
}

/** What the main memory says; `undefined` where it is no bus card or its purse is torn. */
export function readBusPurse(memory: Uint8Array): BusPurse | undefined {
  const at = ({ at, length }: { at: number; length: number }) => memory.subarray(at, at + length);
  const balanceFen = fourAt(memory, BUS_PURSE.balance.at);
  const isWhole =
    hexOf(at(BUS_PURSE.mark)) === hexOf(MARK) &&
    hexOf(at(BUS_PURSE.inverted)) === hexOf(Uint8Array.from(inverted(balanceFen)));
  if (!isWhole) return undefined;
  return { number: hexOf(at(BUS_PURSE.number)), balanceFen, loads: fourAt(memory, BUS_PURSE.loads.at) };
}
