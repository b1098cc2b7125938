import fc from 'fast-check';
import { expect, test } from 'vitest';
import { play } from './core-run.ts';
import { step } from './core-steps.ts';

const seen = new Map<string, number>();

test('S1–S4 S7–S9 S11 S13 S14 S16 N3 whatever people, carrier, printer, clock and crashes do, in any order', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), (steps) => {
      const { world, driver } = play(steps);
      for (const [name, count] of world.marks) seen.set(name, (seen.get(name) ?? 0) + count);

      const sheets = new Map<string, number[]>();
      for (const { order, copy } of driver.paper) sheets.set(order, [...(sheets.get(order) ?? []), copy]);
      for (const [order, copies] of sheets)
        expect(
          new Set(copies).size,
          `S13 ${order}: no two sheets are both the original, or the same copy`,
        ).toBe(copies.length);
      const performs = world.published
        .filter((m) => m.type === 'yizhan.carrier.perform')
        .map((m) => m.correlation);
      expect(new Set(performs).size, 'S5 an order is sent once').toBe(performs.length);
      const ids = world.published.map((m) => m.id);
      expect(new Set(ids).size, 'ENV-004 every message has its own id').toBe(ids.length);
    }),
    { numRuns: 300 },
  );
});

test('… and the runs above did reach the rare branches', () => {
  for (const name of [
    'case-lateFailure',
    'case-lateSuccess',
    'case-mismatch',
    'credit-void-refused',
    'day-cut',
    'inquiry-held',
    'late-success-unknown',
    'order-conflict',
    'order-repeated',
    'manual',
    'overdue-alert',
    'platform.creditInsufficient',
    'platform.lookAlike',
    'print-resent',
    'print-waits',
    'unknown',
  ])
    expect(seen.get(name) ?? 0, name).toBeGreaterThan(0);
});
