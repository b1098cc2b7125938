import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  availableCredit,
  balanceOf,
  counterCashAccount,
  creditAccount,
  endHold,
  type Ledger,
  payableAccount,
  post,
  type Transfer,
} from '../../../platform/core/ledger.ts';

const CREDIT = creditAccount('51010001');
const PAYABLE = payableAccount('china-mobile');
const CASH = counterCashAccount('51019901');

const purchase = (amountFen: number): Transfer => ({
  id: 'purchase',
  kind: 'single',
  debit: CASH,
  credit: CREDIT,
  amountFen,
  at: 1,
  postingDate: '2026-11-23',
});
const hold = (amountFen: number): Transfer => ({
  ...purchase(amountFen),
  id: 'hold.1',
  kind: 'hold',
  debit: CREDIT,
  credit: PAYABLE,
});
const funded = (amountFen: number): Ledger => {
  const ledger: Ledger = new Map();
  post(ledger, purchase(amountFen));
  return ledger;
};

test('CRD-05 a hold counts in full before anything is posted', () => {
  const ledger = funded(10_000);
  post(ledger, hold(4_000));
  expect(availableCredit(ledger, '51010001')).toBe(6_000);
  expect(balanceOf(ledger, CREDIT)).toEqual({
    debit: 0,
    credit: 10_000,
    debitPending: 4_000,
    creditPending: 0,
  });
  expect(balanceOf(ledger, PAYABLE)).toEqual({ debit: 0, credit: 0, debitPending: 0, creditPending: 4_000 });
});

test('a capture posts what was held, a release gives it back', () => {
  const captured = funded(10_000);
  post(captured, hold(4_000));
  post(captured, endHold(hold(4_000), 'capture', 2, '2026-11-24'));
  expect(balanceOf(captured, CREDIT)).toEqual({
    debit: 4_000,
    credit: 10_000,
    debitPending: 0,
    creditPending: 0,
  });
  expect(balanceOf(captured, PAYABLE).credit).toBe(4_000);

  const released = funded(10_000);
  post(released, hold(4_000));
  post(released, endHold(hold(4_000), 'release', 2, '2026-11-24'));
  expect(availableCredit(released, '51010001')).toBe(10_000);
  expect(balanceOf(released, PAYABLE)).toEqual({ debit: 0, credit: 0, debitPending: 0, creditPending: 0 });
});

test('the end of a hold names it, moves the same amount, and posts in the day that is open then', () => {
  expect(endHold(hold(4_000), 'capture', 99, '2026-11-24')).toEqual({
    ...hold(4_000),
    id: 'capture.1',
    kind: 'capture',
    hold: 'hold.1',
    at: 99,
    postingDate: '2026-11-24',
  });
});

test('a hold that was ended can not be ended again', () => {
  const ledger = funded(10_000);
  post(ledger, hold(4_000));
  post(ledger, endHold(hold(4_000), 'release', 2, '2026-11-23'));
  for (const kind of ['capture', 'release'] as const)
    expect(() => post(structuredClone(ledger), endHold(hold(4_000), kind, 3, '2026-11-23'))).toThrow(
      `transfer ${kind}.1 ends a hold that is not there`,
    );
});

test('S3 a hold ends between the accounts that it was made between', () => {
  const ledger = funded(10_000);
  post(ledger, hold(4_000));
  const elsewhere: [string, Partial<Transfer>][] = [
    ['for another counterpart', { credit: payableAccount('china-unicom') }],
    ['of another outlet', { debit: creditAccount('51010002') }],
  ];
  for (const kind of ['capture', 'release'] as const)
    for (const [what, other] of elsewhere) {
      const end = { ...endHold(hold(4_000), kind, 2, '2026-11-23'), ...other };
      expect(() => post(structuredClone(ledger), end), what).toThrow('ends a hold that is not there');
    }
});

test('CRD-05 neither a hold nor a void may take the credit below zero', () => {
  const ledger = funded(10_000);
  post(ledger, hold(10_000));
  expect(() => post(structuredClone(ledger), hold(1))).toThrow(
    'credit:51010001 would go below zero (CRD-05)',
  );
  const back = { ...purchase(1), id: 'void', debit: CREDIT, credit: CASH };
  expect(() => post(structuredClone(ledger), back)).toThrow('would go below zero');
});

test('a transfer moves a positive whole amount between two accounts', () => {
  for (const bad of [0, -5])
    expect(() => post(new Map(), purchase(bad)), String(bad)).toThrow(
      'transfer purchase must move a positive amount between two accounts',
    );
  for (const bad of [0.5, Number.NaN, 2 ** 53])
    expect(() => post(new Map(), purchase(bad)), String(bad)).toThrow(
      `transfer purchase must be a whole number of fen, not ${bad}`,
    );
  expect(() => post(new Map(), { ...purchase(5), credit: CASH })).toThrow('between two accounts');
});

test('S1 S2 whatever is posted, debits equal credits, posted and pending, and credit stays at or above zero', () => {
  const move = fc.record({
    kind: fc.constantFrom('buy', 'hold', 'capture', 'release'),
    amountFen: fc.integer({ min: 1, max: 900 }),
  });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      const ledger: Ledger = new Map();
      const open: Transfer[] = [];
      for (const { kind, amountFen } of moves) {
        if (kind === 'buy') post(ledger, purchase(amountFen));
        else if (kind === 'hold') {
          if (availableCredit(ledger, '51010001') < amountFen) continue;
          open.push(hold(amountFen));
          post(ledger, hold(amountFen));
        } else {
          const first = open.shift();
          if (first) post(ledger, endHold(first, kind as 'capture' | 'release', 1, '2026-11-23'));
        }
        const all = [...ledger.values()];
        const sum = (side: 'debit' | 'credit' | 'debitPending' | 'creditPending') =>
          all.reduce((total, balance) => total + balance[side], 0);
        expect(sum('debit')).toBe(sum('credit'));
        expect(sum('debitPending')).toBe(sum('creditPending'));
        expect(balanceOf(ledger, CREDIT).debitPending).toBe(
          open.reduce((total, h) => total + h.amountFen, 0),
        );
        expect(availableCredit(ledger, '51010001')).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
