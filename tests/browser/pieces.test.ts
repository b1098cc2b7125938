import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOrderId } from '../../platform/core/flows/opening.ts';
import { formatYuan } from '../../platform/core/money.ts';
import { groupPhone, parseYuan, yuan } from '../../platform/web/money.ts';
import { ulid } from '../../platform/web/ulid.ts';

describe('the page’s pieces', () => {
  it('mints ids that the platform takes, in the order of time, each once', () => {
    const ids = Array.from({ length: 2_000 }, (_, n) => ulid(1_795_000_000_000 + n));
    expect(ids.every(isOrderId)).toBe(true);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(Array.from({ length: 2_000 }, () => ulid(0))).size).toBe(2_000);
    expect(ulid(281_474_976_710_655).startsWith('7ZZZZZZZZZ')).toBe(true);
  });

  it('reads yuan by its digits: no fen is ever lost in a fraction', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), (fen) => {
        expect(parseYuan(formatYuan(fen))).toBe(fen);
        expect(yuan(fen).replaceAll(',', '')).toBe(formatYuan(fen));
      }),
    );
    expect(parseYuan('50')).toBe(5_000);
    expect(parseYuan('0.5')).toBe(50);
    expect(parseYuan('１０．５')).toBe(1_050);
    for (const wrong of ['', '-1', '1.234', '1,000', 'x', '1e3', '.5'])
      expect(parseYuan(wrong)).toBeUndefined();
  });

  it('groups a phone number 3-4-4 while it is typed', () => {
    expect(groupPhone('１３８０８００１２３４')).toBe('138 0800 1234');
    expect(['138', '1380', '1380800', '13808001', '13808001234999'].map(groupPhone)).toEqual([
      '138',
      '138 0',
      '138 0800',
      '138 0800 1',
      '138 0800 1234',
    ]);
  });
});
