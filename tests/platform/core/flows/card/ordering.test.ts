import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../../../contracts/time.ts';
import { orderId } from '../../../../support/ids.ts';
import { ADMIN, START, TELLER } from '../../../../support/small-platform.ts';
import { type Counter, cardCounter, reading, UTILITY } from './counter.ts';

const [A, B, V] = [orderId(1), orderId(2), orderId(3)];

const bought = () => {
  const counter = cardCounter();
  counter.buy(A);
  return counter;
};
const says = (counter: Counter, n: number, result: object) => counter.inquired(A, n, result);
/** «Not found» is final only late, and said twice a minute apart. */
function neverHeardOf(counter: Counter, id = A, standing = 'notFound') {
  counter.runTo(START + 15 * MINUTE);
  const { inquiries } = counter.order(id).legs[0] ?? { inquiries: 0 };
  counter.inquired(id, inquiries - 1, { standing });
  counter.advance(MINUTE);
  counter.inquired(id, inquiries, { standing });
}

describe('CAR-01 the order at the utility', () => {
  test('UTL-001 only a success that repeats the order brings the card: it is read', () => {
    const counter = bought();
    counter.ordered(A);
    expect(counter.card(A)).toMatchObject({ stage: 'reading', round: 1, tries: 1 });
    expect(counter.last('yizhan.card-reader.read')).toMatchObject({
      topic: 'yz/1/dev/51010001/1/reader/req',
      correlation: A,
    });
    expect(counter.order(A).legs[0]).toMatchObject({ stage: 'succeeded', counterpartNo: 'SG1' });
  });

  test.each([
    ['amount', { amountFen: 20_001 }],
    ['count', { count: 7 }],
    ['card', { cardSerial: '00000000000000B2' }],
    ['meter', { meterNo: '000000000008' }],
    ['customer', { customerNo: '510100099999' }],
  ])('UTL-001 another %s is no success: a case, unknown, and nothing goes to the card', (_, over) => {
    const counter = bought();
    counter.ordered(A, over);
    expect(counter.order(A)).toMatchObject({ state: 'unknown', cases: [{ kind: 'mismatch' }] });
    expect(counter.sent('yizhan.card-reader.read')).toEqual([]);
    expect(counter.available()).toBe(80_000);
  });

  test.each(['counterpart.orderOpen', 'counterpart.countMismatch', 'counterpart.accountInvalid'] as const)(
    'declined with %s: failed, the hold released, the meter free',
    (code) => {
      const counter = bought();
      counter.declined(A, code);
      expect(counter.order(A)).toMatchObject({ state: 'failed', problem: code, card: { stage: 'closed' } });
      expect(counter.available()).toBe(100_000);
      expect(counter.buy(B)).toMatchObject({ ok: true });
    },
  );

  test.each(['counterpart.timeout', 'counterpart.wrongStanding', 'adapter.internal'] as const)(
    'S7 %s releases nothing: unknown, and the books are asked',
    (code) => {
      const counter = bought();
      counter.declined(A, code);
      expect(counter.order(A).state).toBe('unknown');
      expect(counter.available()).toBe(80_000);
    },
  );

  test('S7 a decline that says it may have had an effect releases nothing', () => {
    const counter = bought();
    counter.utilitySays(A, 'order.completed', `${A}.1`, {
      outcome: 'failure',
      error: { code: 'counterpart.declined', effect: 'unknown', retry: 'never', action: 'inquire' },
    });
    expect(counter.available()).toBe(80_000);
  });

  test('unanswered: the books are asked by the key of the order, soon; never sent again', () => {
    const counter = bought();
    counter.runTo(START + 2 * MINUTE);
    const asked = counter.sent('yizhan.utility.inquire');
    expect(asked.map(({ time }) => (time - START) / 1000)).toEqual([15, 30, 60, 120]);
    expect(asked[0]?.data).toEqual({ originalKey: `${A}.1` });
    expect(counter.sent('yizhan.utility.order')).toHaveLength(1);
    expect(counter.order(A).state).toBe('unknown');
    expect(counter.marks()).not.toContain('woken-for-nothing');
  });

  test('the books say «ordered»: the flow goes on at the card', () => {
    const counter = bought();
    counter.runTo(START + 2 * MINUTE);
    says(counter, 3, { standing: 'ordered', count: 6, amountFen: 20_000, counterpartNo: 'SG9' });
    expect(counter.order(A)).toMatchObject({ state: 'processing', card: { stage: 'reading' } });
    expect(counter.order(A).legs[0]?.counterpartNo).toBe('SG9');
  });

  test.each([
    ['another amount', { standing: 'ordered', amountFen: 1 }],
    ['another count', { standing: 'ordered', count: 9 }],
    ['another card', { standing: 'ordered', cardSerial: '00000000000000B2' }],
    ['confirmed, which nobody told', { standing: 'confirmed' }],
    ['cancelled, which nobody told', { standing: 'cancelled' }],
  ])('the books say %s: a case and no step further', (_, result) => {
    const counter = bought();
    counter.runTo(START + MINUTE);
    says(counter, 1, result);
    expect(counter.order(A)).toMatchObject({ state: 'unknown', card: { stage: 'ordering' } });
    expect(counter.order(A).cases).toHaveLength(1);
  });

  test('the books say «failed» with a decline: failed; without a code they say nothing', () => {
    const counter = bought();
    counter.runTo(START + MINUTE);
    says(counter, 1, { standing: 'failed' });
    expect(counter.order(A).state).toBe('unknown');
    says(counter, 2, { standing: 'failed', errorCode: 'counterpart.declined' });
    expect(counter.order(A)).toMatchObject({ state: 'failed', card: { stage: 'closed' } });
  });

  test('S7 «not found» ends it only after ten minutes, said twice a minute apart', () => {
    const counter = bought();
    counter.runTo(START + 2 * MINUTE);
    for (const n of [1, 2, 3, 4]) says(counter, n, { standing: 'notFound' });
    expect(counter.order(A).state).toBe('unknown');
    counter.runTo(START + 9 * MINUTE);
    says(counter, 5, { standing: 'notFound' });
    expect(counter.available()).toBe(80_000);
    counter.runTo(START + 10 * MINUTE);
    says(counter, 6, { standing: 'notFound' });
    expect(counter.order(A)).toMatchObject({ state: 'failed', problem: 'contract.notFound' });
    expect(counter.available()).toBe(100_000);
  });

  test('the same «not found» heard twice is one', () => {
    const counter = bought();
    counter.runTo(START + 15 * MINUTE);
    says(counter, 5, { standing: 'notFound' });
    counter.advance(2 * MINUTE);
    says(counter, 5, { standing: 'notFound' });
    expect(counter.order(A).state).toBe('unknown');
  });

  test('after a day a person has it; the card stays the order’s, and «ordered» still brings it on', () => {
    const counter = bought();
    counter.runTo(START + 25 * HOUR);
    expect(counter.order(A).state).toBe('manual');
    expect(counter.state.meters.size).toBe(1);
    counter.ordered(A);
    expect(counter.order(A)).toMatchObject({ state: 'processing', card: { stage: 'reading' } });
  });
});

describe('CAR-03 late news', () => {
  test('an order that was given up and is there after all: a case, and it is taken back at the utility, once', () => {
    const counter = bought();
    neverHeardOf(counter);
    expect(counter.order(A).state).toBe('failed');
    counter.ordered(A);
    expect(counter.order(A)).toMatchObject({
      state: 'failed',
      card: { stage: 'closing' },
      cases: [{ kind: 'lateSuccess' }],
    });
    expect(counter.last('yizhan.utility.cancel').data).toEqual({ originalKey: `${A}.1` });
    expect(counter.sent('yizhan.card-reader.read'), 'the card is left alone').toEqual([]);
    expect(counter.buy(B)).toMatchObject({ code: 'platform.cardOrderOpen' });
    counter.ordered(A);
    expect(counter.order(A).legs).toHaveLength(2);
    counter.toldDone(A);
    expect(counter.order(A)).toMatchObject({ state: 'failed', card: { stage: 'closed' } });
    counter.ordered(A);
    expect(counter.order(A).legs).toHaveLength(2);
    expect(counter.available()).toBe(100_000);
    expect(counter.buy(orderId(4))).toMatchObject({ ok: true });
  });

  test('nobody tells, and every other order is refused: a person asks about the one that was given up', () => {
    const counter = bought();
    neverHeardOf(counter);
    counter.buy(B);
    counter.declined(B, 'counterpart.orderOpen');
    const asked = counter.sent('yizhan.utility.inquire').length;
    expect(counter.command(TELLER, { type: 'inquire', order: A })).toMatchObject({ ok: true });
    expect(counter.sent('yizhan.utility.inquire')).toHaveLength(asked + 1);
    counter.inquired(A, counter.order(A).legs[0]?.inquiries ?? 0, { standing: 'ordered' });
    expect(counter.order(A)).toMatchObject({
      state: 'failed',
      card: { stage: 'closing' },
      cases: [{ kind: 'lateSuccess' }],
    });
    counter.toldDone(A);
    expect(counter.available()).toBe(100_000);
    expect(counter.buy(orderId(4))).toMatchObject({ ok: true });
  });

  test('and one that failed for another reason is not asked about any more', () => {
    const counter = bought();
    counter.declined(A, 'counterpart.declined');
    const asked = counter.sent('yizhan.utility.inquire').length;
    expect(counter.command(TELLER, { type: 'inquire', order: A })).toMatchObject({ ok: true });
    expect(counter.sent('yizhan.utility.inquire')).toHaveLength(asked);
  });

  test('and where another order for the meter is open by then, the meter is free only after both', () => {
    const counter = bought();
    neverHeardOf(counter);
    counter.buy(B);
    counter.ordered(A);
    expect(
      [...counter.state.meters.values()],
      'whoever reads the card meets the one to be worked on',
    ).toEqual([B]);
    counter.toldDone(A);
    expect(counter.order(A).card?.stage).toBe('closed');
    expect(counter.buy(orderId(4)), 'the other one is open').toMatchObject({
      code: 'platform.cardOrderOpen',
    });
    counter.declined(B, 'counterpart.declined');
    expect(counter.buy(orderId(5))).toMatchObject({ ok: true });
  });

  test('and where the other one ends first, too', () => {
    const counter = bought();
    neverHeardOf(counter);
    counter.buy(B);
    counter.ordered(A);
    counter.declined(B, 'counterpart.orderOpen');
    expect(counter.buy(orderId(4))).toMatchObject({ code: 'platform.cardOrderOpen' });
    counter.toldDone(A);
    expect(counter.state.meters.size).toBe(0);
    expect(counter.buy(orderId(5))).toMatchObject({ ok: true });
  });

  test('success told twice is one: nothing begins anew', () => {
    const counter = bought();
    counter.ordered(A);
    counter.ordered(A);
    expect(counter.sent('yizhan.card-reader.read')).toHaveLength(1);
    counter.read(A);
    counter.sealed(A);
    counter.wrote(A);
    counter.toldDone(A);
    counter.ordered(A);
    expect(counter.order(A)).toMatchObject({ state: 'succeeded', card: { stage: 'closed' }, cases: [] });
  });
});

describe('CAR-02 the order of a void', () => {
  const voided = () => {
    const counter = cardCounter();
    counter.sold(A);
    counter.voidOf(V, A);
    return counter;
  };

  test('UTL-007 refused with wrongStanding: failed, the purchase stands and may be voided again', () => {
    const counter = voided();
    counter.declined(V, 'counterpart.wrongStanding', 'orderVoid');
    expect(counter.order(V)).toMatchObject({ state: 'failed', card: { stage: 'closed' } });
    expect(counter.order(A)).toMatchObject({ state: 'succeeded' });
    expect(counter.order(A).voidedBy).toBeUndefined();
    expect(counter.available()).toBe(80_000);
    expect(counter.voidOf(orderId(4), A)).toMatchObject({ ok: true });
  });

  test('unanswered: the purchase’s key is asked for; «voidOrdered» brings it on', () => {
    const counter = voided();
    counter.runTo(START + MINUTE);
    expect(counter.last('yizhan.utility.inquire').data).toEqual({ originalKey: `${A}.1` });
    counter.inquired(V, 1, { standing: 'voidOrdered', count: 6, amountFen: 20_000 });
    expect(counter.card(V).stage).toBe('reading');
  });

  test('«confirmed» is as good as «not found»: no void is there', () => {
    const counter = voided();
    neverHeardOf(counter, V, 'confirmed');
    expect(counter.order(V)).toMatchObject({ state: 'failed', problem: 'contract.notFound' });
    counter.ordered(V);
    expect(counter.last('yizhan.utility.cancelVoid').data).toEqual({ originalKey: `${A}.1` });
  });

  test('what the books say late of «a void» is not this one’s where another is under way', () => {
    const counter = voided();
    neverHeardOf(counter, V, 'confirmed');
    const next = orderId(4);
    counter.voidOf(next, A);
    counter.ordered(next);
    counter.inquired(V, 1, { standing: 'voidOrdered' });
    expect(counter.sent('yizhan.utility.cancelVoid')).toEqual([]);
  });
});

test('CAR-07 the utility answers while a person already has it: resolved on evidence, late news is taken back', () => {
  const counter = bought();
  counter.runTo(START + 25 * HOUR);
  counter.command(ADMIN, { type: 'resolve', order: A, outcome: 'failed', evidence: 'called them' });
  expect(counter.order(A)).toMatchObject({ state: 'failed', card: { stage: 'closed' } });
  expect(counter.available()).toBe(100_000);
  counter.ordered(A);
  expect(counter.last('yizhan.utility.cancel')).toMatchObject({ correlation: A });
});

test('another counterpart’s word about it moves nothing', () => {
  const counter = bought();
  const before = structuredClone(counter.order(A));
  counter.reply(
    { ...UTILITY, counterpart: 'china-mobile' },
    A,
    'yizhan.utility.order.completed',
    `${A}.1`,
    counter.failure('counterpart.declined'),
  );
  counter.readerSays(A, 'read.completed', counter.success(reading()), `${A}.r1`);
  expect(counter.order(A)).toEqual(before);
});
