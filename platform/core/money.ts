/** Money is a whole number of fen (分), always. One yuan is 100 fen. */
export type Fen = number;

/** Throws unless `value` is a safe whole number: an amount that is not would silently lose money. */
export function assertFen(value: number, what: string): void {
  if (!Number.isSafeInteger(value))
    throw new RangeError(`${what} must be a whole number of fen, not ${value}`);
}

/** `-1234` → `-12.34`: yuan with two decimals, for people. */
export function formatYuan(fen: Fen): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
