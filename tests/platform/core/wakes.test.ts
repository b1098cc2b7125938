import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextWake, noWakes, setWake, takeDue } from '../../../platform/core/wakes.ts';

type Step = { kind: 'set'; key: string; at: number | undefined } | { kind: 'take'; now: number };

const key = fc.constantFrom('a', 'b', 'c', 'd', 'day');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), key, at: fc.option(fc.nat(12), { nil: undefined }) }),
  fc.record({ kind: fc.constant('take' as const), now: fc.nat(12) }),
);

test('wakes behave as a list that is sorted by time and key before every look', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const wakes = noWakes();
      const model = new Map<string, number>();
      const first = () => [...model].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))[0];
      for (const s of steps) {
        if (s.kind === 'set') {
          setWake(wakes, s.key, s.at);
          if (s.at === undefined) model.delete(s.key);
          else model.set(s.key, s.at);
        } else {
          const next = first();
          const expected = next && next[1] <= s.now ? next[0] : undefined;
          expect(takeDue(wakes, s.now)).toBe(expected);
          if (expected) model.delete(expected);
        }
        expect(nextWake(wakes)).toBe(first()?.[1]);
        expect(wakes.due).toEqual(model);
      }
    }),
    { numRuns: 500 },
  );
});

test('a key has one wake: setting it again moves it, and it rings once', () => {
  const wakes = noWakes();
  setWake(wakes, 'a', 5);
  setWake(wakes, 'a', 9);
  setWake(wakes, 'a', 5);
  expect(takeDue(wakes, 100)).toBe('a');
  expect(takeDue(wakes, 100)).toBeUndefined();
  expect(nextWake(wakes)).toBeUndefined();
});

test('replaced wakes leave nothing behind: memory follows what waits, not what was asked for', () => {
  const wakes = noWakes();
  for (let n = 0; n < 10_000; n++) setWake(wakes, `order-${n % 10}`, n + 1_000_000);
  expect(wakes.heap.length).toBeLessThan(200);
  const taken: string[] = [];
  for (let key = takeDue(wakes, 2_000_000); key !== undefined; key = takeDue(wakes, 2_000_000))
    taken.push(key);
  expect(taken).toEqual(Array.from({ length: 10 }, (_, i) => `order-${i}`));
});
