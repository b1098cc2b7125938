import fc from 'fast-check';
import type { Fate } from './driver-twin.ts';

/**
 * What may happen to a core. `order` is the number of an id where an order is made, and elsewhere counts back from the
 * youngest order; all numbers are small, so that repeats, conflicts and mix-ups are common.
 */
export type Step =
  | { do: 'pay'; order: number; outlet: number; phone: number; amountFen: number; again: boolean }
  /** The `which`-th payment so far once more, by its own id or as a new order of the same content. */
  | { do: 'payAgain'; which: number; order: number; newId: boolean; again: boolean }
  | { do: 'buy'; order: number; outlet: number; amountFen: number }
  | { do: 'void'; order: number; purchase: number }
  | { do: 'inquire' | 'reprint'; order: number; outlet: number }
  | { do: 'resolve'; order: number; outcome: 'succeeded' | 'failed' }
  | { do: 'carrier'; order: number; says: Says; about: number; code: number }
  | { do: 'print'; which: number; fate: Fate }
  | { do: 'askPrinter'; which: number }
  | { do: 'deliver'; which: number; again: boolean }
  | { do: 'presence'; place: 'carrier' | 'printer'; online: boolean; epoch: number }
  | { do: 'pass'; ms: number }
  | { do: 'cut' | 'snap' }
  | { do: 'restart'; from: 'genesis' | 'snapshot' };

export type Says =
  | 'accepted'
  | 'processing'
  | 'success'
  | 'wrongAmount'
  | 'wrongAccount'
  | 'failure'
  | 'unknown'
  | 'malformed'
  | 'booksSucceeded'
  | 'booksFailed'
  | 'booksProcessing'
  | 'booksUnknown'
  | 'booksNotFound'
  | 'booksMalformed';

const order = fc.nat(14);
/** Mostly one of the youngest. */
const recent = fc.oneof({ weight: 4, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(14) });
const outlet = fc.nat(1);
const one = <T>(...values: T[]) => fc.constantFrom(...values);

const says: fc.Arbitrary<Says> = fc.oneof(
  { weight: 3, arbitrary: one<Says>('accepted', 'processing', 'success', 'failure') },
  { weight: 3, arbitrary: one<Says>('booksNotFound', 'booksSucceeded', 'booksFailed', 'unknown') },
  {
    weight: 2,
    arbitrary: one<Says>(
      'wrongAmount',
      'wrongAccount',
      'malformed',
      'booksProcessing',
      'booksUnknown',
      'booksMalformed',
    ),
  },
);

const MINUTE = 60_000;
const actions = <const S extends string>(...values: S[]) => fc.constantFrom(...values);

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: actions('pay'),
      order,
      outlet: one(0, 0, 1),
      phone: one(0, 0, 0, 1, 1, 2),
      amountFen: one(1_000, 1_000, 1_000, 20_000, 30_000, 50_000, 900),
      again: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: actions('payAgain'),
      which: recent,
      order,
      newId: fc.boolean(),
      again: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: actions('buy'), order, outlet, amountFen: one(50_000, 50_000, 49_999) }),
  },
  { weight: 2, arbitrary: fc.record({ do: actions('void'), order, purchase: recent }) },
  { weight: 3, arbitrary: fc.record({ do: actions('inquire', 'reprint'), order: recent, outlet }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: actions('resolve'), order: recent, outcome: actions('succeeded', 'failed') }),
  },
  {
    weight: 16,
    arbitrary: fc.record({
      do: actions('carrier'),
      order: recent,
      says,
      about: one(0, 0, 0, 1, 2, 5, 6),
      code: fc.nat(7),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: actions('print'),
      which: fc.nat(3),
      fate: one<Fate>(
        'lost',
        'lost',
        'printed',
        'printed',
        'paperOut',
        'partly',
        'unsure',
        'unsurePrinted',
        'slow',
      ),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: actions('askPrinter'), which: fc.nat(3) }) },
  { weight: 9, arbitrary: fc.record({ do: actions('deliver'), which: fc.nat(5), again: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: actions('presence'),
      place: actions('carrier', 'printer'),
      online: one(true, true, false),
      epoch: fc.nat(1),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      do: actions('pass'),
      ms: one(0, 25, 10_000, 15_000, 15_000, MINUTE, MINUTE, 5 * MINUTE, 11 * MINUTE),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: actions('pass'), ms: one(13 * 60 * MINUTE, 25 * 60 * MINUTE) }) },
  { weight: 1, arbitrary: fc.record({ do: actions('cut') }) },
  { weight: 1, arbitrary: fc.record({ do: actions('snap') }) },
  { weight: 1, arbitrary: fc.record({ do: actions('restart'), from: actions('genesis', 'snapshot') }) },
);
