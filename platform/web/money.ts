/** `123456` → `1,234.56` */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`;
}

/** What was typed, with the full-width digits of a Chinese input method (`１０`) as plain ones. */
export const plainDigits = (text: string) => text.normalize('NFKC').trim();

/** What a person typed, in fen; by the digits, never by a fraction's arithmetic. `undefined` where it is no amount. */
export function parseYuan(text: string): number | undefined {
  const [, whole, part = ''] = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(plainDigits(text)) ?? [];
  return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** `13808001234` → `138 0800 1234`, also while it is being typed. */
export function groupPhone(text: string): string {
  const digits = plainDigits(text).replace(/\D/g, '').slice(0, 11);
  return [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)].filter(Boolean).join(' ');
}

/** `21:05:09`, Shanghai time whatever the machine's zone. */
export function clock(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(11, 19);
}
