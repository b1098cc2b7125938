import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assertFen, formatYuan } from '../../../platform/core/money.ts';

test('yuan are printed with two decimals, whatever the sign and size', () => {
  expect([0, 5, 50, 100, 1_234, -1, -1_234, 100_000_000].map(formatYuan)).toEqual([
    '0.00',
    '0.05',
    '0.50',
    '1.00',
    '12.34',
    '-0.01',
    '-12.34',
    '1000000.00',
  ]);
});

test('the printed amount is the amount: no fen is lost on the way', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (fen) => {
      const [, sign, yuan, rest] = /^(-?)(\d+)\.(\d\d)$/.exec(formatYuan(fen)) ?? [];
      return BigInt(`${sign}${yuan}${rest}`) === BigInt(fen);
    }),
  );
});

test('ENV-006 what is no whole number of fen is refused with its name and value', () => {
  for (const bad of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 0.1 + 0.2])
    expect(() => assertFen(bad, 'transfer hold.1')).toThrow(
      `transfer hold.1 must be a whole number of fen, not ${bad}`,
    );
  expect(() => assertFen(-3, 'x')).not.toThrow();
});
