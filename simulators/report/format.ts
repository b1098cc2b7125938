import { civilFromDays, DAY, HOUR, MINUTE, SECOND } from '../../contracts/time.ts';

const SHANGHAI = 8 * HOUR;
const two = (n: number) => String(n).padStart(2, '0');

/** `14:03:22.481`, Shanghai time, of an instant in ms. */
export function clockText(ms: number): string {
  const rest = Math.floor(ms) + SHANGHAI - dayOf(ms) * DAY;
  const seconds = two(Math.floor(rest / SECOND) % 60);
  return `${two(Math.floor(rest / HOUR))}:${two(Math.floor(rest / MINUTE) % 60)}:${seconds}.${String(rest % SECOND).padStart(3, '0')}`;
}

/** Days since 1970 in Shanghai; differences say «next day». */
export function dayOf(ms: number): number {
  return Math.floor((Math.floor(ms) + SHANGHAI) / DAY);
}

/** `11-23` */
export function dateText(ms: number): string {
  const { month, day } = civilFromDays(dayOf(ms));
  return `${two(month)}-${two(day)}`;
}

/** Yuan with two decimals, from fen: `-1234` → `-12.34`. */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `138****1234` */
export function masked(account: string): string {
  return account.length < 8 ? account : `${account.slice(0, 3)}****${account.slice(-4)}`;
}

/** A length of time for people: 250 ms, 40 s, 15 min, 2 h; `ever`: it does not come back. */
export function lengthOf(ms: number | 'ever'): { zh: string; en: string } {
  if (ms === 'ever') return { zh: '直到结束', en: 'for ever' };
  const units = [
    [HOUR, '小时', 'h'],
    [MINUTE, '分钟', 'min'],
    [SECOND, '秒', 's'],
  ] as const;
  const size = Math.abs(ms);
  for (const [unit, zh, en] of units)
    if (size >= unit) {
      const number = String(Math.round((ms / unit) * 10) / 10);
      return { zh: `${number} ${zh}`, en: `${number} ${en}` };
    }
  return { zh: `${ms} 毫秒`, en: `${ms} ms` };
}
