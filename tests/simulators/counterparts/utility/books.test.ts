import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Books, createBooks } from '../../../../simulators/counterparts/utility/books.ts';
import { TEST_CUSTOMERS } from '../../../../simulators/counterparts/utility/customers.ts';
import type { BookEvent, Standing } from '../../../../simulators/counterparts/utility/entries.ts';
import { START, UtilityBench } from './bench.ts';

const fenOf = (books: Books, ...standings: Standing[]) =>
  [...books.purchases()].reduce(
    (sum, { standing, amountFen }) => sum + (standings.includes(standing) ? amountFen : 0),
    0,
  );
const isOpen = (standing: Standing) => standing === 'ordered' || standing === 'voidOrdered';
/** One of the purchases, most of the time. */
function pick(books: Books, nth: number): string {
  const keys = [...books.purchases()].filter(({ standing }) => standing !== 'failed').map(({ key }) => key);
  return keys[nth % (keys.length + 1)] ?? 'nobody';
}

const KINDS = ['confirm', 'cancel', 'confirmVoid', 'cancelVoid'] as const;

/** The sums are led by the events, the purchases by their standing: they must say the same. */
function balanced(books: Books): void {
  const { ordered, open, confirmed, cancelled, voided } = books.sums();
  expect(ordered).toBe(open + confirmed + cancelled + voided);
  expect([open, confirmed, cancelled, voided]).toEqual([
    fenOf(books, 'ordered', 'voidOrdered'),
    fenOf(books, 'confirmed'),
    fenOf(books, 'cancelled'),
    fenOf(books, 'voided'),
  ]);
  const balances = [...books.customers()].map(({ meterNo }) => books.balanceFor(meterNo));
  expect(balances.reduce((a, b) => a + b, 0)).toBe(fenOf(books, 'confirmed', 'voidOrdered'));
  for (const balance of balances) expect(balance).toBeGreaterThanOrEqual(0);
}

function oneOpenPerMeter(books: Books): void {
  const meters = [...books.purchases()]
    .filter(({ standing }) => isOpen(standing))
    .map(({ customerNo }) => books.customer(customerNo)?.meterNo);
  expect(new Set(meters).size).toBe(meters.length);
}

const digits = fc.constantFrom(
  '0001',
  '0001',
  '0002',
  '0003',
  '9903',
  '9905',
  '9906',
  '9908',
  '9914',
  '9915',
);
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('order' as const),
      key: fc.nat(24),
      digits,
      yuan: fc.integer({ min: 1, max: 60_000 }),
      ahead: fc.constantFrom(0, 0, 0, 1, -1),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom(...KINDS, 'confirm' as const, 'confirm' as const),
      original: fc.nat(11),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('orderVoid' as const), key: fc.nat(9), original: fc.nat(11) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(1, 41) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

test('UTL-002 UTL-006 whatever is asked: Σ ordered = open + confirmed + cancelled + voided, one open order per meter, counts go by one, a key has one effect', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 40, maxLength: 120, size: 'max' }), (steps) => {
      const bench = new UtilityBench();
      for (const [i, each] of steps.entries()) {
        const counts = new Map([...bench.books.customers()].map((c) => [c.customerNo, c.wallet.count]));
        const before = bench.kept.length;
        if (each.kind === 'order')
          bench.order(`K${each.key}`, each.digits, {
            amountFen: each.yuan * 100,
            count: bench.customer(each.digits).wallet.count + 1 + each.ahead,
          });
        else if (each.kind === 'orderVoid') {
          const originalKey = pick(bench.books, each.original);
          const amountFen = bench.books.purchase(originalKey)?.amountFen ?? 100;
          bench.command('orderVoid', `V${each.key}`, { originalKey, amountFen });
        } else if (each.kind === 'pass') bench.pass(each.minutes * 60_000);
        else if (each.kind === 'restart') bench.restart();
        else bench.command(each.kind, `E${i}`, { originalKey: pick(bench.books, each.original) });
        balanced(bench.books);
        oneOpenPerMeter(bench.books);
        const events = bench.kept.slice(before);
        for (const { kind } of events) seen.set(kind, (seen.get(kind) ?? 0) + 1);
        // A count goes up by one when a purchase is confirmed, and down by one when it is voided.
        const moved = [...bench.books.customers()].reduce(
          (sum, { customerNo, wallet }) => sum + wallet.count - (counts.get(customerNo) ?? 0),
          0,
        );
        const [last] = events;
        expect(moved).toBe(last?.kind === 'confirmed' ? 1 : last?.kind === 'voidConfirmed' ? -1 : 0);
      }
      const keys = bench.kept.flatMap((event) =>
        event.kind === 'ordered' || event.kind === 'declined'
          ? [event.key]
          : event.kind === 'voidOrdered'
            ? [event.voidKey]
            : [],
      );
      expect(new Set(keys).size).toBe(keys.length);
      const again = createBooks(JSON.parse(JSON.stringify(bench.kept)) as BookEvent[]);
      expect([...again.purchases()]).toEqual([...bench.books.purchases()]);
      expect([...again.customers()]).toEqual([...bench.books.customers()]);
      expect(again.sums()).toEqual(bench.books.sums());
    }),
    { numRuns: 150 },
  );
  // Each kind of event has been there, often.
  for (const kind of ['declined', 'cancelled', 'voidOrdered', 'voidConfirmed', 'voidCancelled'])
    expect(seen.get(kind), kind).toBeGreaterThan(20);
});

const [customer] = TEST_CUSTOMERS;
if (!customer) throw new Error('there is no customer');
const { customerNo } = customer;
const known: BookEvent = { kind: 'customer', at: START, customer };
const ordered: BookEvent = {
  kind: 'ordered',
  at: START,
  key: 'K1',
  customerNo,
  amountFen: 100,
  returned: '',
};
const confirmed: BookEvent = { kind: 'confirmed', at: START, key: 'K1' };
const voidOrdered: BookEvent = { kind: 'voidOrdered', at: START, key: 'K1', voidKey: 'V1' };
const voidCancelled: BookEvent = { kind: 'voidCancelled', at: START, key: 'K1' };

test('UTL-002 UTL-005 events that would sell, end or void twice are refused', () => {
  for (const [events, why] of [
    [[ordered], 'there is no customer'],
    [[known, ordered, ordered], 'K1 is known'],
    [[known, ordered, { ...ordered, key: 'K2' }], 'K1 is open on meter'],
    [[known, confirmed], 'there is no purchase K1'],
    [[known, ordered, confirmed, confirmed], 'K1 is confirmed'],
    [[known, ordered, confirmed, { ...confirmed, kind: 'cancelled' }], 'K1 is confirmed'],
    [[known, ordered, voidOrdered], 'K1 is ordered'],
    [[known, ordered, confirmed, voidOrdered, voidCancelled, voidOrdered], 'the void V1 is known'],
    [[known, ordered, known], 'K1 is open on meter'],
    [[known, { kind: 'customer', at: 0, customer: { ...customer, customerNo: '1' } }], 'is customer'],
  ] satisfies [BookEvent[], string][])
    expect(() => createBooks(events)).toThrow(why);
});

test('UTL-007 the books take no void of a purchase that is not the last of its card', () => {
  const second: BookEvent[] = [
    { ...ordered, key: 'K2' },
    { ...confirmed, key: 'K2' },
  ];
  expect(() => createBooks([known, ordered, confirmed, ...second, voidOrdered])).toThrow(
    'the last purchase of the card is number 9',
  );
});
