import type { DateText } from './calendar.ts';

/**
 * Numbers for people. A journal number (流水号) is typed again by a teller for a query or a void, so it is short and its last
 * digit catches every single wrong digit and nearly every swap (Luhn). It is unique within an outlet: date, count, check.
 */
export function journalNumber(date: DateText, count: number): string {
  const digits = compact(date) + String(count).padStart(4, '0');
  return digits + checkDigit(digits);
}

/** Is this a journal number without a typing error? Says nothing of whether it was ever given. */
export function isJournalNumber(text: string): boolean {
  return /^\d{11,14}$/.test(text) && checkDigit(text.slice(0, -1)) === text.slice(-1);
}

/** Receipt numbers are gapless within outlet and business date (S13): `261123-0042`. */
export function receiptNumber(date: DateText, count: number): string {
  return `${compact(date)}-${String(count).padStart(4, '0')}`;
}

const compact = (date: DateText) => date.slice(2).replaceAll('-', '');

function checkDigit(digits: string): string {
  let sum = 0;
  for (let i = digits.length - 1, double = true; i >= 0; i--, double = !double) {
    const digit = Number(digits[i]) * (double ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return String((10 - (sum % 10)) % 10);
}
