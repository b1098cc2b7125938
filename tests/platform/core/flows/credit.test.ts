import { describe, expect, test } from 'vitest';
import { creditOf } from '../../../../platform/core/views.ts';
import { orderId } from '../../../support/ids.ts';
import { CLERK, carrierOf, OFFICE, OUTLET, smallPlatform, TELLER } from '../../../support/small-platform.ts';

const A = orderId(1);
const B = orderId(2);
const C = orderId(3);

const bought = (creditFen = 50_000) => {
  const platform = smallPlatform({ creditFen: 0 });
  const buy = (id: string, amountFen: number, who = CLERK, outlet = OUTLET) =>
    platform.command(who, { type: 'buyCredit', id, outlet, amountFen });
  const take = (id: string, purchase: string, who = CLERK) =>
    platform.command(who, { type: 'voidCredit', id, purchase });
  buy(A, creditFen);
  return { ...platform, platform, buy, take };
};

test('CRD-01 the credit of an outlet: its name, what was bought less spent, what is held, what may be spent', () => {
  const { platform, state } = bought(100_000);
  expect(creditOf(state, OUTLET)).toEqual({
    outlet: OUTLET,
    name: '春熙路报刊亭',
    balanceFen: 100_000,
    heldFen: 0,
    availableFen: 100_000,
  });
  platform.pay(B);
  expect(creditOf(state, OUTLET)).toMatchObject({
    balanceFen: 100_000,
    heldFen: 5_000,
    availableFen: 95_000,
  });
  carrierOf(platform).succeeded(B);
  expect(creditOf(state, OUTLET)).toMatchObject({ balanceFen: 95_000, heldFen: 0, availableFen: 95_000 });
  expect(creditOf(state, OFFICE), 'an office has no credit').toBeUndefined();
  expect(creditOf(state, '99999999')).toBeUndefined();
});

describe('CRD-02 buying credit', () => {
  test('at least 500 yuan, any number of times, with a receipt that tells the new balance', () => {
    const { platform, buy } = bought();
    expect(buy(B, 49_999)).toMatchObject({ ok: false, code: 'platform.amountNotAllowed' });
    expect(buy(C, 50_001)).toMatchObject({
      ok: true,
      order: { state: 'succeeded', balanceAfterFen: 100_001, receipt: { number: '261123-0002' } },
    });
    expect(platform.available()).toBe(100_001);
    expect(platform.order(C).prints).toMatchObject([{ copy: 0, organisation: OFFICE }]);
    expect(platform.state.ledger.get(`cash:${OFFICE}`)).toMatchObject({ debit: 100_001, credit: 0 });
  });

  test.each([0, -50_000, 50_000.5, Number.NaN, Number.POSITIVE_INFINITY])('%d fen is refused', (amount) => {
    const { buy, platform } = bought();
    expect(buy(B, amount)).toMatchObject({ ok: false, code: 'platform.amountNotAllowed' });
    expect(platform.available()).toBe(50_000);
  });

  test('only for an outlet that is there', () => {
    const { buy } = bought();
    expect(buy(B, 50_000, CLERK, '99999999')).toMatchObject({ ok: false, code: 'platform.outletUnknown' });
    expect(buy(B, 50_000, CLERK, OFFICE)).toMatchObject({ ok: false, code: 'platform.outletUnknown' });
  });

  test('the same id is bought once; with another amount it is a conflict', () => {
    const { buy, platform } = bought();
    expect(buy(A, 50_000)).toMatchObject({ ok: true, order: { id: A } });
    expect(buy(A, 60_000)).toMatchObject({ ok: false, code: 'platform.orderConflict' });
    expect(platform.available()).toBe(50_000);
  });

  test('ACC-03 a teller can not sell credit to the own outlet', () => {
    const { buy, platform } = bought();
    expect(buy(B, 50_000, TELLER as typeof CLERK)).toMatchObject({ ok: false, code: 'platform.forbidden' });
    expect(platform.available()).toBe(50_000);
  });
});

describe('CRD-03 taking a purchase back', () => {
  test('the same business day, once, with a receipt of its own', () => {
    const { take, platform } = bought();
    expect(take(B, A)).toMatchObject({
      ok: true,
      order: { kind: 'creditVoid', voids: A, balanceAfterFen: 0 },
    });
    expect(platform.order(A).voidedBy).toBe(B);
    expect(platform.available()).toBe(0);
    expect(take(C, A)).toMatchObject({ ok: false, code: 'platform.voidNotAllowed' });
    expect(platform.state.ledger.get(`cash:${OFFICE}`)).toMatchObject({ debit: 50_000, credit: 50_000 });
  });

  test('the same id again is the same void', () => {
    const { take, platform } = bought();
    take(B, A);
    expect(take(B, A)).toMatchObject({ ok: true, order: { id: B } });
    expect(platform.available()).toBe(0);
  });

  test('not after the day cut', () => {
    const { take, platform } = bought();
    platform.command({ kind: 'system' }, { type: 'cutDay' });
    expect(take(B, A)).toMatchObject({ ok: false, code: 'platform.voidNotAllowed' });
    expect(platform.available()).toBe(50_000);
  });

  test('only while the credit covers it, and held credit does not', () => {
    const { take, platform } = bought();
    platform.pay(B, 1_000);
    expect(take(C, A)).toMatchObject({ ok: false, code: 'platform.voidNotAllowed' });
    carrierOf(platform).failed(B, 'counterpart.declined');
    expect(take(C, A), 'a refused id stays refused').toMatchObject({ ok: false });
    expect(take(orderId(4), A)).toMatchObject({ ok: true });
  });

  test('only at the office that holds the cash: for another one the purchase is not there', () => {
    const { take, platform } = bought();
    const elsewhere = { ...CLERK, organisation: '51019902' } as typeof CLERK;
    expect(take(B, A, elsewhere)).toEqual({ ok: false, code: 'platform.notFound', detail: A });
    expect(platform.available()).toBe(50_000);
  });

  test('MOB-05 a payment is no purchase: it can not be taken back here', () => {
    const { take, platform } = bought();
    platform.pay(B);
    carrierOf(platform).succeeded(B);
    expect(take(C, B)).toMatchObject({ ok: false, code: 'platform.notFound' });
    expect(take(C, orderId(9))).toMatchObject({ ok: false, code: 'platform.notFound' });
  });

  test('a void can not be voided, and a refused purchase is none', () => {
    const { take, buy, platform } = bought();
    take(B, A);
    expect(take(C, B)).toMatchObject({ ok: false });
    buy(orderId(5), 100);
    expect(take(orderId(6), orderId(5))).toMatchObject({ ok: false, code: 'platform.voidNotAllowed' });
    expect(platform.available()).toBe(0);
  });
});
