/** `1234` → `12.34`: yuan with two decimals, from fen. */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `13812345678` → `138****5678`: how a number may be shown where it is not needed in full. */
export const masked = (account: string) =>
  account.length < 8 ? '****' : `${account.slice(0, 3)}****${account.slice(-4)}`;

/** `2026-11-23` → `261123` */
export const compactDate = (date: string) => date.slice(2).replaceAll('-', '');
