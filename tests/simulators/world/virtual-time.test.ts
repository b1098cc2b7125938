import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { virtualTime } from '../../../simulators/world/virtual-time.ts';

const START = Date.UTC(2026, 10, 23, 1);
const never = () => false;

describe('virtual time', () => {
  test('moves only to what is due next, and to the limit where nothing is left', () => {
    const time = virtualTime(START);
    const came: number[] = [];
    for (const ms of [500, 20, 7_000]) time.after(ms, () => came.push(time.now() - START));
    expect(time.now()).toBe(START);
    expect(time.run(never, 1_000)).toBe(false);
    expect(came).toEqual([20, 500]);
    expect([time.now(), time.count]).toEqual([START + 1_000, 2]);
    expect(time.run(never, 6_000)).toBe(false);
    expect(came).toEqual([20, 500, 7_000]);
    expect(time.now()).toBe(START + 7_000);
  });

  test('runs what is asked for at one instant in the order of asking, however it was asked for', () => {
    const time = virtualTime(START);
    const came: string[] = [];
    time.after(100, () => {
      came.push('a');
      // Later in this instant: behind everything that already stands there.
      time.after(0, () => came.push('d'));
      time.after(-5, () => came.push('e'));
    });
    time.after(100, () => came.push('b'));
    time.after(60, () => time.after(40, () => came.push('c')));
    time.run(never, 200);
    expect(came).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('leaves out what was taken back, also in the same instant, and does not go there for it', () => {
    const time = virtualTime(START);
    const came: string[] = [];
    const takeLast = time.after(900, () => came.push('last'));
    time.after(10, () => {
      came.push('first');
      takeSecond();
    });
    const takeSecond = time.after(10, () => came.push('second'));
    const takeDone = time.after(5, () => came.push('done'));
    time.after(20, takeLast);
    time.after(30, takeDone);
    const seen = new Set<number>();
    time.run(() => {
      seen.add(time.now() - START);
      return false;
    }, 1_000);
    expect(came).toEqual(['done', 'first']);
    expect([...seen]).toEqual([0, 5, 10, 20, 30, 1_000]);
    expect(time.count).toBe(4);
    expect(time.now()).toBe(START + 1_000);
  });

  test('stops as soon as it is told to, with the rest still to come', () => {
    const time = virtualTime(START);
    const came: number[] = [];
    for (const ms of [1, 2, 2, 3]) time.after(ms, () => came.push(ms));
    expect(time.run(() => came.length === 2, 1_000)).toBe(true);
    expect([came, time.now()]).toEqual([[1, 2], START + 2]);
    expect(time.run(() => true, 1_000)).toBe(true);
    expect(came).toHaveLength(2);
    time.run(never, 10);
    expect(came).toEqual([1, 2, 2, 3]);
  });

  test('what is due at the very limit still happens; what is due just after does not', () => {
    const time = virtualTime(START);
    const came: number[] = [];
    for (const ms of [100, 101]) time.after(ms, () => came.push(ms));
    time.run(never, 100);
    expect([came, time.now()]).toEqual([[100], START + 100]);
    // The time itself may be what is waited for.
    const empty = virtualTime(START);
    expect(empty.run(() => empty.now() === START + 5, 5)).toBe(true);
  });
});

test('many, asked for in any order and some taken back: by time, then by the order of asking', () => {
  const asks = fc.array(fc.record({ ms: fc.nat(30), isTaken: fc.boolean() }), { maxLength: 400 });
  fc.assert(
    fc.property(asks, (all) => {
      const time = virtualTime(START);
      const came: { ms: number; n: number }[] = [];
      for (const [n, { ms, isTaken }] of all.entries()) {
        const take = time.after(ms, () => came.push({ ms: time.now() - START, n }));
        if (isTaken) take();
      }
      time.run(never, 1_000);
      // The language's own sort is stable, so equal times stay in the order of asking.
      const due = all.map(({ ms, isTaken }, n) => ({ ms, n, isTaken })).filter(({ isTaken }) => !isTaken);
      expect(came).toEqual(due.sort((a, b) => a.ms - b.ms).map(({ ms, n }) => ({ ms, n })));
      expect(time.count).toBe(came.length);
    }),
    { numRuns: 200, seed: 22 },
  );
});

test('many, asked for while it runs: still in order', () => {
  const time = virtualTime(START);
  const came: { at: number; n: number }[] = [];
  let asked = 0;
  const grow = (spread: number) => {
    const n = asked++;
    const at = time.now() + spread;
    time.after(spread, () => {
      came.push({ at, n });
      expect(time.now()).toBe(at);
      if (asked < 20_000) for (const next of [spread % 7, (spread * 31 + n) % 97]) grow(next);
    });
  };
  for (const spread of [5, 5, 3]) grow(spread);
  time.run(never, 10_000_000);
  expect(came).toHaveLength(asked);
  expect(asked).toBeGreaterThanOrEqual(20_000);
  for (const [i, { at, n }] of came.slice(1).entries()) {
    const before = came[i];
    expect(before && (before.at < at || (before.at === at && before.n < n))).toBe(true);
  }
});
