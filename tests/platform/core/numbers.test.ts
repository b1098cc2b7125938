import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isJournalNumber, journalNumber, receiptNumber } from '../../../platform/core/numbers.ts';

const number = fc
  .tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 120_000 }))
  .map(([day, count]) => journalNumber(`2026-11-${String(day).padStart(2, '0')}`, count));

test('a journal number is date, count and check digit, and short enough to type', () => {
  expect(journalNumber('2026-11-23', 42)).toMatch(/^2611230042\d$/);
  expect(journalNumber('2026-11-23', 12_345)).toMatch(/^26112312345\d$/);
});

test('MOB-04 one wrong digit in a journal number is always caught', () => {
  fc.assert(
    fc.property(number, fc.nat(), fc.integer({ min: 1, max: 9 }), (text, place, by) => {
      const i = place % text.length;
      const wrong = `${text.slice(0, i)}${(Number(text[i]) + by) % 10}${text.slice(i + 1)}`;
      return isJournalNumber(text) && !isJournalNumber(wrong);
    }),
  );
});

test('MOB-04 two neighbours swapped are caught, but for 09 and 90', () => {
  fc.assert(
    fc.property(number, fc.nat(), (text, place) => {
      const i = place % (text.length - 1);
      const pair = text.slice(i, i + 2);
      const swapped = `${text.slice(0, i)}${pair[1]}${pair[0]}${text.slice(i + 2)}`;
      return isJournalNumber(swapped) === (pair[0] === pair[1] || pair === '09' || pair === '90');
    }),
  );
});

test('what is no journal number is told without a look at the books', () => {
  for (const bad of [
    '',
    'x',
    '2611230042',
    '261123004x1',
    ' 26112300421',
    '26112300421\n',
    '261123000000000',
  ])
    expect(isJournalNumber(bad), bad).toBe(false);
});

test('MOB-04 a number that checks but has a blank, a line break or too many digits about it is none', () => {
  const good = journalNumber('2026-11-23', 42);
  expect(isJournalNumber(good)).toBe(true);
  // The check digit alone would let them pass: a blank counts as 0, and noughts in front change no sum.
  for (const bad of [` ${good}`, `${good}\n`, `0000${good}`]) expect(isJournalNumber(bad), bad).toBe(false);
});

test('numbers of one day are all different and in order', () => {
  const numbers = Array.from({ length: 3_000 }, (_, i) => journalNumber('2026-11-23', i + 1));
  expect(new Set(numbers).size).toBe(3_000);
  expect([...numbers].sort()).toEqual(numbers);
});

test('S13 a receipt number tells its day and its place in it', () => {
  expect(receiptNumber('2026-11-23', 7)).toBe('261123-0007');
  expect(receiptNumber('2026-11-23', 12_345)).toBe('261123-12345');
});
