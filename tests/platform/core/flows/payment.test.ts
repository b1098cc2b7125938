import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../../contracts/time.ts';
import type { Principal } from '../../../../platform/core/authorize.ts';
import { nextWake } from '../../../../platform/core/wakes.ts';
import { orderId } from '../../../support/ids.ts';
import { CARRIER, carrierOf, OUTLET, PHONE, smallPlatform, TELLER } from '../../../support/small-platform.ts';

const A = orderId(1);
const B = orderId(2);

const performs = (platform: ReturnType<typeof smallPlatform>) =>
  platform.published().filter((message) => message.type === 'yizhan.carrier.perform');

describe('MOB-01 what may be topped up', () => {
  const refusals: [string, string, number][] = [
    ['1380800123', 'platform.fieldInvalid', 5_000],
    ['138080012345', 'platform.fieldInvalid', 5_000],
    ['1380800123x', 'platform.fieldInvalid', 5_000],
    ['23808001234', 'platform.fieldInvalid', 5_000],
    ['13808001234\n', 'platform.fieldInvalid', 5_000],
    ['', 'platform.fieldInvalid', 5_000],
    ['13808071234', 'platform.regionNotServed', 5_000],
    ['13900001234', 'platform.regionNotServed', 5_000],
    [PHONE, 'platform.amountNotAllowed', 0],
    [PHONE, 'platform.amountNotAllowed', -1_000],
    [PHONE, 'platform.amountNotAllowed', 900],
    [PHONE, 'platform.amountNotAllowed', 1_001],
    [PHONE, 'platform.amountNotAllowed', 1_500],
    [PHONE, 'platform.amountNotAllowed', 51_000],
    [PHONE, 'platform.amountNotAllowed', 1_000.5],
    [PHONE, 'platform.amountNotAllowed', Number.NaN],
  ];
  test.each(refusals)(
    '%j is refused with %s at %d fen: nothing held, nothing sent',
    (phone, code, amount) => {
      const platform = smallPlatform();
      expect(platform.pay(A, amount, phone)).toMatchObject({ ok: false, code });
      expect(platform.available()).toBe(100_000);
      expect(performs(platform)).toEqual([]);
      expect(platform.order(A)).toMatchObject({ state: 'rejected', transfers: [], legs: [] });
    },
  );

  test('the seven prefectures are served, from 10 yuan in steps of 10', () => {
    const platform = smallPlatform();
    const phones = Array.from({ length: 7 }, (_, n) => `13808${String(n).padStart(2, '0')}1234`);
    expect(new Set(phones.map((phone) => phone.length))).toEqual(new Set([11]));
    phones.forEach((phone, n) => {
      expect(platform.pay(orderId(n), 1_000 * (n + 1), phone)).toMatchObject({ ok: true });
    });
    expect(performs(platform).map(({ data }) => data)).toEqual(
      phones.map((account, n) => ({ account, amountFen: 1_000 * (n + 1) })),
    );
  });

  test('a field that the service does not declare is refused: nothing unchecked travels', () => {
    const platform = smallPlatform();
    const answer = platform.command(TELLER, {
      type: 'pay',
      id: A,
      service: 'mobile-topup',
      fields: { phone: PHONE, note: 'x' },
      amountFen: 5_000,
    });
    expect(answer).toMatchObject({ ok: false, code: 'platform.fieldInvalid' });
  });

  test('a service that is not declared is refused', () => {
    const answer = smallPlatform().command(TELLER, {
      type: 'pay',
      id: A,
      service: 'water',
      fields: {},
      amountFen: 5_000,
    });
    expect(answer).toMatchObject({ ok: false, code: 'platform.serviceUnknown' });
  });

  test.each(['', 'x', A.toLowerCase(), `${A}0`, `8${A.slice(1)}`, `${A.slice(0, 25)}U`])(
    'an id that is no ULID (%j) is refused and leaves nothing',
    (id) => {
      const platform = smallPlatform();
      expect(platform.pay(id)).toMatchObject({ ok: false, code: 'platform.orderIdInvalid' });
      expect(platform.turns.at(-1)?.records).toEqual([]);
    },
  );
});

describe('MOB-02 a payment ends as processing', () => {
  test('credit is held, the carrier is asked once under the order’s key, and the teller is told «processing»', () => {
    const platform = smallPlatform();
    const answer = platform.pay(A);
    expect(answer).toMatchObject({ ok: true, order: { state: 'processing', businessDate: '2026-11-23' } });
    expect(platform.available()).toBe(95_000);
    expect(performs(platform)).toEqual([
      expect.objectContaining({
        topic: 'yz/1/cp/china-mobile/1/req',
        key: `${A}.1`,
        correlation: A,
        attempt: 1,
        expiry: platform.now + MINUTE,
        data: { account: PHONE, amountFen: 5_000 },
      }),
    ]);
    const turn = platform.turns.at(-1);
    expect(
      turn?.records.map((r) => r.type),
      'hold and request are one record',
    ).toEqual(['orderOpened']);
    expect(turn?.effects.map((e) => e.kind)).toEqual(['publish', 'answer', 'changed']);
  });

  test('«accepted» and «processing» are the normal wait and move no money; success is the end of it', () => {
    const platform = smallPlatform();
    const carrier = carrierOf(platform);
    platform.pay(A);
    carrier.accepted(A);
    carrier.processing(A, 'CM1');
    expect(platform.order(A)).toMatchObject({ state: 'processing', legs: [{ stage: 'processing' }] });
    expect(platform.available()).toBe(95_000);
    platform.advance(30 * SECOND);
    carrier.succeeded(A);
    expect(platform.order(A)).toMatchObject({
      state: 'succeeded',
      receipt: { number: '261123-0002' },
      transfers: [{ kind: 'hold' }, { kind: 'capture', hold: 'hold.1', amountFen: 5_000 }],
    });
    expect(platform.available()).toBe(95_000);
    expect(platform.state.ledger.get('payable:china-mobile')).toMatchObject({
      credit: 5_000,
      creditPending: 0,
    });
  });
});

describe('MOB-03 the carrier is not there', () => {
  test('before the sending: refused, nothing held, the administrators alerted', () => {
    const platform = smallPlatform({ carrier: false });
    expect(platform.pay(A)).toMatchObject({ ok: false, code: 'platform.counterpartOffline' });
    expect(platform.available()).toBe(100_000);
    expect(performs(platform)).toEqual([]);
    expect(platform.alerts()).toEqual(['alert.counterpartOffline']);
    expect(nextWake(platform.state.wakes), 'nothing waits for a refused order').toBe(
      Date.UTC(2026, 10, 23, 1, 2),
    );
  });

  test('its adapter proves that nothing was sent: released, alerted', () => {
    const platform = smallPlatform();
    platform.pay(A);
    carrierOf(platform).failed(A, 'counterpart.unreachable');
    expect(platform.order(A)).toMatchObject({ state: 'failed', problem: 'counterpart.unreachable' });
    expect(platform.available()).toBe(100_000);
    expect(platform.alerts()).toEqual(['alert.counterpartDown']);
  });

  test('it was sent and nobody answers: unknown when «accepted» is overdue, and the hold stays', () => {
    const platform = smallPlatform();
    platform.pay(A);
    platform.offline(CARRIER);
    platform.runTo(platform.now + 10 * SECOND - 1);
    expect(platform.order(A).state).toBe('processing');
    platform.runTo(platform.now + 1);
    expect(platform.order(A).state).toBe('unknown');
    platform.runTo(platform.now + 29 * MINUTE);
    expect(platform.order(A).state).toBe('unknown');
    expect(platform.available()).toBe(95_000);
  });

  test('STA-006 going offline is no outcome', () => {
    const platform = smallPlatform();
    platform.pay(A);
    carrierOf(platform).accepted(A);
    platform.offline(CARRIER);
    expect(platform.order(A).state).toBe('processing');
    expect(platform.available()).toBe(95_000);
  });

  test('it was accepted and not completed: unknown after a minute, the hold stays', () => {
    const platform = smallPlatform();
    platform.pay(A);
    carrierOf(platform).accepted(A);
    platform.runTo(platform.now + MINUTE - 1);
    expect(platform.order(A).state).toBe('processing');
    platform.runTo(platform.now + 1);
    expect(platform.order(A).state).toBe('unknown');
    expect(platform.available()).toBe(95_000);
  });
});

describe('rule 1: the id is the order', () => {
  test('the same id with the same content is answered with what the order is now, and held once', () => {
    const platform = smallPlatform();
    platform.pay(A);
    carrierOf(platform).succeeded(A);
    for (let i = 0; i < 5; i++)
      expect(platform.pay(A)).toMatchObject({ ok: true, order: { state: 'succeeded' } });
    expect(performs(platform)).toHaveLength(1);
    expect(platform.available()).toBe(95_000);
  });

  test.each([
    ['another amount', 6_000, PHONE],
    ['another number', 5_000, '13808001235'],
  ])('the same id with %s is a conflict and changes nothing', (_, amount, phone) => {
    const platform = smallPlatform();
    platform.pay(A);
    expect(platform.pay(A, amount, phone)).toMatchObject({ ok: false, code: 'platform.orderConflict' });
    expect(platform.order(A).amountFen).toBe(5_000);
    expect(performs(platform)).toHaveLength(1);
    expect(platform.turns.at(-1)?.records).toEqual([]);
  });

  test('the same id from another outlet is a conflict, and shows nothing of the order', () => {
    const platform = smallPlatform();
    platform.pay(A);
    const other = { ...TELLER, organisation: '51010002' };
    const answer = platform.command(other, {
      type: 'pay',
      id: A,
      service: 'mobile-topup',
      fields: { phone: PHONE },
      amountFen: 5_000,
    });
    expect(answer).toEqual({ ok: false, code: 'platform.orderConflict' });
  });

  test('another teller of the same outlet may repeat it: the id is the order’s, not the person’s', () => {
    const platform = smallPlatform();
    platform.pay(A);
    const answer = platform.command({ ...TELLER, operator: 'T002' } as Principal, {
      type: 'pay',
      id: A,
      service: 'mobile-topup',
      fields: { phone: PHONE },
      amountFen: 5_000,
    });
    expect(answer).toMatchObject({ ok: true, order: { by: { operator: 'T001' } } });
  });

  test('a refused id stays refused, even when the credit has grown since', () => {
    const platform = smallPlatform({ creditFen: 0 });
    expect(platform.pay(A)).toMatchObject({ ok: false, code: 'platform.creditInsufficient' });
    platform.command(
      { kind: 'person', role: 'clerk', organisation: '51019901', station: '1', operator: 'C001' },
      { type: 'buyCredit', id: B, outlet: OUTLET, amountFen: 100_000 },
    );
    expect(platform.pay(A)).toMatchObject({ ok: false, code: 'platform.creditInsufficient' });
    expect(platform.order(A).state).toBe('rejected');
    expect(platform.available()).toBe(100_000);
    expect(performs(platform)).toEqual([]);
  });

  test('a refused order has no journal number and leaves no gap in them', () => {
    const platform = smallPlatform();
    platform.pay(A, 900);
    platform.pay(B);
    expect(platform.order(A).journalNo).toBeUndefined();
    expect(platform.order(B).journalNo).toMatch(/^2611230002\d$/);
  });
});

describe('the same payment twice by mistake', () => {
  test('is refused while the first is open, and taken when the teller says «again» under a new id', () => {
    const platform = smallPlatform();
    platform.pay(A);
    expect(platform.pay(B)).toMatchObject({ ok: false, code: 'platform.lookAlike' });
    expect(platform.pay(orderId(3), 5_000, PHONE, true)).toMatchObject({ ok: true });
    expect(platform.available()).toBe(90_000);
  });

  test('is refused while the outcome of the first is unknown, and free when it has ended', () => {
    const platform = smallPlatform();
    const carrier = carrierOf(platform);
    platform.pay(A);
    carrier.unknown(A);
    expect(platform.pay(B)).toMatchObject({ ok: false, code: 'platform.lookAlike' });
    carrier.succeeded(A);
    expect(platform.pay(orderId(3))).toMatchObject({ ok: true });
  });

  test('is something else with another amount or another number', () => {
    const platform = smallPlatform();
    platform.pay(A);
    expect(platform.pay(B, 6_000)).toMatchObject({ ok: true });
    expect(platform.pay(orderId(3), 5_000, '13808001235')).toMatchObject({ ok: true });
  });
});

test('CRD-05 the last credit is spent once: the second payment is refused, a release frees it again', () => {
  const platform = smallPlatform({ creditFen: 50_000 });
  expect(platform.pay(A, 50_000)).toMatchObject({ ok: true });
  expect(platform.pay(B, 1_000)).toMatchObject({ ok: false, code: 'platform.creditInsufficient' });
  carrierOf(platform).failed(A, 'counterpart.declined');
  expect(platform.pay(orderId(3), 50_000)).toMatchObject({ ok: true });
  expect(platform.available()).toBe(0);
});
