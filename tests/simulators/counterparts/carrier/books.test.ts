import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Books, createBooks } from '../../../../simulators/counterparts/carrier/books.ts';
import type { BookEvent } from '../../../../simulators/counterparts/carrier/entries.ts';
import { CarrierBench, START } from './bench.ts';

const sum = (fen: Iterable<number>) => [...fen].reduce((a, b) => a + b, 0);

function balanced(books: Books): void {
  const charges = [...books.charges()];
  const charged = charges
    .filter(({ standing }) => standing === 'succeeded')
    .map(({ amountFen }) => amountFen);
  const reversed = [...books.applications()]
    .filter(({ standing }) => standing === 'reversed')
    .map(({ originalKey }) => books.charge(originalKey)?.amountFen ?? Number.NaN);
  expect(sum([...books.subscribers()].map(({ balanceFen }) => balanceFen))).toBe(
    sum(charged) - sum(reversed),
  );
  for (const { balanceFen } of books.subscribers()) expect(balanceFen).toBeGreaterThanOrEqual(0);
}

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('topUp' as const),
      key: fc.nat(3),
      digits: fc.constantFrom('1234', '1234', '5678', '5678', '9901', '9903', '9905', '9907', '9910', '9913'),
      yuan: fc.integer({ min: 1, max: 50 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('apply' as const), key: fc.nat(5), original: fc.nat(3) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      minutes: fc.constantFrom(0.1, 1, 17, 31, 45),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

test('Σ balances = Σ charges − Σ reversals, a key counts once, and the events alone give the books back', () => {
  let reversed = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
      const bench = new CarrierBench();
      for (const each of steps) {
        if (each.kind === 'topUp') bench.topUp(`K${each.key}`, `1380800${each.digits}`, each.yuan * 100);
        else if (each.kind === 'apply') bench.apply(`V${each.key}`, `K${each.original}`);
        else if (each.kind === 'pass') bench.pass(each.minutes * 60_000);
        else bench.restart();
        balanced(bench.books);
      }
      const again = createBooks(JSON.parse(JSON.stringify(bench.kept)) as BookEvent[]);
      expect([...again.charges()]).toEqual([...bench.books.charges()]);
      expect([...again.applications()]).toEqual([...bench.books.applications()]);
      expect([...again.subscribers()]).toEqual([...bench.books.subscribers()]);
      const numbers = [...again.charges()].map(({ counterpartNo }) => counterpartNo);
      expect(new Set(numbers).size).toBe(numbers.length);
      reversed += [...again.applications()].filter(({ standing }) => standing === 'reversed').length;
    }),
    { numRuns: 200 },
  );
  expect(reversed).toBeGreaterThan(20);
});

test('events that would charge or reverse twice are refused', () => {
  const taken: BookEvent = { kind: 'taken', at: START, key: 'K1', account: '13808001234', amountFen: 100 };
  const charged: BookEvent = { kind: 'charged', at: START, key: 'K1' };
  const applied: BookEvent = { kind: 'applied', at: START, key: 'V1', originalKey: 'K1' };
  const decided: BookEvent = { kind: 'decided', at: START, key: 'V1', standing: 'reversed' };
  for (const twice of [taken, charged, applied, decided])
    expect(() => createBooks([taken, charged, applied, decided, twice])).toThrow(
      `can't take «${twice.kind}»`,
    );
  expect(() => createBooks([charged])).toThrow('charge K1 is not known');
});

test('a closed subscriber is declined whatever the conduct is', () => {
  const bench = new CarrierBench();
  bench.books.apply({ kind: 'subscriber', account: '13808001234', arrearsFen: 0, status: 'closed' });
  const told = bench.topUp('K1', '13808001234');
  bench.pass(1_000);
  expect(told.at(-1)?.what).toBe('counterpart.accountClosed');
});
