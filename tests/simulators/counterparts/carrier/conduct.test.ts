import { expect, test } from 'vitest';
import { CONDUCTS, createConduct, readScript } from '../../../../simulators/counterparts/carrier/conduct.ts';

const account = '13808001234';

test('a script «fail the first two, then succeed» beats magic numbers, and can be for one number', () => {
  const script = readScript([
    { account: '13808005678', conduct: { upstream: 'charge', tell: 'nothing', delayMs: 5 } },
    { times: 2, conduct: 'down' },
    { conduct: 'success' },
  ]);
  const conduct = createConduct({ script });
  const given = [account, '13808005678', '13808009901', account].map((each, i) =>
    conduct({ key: `K${i}`, account: each }),
  );
  expect(given).toEqual([
    CONDUCTS.down,
    { upstream: 'charge', tell: 'nothing', delayMs: 5 },
    CONDUCTS.down,
    CONDUCTS.success,
  ]);
});

test('a wrong script is refused with its place and the names that are allowed', () => {
  expect(() => readScript([{ conduct: 'explode' }])).toThrow(
    /wrong at \/0\/conduct.*one of success, noSuchAccount/,
  );
});

test('a seed gives the same story for the same key in any order, several stories, and mostly success', () => {
  const keys = Array.from({ length: 2_000 }, (_, i) => `K${i}`);
  const run = (seed: number, order: string[]) => {
    const conduct = createConduct({ seed });
    return new Map(order.map((key) => [key, conduct({ key, account })]));
  };
  const forward = run(7, keys);
  const backward = run(7, keys.toReversed());
  for (const key of keys) expect(backward.get(key)).toBe(forward.get(key));
  const successes = [...forward.values()].filter((each) => each === CONDUCTS.success).length;
  expect(successes / keys.length).toBeGreaterThan(0.75);
  expect(successes / keys.length).toBeLessThan(0.9);
  expect(new Set(forward.values()).size).toBe(12);
  expect([...run(8, keys).values()]).not.toEqual([...forward.values()]);
});
