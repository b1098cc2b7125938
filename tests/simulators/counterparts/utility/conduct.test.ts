import { expect, test } from 'vitest';
import { CONDUCTS, createConduct, readScript } from '../../../../simulators/counterparts/utility/conduct.ts';
import { UtilityBench } from './bench.ts';

const customerNo = '510100000001';
const other = '510100000002';
const declined = '510100009905';

test('a script «fail the first two, then succeed» beats magic numbers, and can be for one customer', () => {
  const script = readScript([
    { customerNo: other, conduct: { upstream: 'order', tell: 'nothing', delayMs: 5, denies: 1 } },
    { times: 2, conduct: 'down' },
    { conduct: 'success' },
  ]);
  const conductOf = createConduct({ script });
  const given = [customerNo, other, declined, customerNo].map((each, i) =>
    conductOf({ key: `K${i}`, customerNo: each }),
  );
  expect(given).toEqual([
    CONDUCTS.down,
    { upstream: 'order', tell: 'nothing', delayMs: 5, denies: 1 },
    CONDUCTS.down,
    CONDUCTS.success,
  ]);
});

test('the same key is asked for again and again, for its seals and its end, and uses a rule up once', () => {
  const bench = new UtilityBench([{ times: 1, conduct: { upstream: 'order', tell: 'result', noSeal: 1 } }]);
  const { cardSerial } = bench.customer('0001');
  const seal = (key: string, serial: string) =>
    bench.seal(key, 'purchase', '0011223344556677', serial)?.error?.code ?? 'sealed';
  bench.order('K1', '0001');
  expect([seal('K1', cardSerial), seal('K1', cardSerial), seal('K1', cardSerial)]).toEqual([
    'counterpart.timeout',
    'sealed',
    'sealed',
  ]);
  bench.order('K2', '0002');
  expect(seal('K2', bench.customer('0002').cardSerial)).toBe('sealed');
});

test('rules that are added to a running utility come before script, magic numbers and seed, each as often as it says', () => {
  const conductOf = createConduct({ script: [{ conduct: 'closedAccount' }], seed: 7 });
  let no = 0;
  const next = (who: string) => conductOf({ key: `K${no++}`, customerNo: who });
  conductOf.add({ conduct: 'down', times: 2 });
  conductOf.add({ conduct: 'lostReply', times: 1, customerNo });
  expect([next(other), next(declined), next(declined), next(customerNo), next(customerNo)]).toEqual([
    CONDUCTS.down,
    CONDUCTS.down,
    CONDUCTS.closedAccount,
    CONDUCTS.lostReply,
    CONDUCTS.closedAccount,
  ]);
});

test('a wrong script is refused with its place and the names that are allowed', () => {
  expect(() => readScript([{ conduct: 'explode' }])).toThrow(
    /wrong at \/0\/conduct.*one of success, noSuchCustomer/,
  );
  expect(() => readScript([{ times: 0, conduct: 'down' }])).toThrow(/wrong at \/0\/times/);
});

test('a seed gives the same story for the same key in any order, every kind of story, and mostly success', () => {
  const keys = Array.from({ length: 2_000 }, (_, i) => `K${i}`);
  const run = (seed: number, order: string[]) => {
    const conductOf = createConduct({ seed });
    return new Map(order.map((key) => [key, conductOf({ key, customerNo })]));
  };
  const forward = run(7, keys);
  const backward = run(7, keys.toReversed());
  for (const key of keys) expect(backward.get(key)).toBe(forward.get(key));
  const successes = [...forward.values()].filter((each) => each === CONDUCTS.success).length;
  expect(successes / keys.length).toBeGreaterThan(0.7);
  expect(successes / keys.length).toBeLessThan(0.85);
  expect(new Set(forward.values()).size).toBe(15);
  expect([...run(8, keys).values()]).not.toEqual([...forward.values()]);
});
