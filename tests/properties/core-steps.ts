import fc from 'fast-check';
import type { Fate } from './driver-twin.ts';

/** What may happen to a core. Orders and messages are named by small numbers, so that repeats, conflicts and mix-ups are common. */
export type Step =
  | { do: 'pay'; order: number; outlet: number; phone: number; amountFen: number; again: boolean }
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

export const ORDERS = 9;
const order = fc.nat(ORDERS - 1);
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

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      do: one('pay' as const),
      order,
      outlet,
      phone: fc.nat(2),
      amountFen: one(1_000, 20_000, 30_000, 50_000, 900),
      again: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: one('buy' as const), order, outlet, amountFen: one(50_000, 50_001, 49_999) }),
  },
  { weight: 2, arbitrary: fc.record({ do: one('void' as const), order, purchase: order }) },
  { weight: 3, arbitrary: fc.record({ do: one('inquire' as const, 'reprint' as const), order, outlet }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: one('resolve' as const),
      order,
      outcome: one('succeeded' as const, 'failed' as const),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({ do: one('carrier' as const), order, says, about: fc.nat(6), code: fc.nat(7) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: one('print' as const),
      which: fc.nat(3),
      fate: one<Fate>('lost', 'printed', 'printed', 'paperOut', 'partly', 'unsure', 'unsurePrinted', 'slow'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: one('askPrinter' as const), which: fc.nat(3) }) },
  { weight: 8, arbitrary: fc.record({ do: one('deliver' as const), which: fc.nat(5), again: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: one('presence' as const),
      place: one('carrier' as const, 'printer' as const),
      online: fc.boolean(),
      epoch: fc.nat(1),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      do: one('pass' as const),
      ms: one(0, 25, 10_000, 15_000, MINUTE, 5 * MINUTE, 11 * MINUTE),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: one('pass' as const), ms: one(13 * 60 * MINUTE, 25 * 60 * MINUTE) }),
  },
  { weight: 2, arbitrary: fc.record({ do: one('cut' as const, 'snap' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: one('restart' as const), from: one('genesis' as const, 'snapshot' as const) }),
  },
);
