import { describe, expect, test } from 'vitest';
import { HOUR } from '../../../contracts/time.ts';
import { dayJournal, findByJournalNo, todaysOrders, viewOf } from '../../../platform/core/views.ts';
import { orderId } from '../../support/ids.ts';
import {
  CLERK,
  carrierOf,
  OUTLET,
  PHONE,
  printerOf,
  START,
  SYSTEM,
  smallPlatform,
  TELLER,
} from '../../support/small-platform.ts';

const MIDNIGHT = Date.UTC(2026, 10, 22, 16); // 2026-11-23 00:00 in Shanghai

/** Sells under the n-th id at a Shanghai time of day after 2026-11-23 00:00, with the printer away. */
function selling() {
  const platform = smallPlatform({ printer: false, creditFen: 100_000 });
  const carrier = carrierOf(platform);
  const sell = (n: number, at: number, outcome: 'success' | 'failure' | 'open' = 'success', who = TELLER) => {
    platform.runTo(MIDNIGHT + at);
    platform.command(who, {
      type: 'pay',
      id: orderId(n),
      service: 'mobile-topup',
      fields: { phone: PHONE },
      amountFen: 5_000,
      again: true,
    });
    if (outcome === 'success') carrier.succeeded(orderId(n));
    if (outcome === 'failure') carrier.failed(orderId(n), 'counterpart.declined');
  };
  const journal = (by: { service?: string; from?: string; to?: string } = { service: 'mobile-topup' }) =>
    dayJournal(platform.state, OUTLET, by).map((view) => view.id);
  return { platform, sell, journal };
}

describe('MOB-10 today’s list', () => {
  test('shows every accepted order, the newest first; the open ones are marked as needing a query', () => {
    const { platform, sell } = selling();
    sell(1, 10 * HOUR);
    sell(2, 11 * HOUR, 'failure');
    sell(3, 12 * HOUR, 'open');
    platform.pay(orderId(4), 900);
    const list = todaysOrders(platform.state, OUTLET).filter((view) => view.kind === 'payment');
    expect(list.map(({ id, state, needsQuery }) => [id, state, needsQuery])).toEqual([
      [orderId(3), 'processing', true],
      [orderId(2), 'failed', false],
      [orderId(1), 'succeeded', false],
    ]);
    platform.runTo(MIDNIGHT + 12 * HOUR + 60_000);
    expect(todaysOrders(platform.state, OUTLET)[0]).toMatchObject({ state: 'unknown', needsQuery: true });
  });

  test('shows no other outlet’s orders, and after the cut none of yesterday’s', () => {
    const { platform, sell } = selling();
    sell(1, 10 * HOUR);
    expect(todaysOrders(platform.state, '51010002')).toEqual([]);
    platform.command(SYSTEM, { type: 'cutDay' });
    expect(todaysOrders(platform.state, OUTLET)).toEqual([]);
  });
});

describe('REP-05 the day journal', () => {
  test('has every teller’s successes and nothing else', () => {
    const { sell, journal } = selling();
    sell(1, 10 * HOUR);
    sell(2, 11 * HOUR, 'failure');
    sell(3, 12 * HOUR, 'open');
    sell(4, 13 * HOUR, 'success', { ...TELLER, operator: 'T002' } as typeof TELLER);
    expect(journal()).toEqual([orderId(1), orderId(4)]);
  });

  test('by time of day, both ends included', () => {
    const { sell, journal } = selling();
    sell(1, 10 * HOUR);
    sell(2, 11 * HOUR);
    sell(3, 12 * HOUR);
    expect(journal({ service: 'mobile-topup', from: '100001', to: '110000' })).toEqual([orderId(2)]);
    expect(journal({ service: 'mobile-topup', from: '100000', to: '115959' })).toEqual([
      orderId(1),
      orderId(2),
    ]);
    expect(journal({ service: 'mobile-topup', from: '110001' })).toEqual([orderId(3)]);
  });

  test('across midnight: the business day begins at 21:00 of the day before', () => {
    const { sell, journal } = selling();
    sell(1, 20 * HOUR); // before the cut: another day
    sell(2, 22 * HOUR);
    sell(3, 26 * HOUR);
    sell(4, 34 * HOUR);
    expect(journal()).toEqual([orderId(2), orderId(3), orderId(4)]);
    expect(journal({ service: 'mobile-topup', from: '210000', to: '030000' })).toEqual([
      orderId(2),
      orderId(3),
    ]);
    expect(journal({ service: 'mobile-topup', from: '030000', to: '210000' })).toEqual([orderId(4)]);
  });

  test('by service: payments, credit purchases, or all; a voided purchase and its void are in none', () => {
    const { platform, sell, journal } = selling();
    sell(1, 10 * HOUR);
    const buy = { type: 'buyCredit', id: orderId(8), outlet: OUTLET, amountFen: 50_000 } as const;
    platform.command(CLERK, buy);
    expect(journal({ service: 'creditPurchase' })).toContain(orderId(8));
    platform.command(CLERK, { type: 'voidCredit', id: orderId(9), purchase: orderId(8) });
    expect(journal({ service: 'creditPurchase' })).not.toContain(orderId(8));
    expect(journal({})).toContain(orderId(1));
    expect(journal({})).not.toContain(orderId(9));
    expect(journal({ service: 'water' })).toEqual([]);
  });
});

test('ACC-04 a view masks the number and carries no key, no content and no printed line', () => {
  const { platform, sell } = selling();
  sell(1, 10 * HOUR);
  const text = JSON.stringify(viewOf(platform.order(orderId(1))));
  expect(text).toContain('138****1234');
  for (const secret of [PHONE, `${orderId(1)}.1`, 'lines', 'content']) expect(text).not.toContain(secret);
});

test('a view tells the receipt and its prints, the transfers, the counterpart’s number and the cases', () => {
  const platform = smallPlatform();
  platform.pay(orderId(1));
  carrierOf(platform).succeeded(orderId(1));
  printerOf(platform).failed(orderId(1), 'device.paperOut');
  carrierOf(platform).failed(orderId(1), 'counterpart.declined');
  expect(viewOf(platform.order(orderId(1)))).toMatchObject({
    counterpartNo: 'CM1',
    receipt: { number: '261123-0002', prints: [{ copy: 0, state: 'failed', error: 'device.paperOut' }] },
    transfers: [
      { kind: 'hold', debit: `credit:${OUTLET}`, credit: 'payable:china-mobile', amountFen: 5_000 },
      { kind: 'capture' },
    ],
    cases: [{ kind: 'lateFailure' }],
  });
});

test('what a view says does not change when the order does', () => {
  const platform = smallPlatform();
  platform.pay(orderId(1));
  const view = viewOf(platform.order(orderId(1)));
  const before = structuredClone(view);
  carrierOf(platform).succeeded(orderId(1));
  expect(view).toEqual(before);
});

test('MOB-04 an order is found by its outlet’s journal number, and by nobody else’s', () => {
  const platform = smallPlatform();
  platform.pay(orderId(1));
  const { journalNo = '' } = platform.order(orderId(1));
  expect(findByJournalNo(platform.state, OUTLET, journalNo)).toBe(orderId(1));
  expect(findByJournalNo(platform.state, '51010002', journalNo)).toBeUndefined();
  platform.runTo(START + 24 * HOUR);
  expect(findByJournalNo(platform.state, OUTLET, journalNo), 'yesterday’s, too').toBe(orderId(1));
});
