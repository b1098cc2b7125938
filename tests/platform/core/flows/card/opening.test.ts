import { describe, expect, test } from 'vitest';
import { DAY } from '../../../../../contracts/time.ts';
import { orderId } from '../../../../support/ids.ts';
import { CLERK, OFFICE, OUTLET, SYSTEM, TELLER } from '../../../../support/small-platform.ts';
import {
  AFTER,
  BEFORE,
  CUSTOMER,
  cardCounter,
  METER,
  OTHER_READER,
  OTHER_TELLER,
  returnedAt,
  SERIAL,
  UTILITY,
} from './counter.ts';

const [A, B, V] = [orderId(1), orderId(2), orderId(3)];

describe('CAR-01 a purchase', () => {
  test('holds the credit and orders at the utility in one record: the next count, the card, its return file', () => {
    const counter = cardCounter();
    expect(counter.buy(A)).toMatchObject({ ok: true, order: { state: 'processing' } });
    const { records } = counter.turns.at(-1) ?? {};
    expect(records).toMatchObject([
      { type: 'orderOpened', order: { id: A, transfers: [{ kind: 'hold', amountFen: 20_000 }] } },
    ]);
    expect(counter.available()).toBe(80_000);
    const message = counter.last('yizhan.utility.order');
    expect(message).toMatchObject({
      topic: 'yz/1/cp/state-grid/1/req',
      key: `${A}.1`,
      data: {
        customerNo: CUSTOMER,
        meterNo: METER,
        cardSerial: SERIAL,
        count: 6,
        amountFen: 20_000,
        returned: returnedAt(5).data,
      },
    });
    expect(message.expiry).toBe(counter.now + 60_000);
    expect(counter.card(A)).toMatchObject({ stage: 'ordering', before: BEFORE, after: AFTER });
    expect(counter.card(A).mayBeWritten).toBe(false);
  });

  test('the first purchase of an open card has no return file, and needs none', () => {
    const counter = cardCounter();
    const first = { wallet: { count: 0, amountFen: 0 }, returned: undefined };
    expect(counter.buy(A, 20_000, first)).toMatchObject({ ok: true });
    expect(counter.last('yizhan.utility.order').data).not.toHaveProperty('returned');
    expect(counter.card(A)).not.toHaveProperty('returned');
  });

  test.each([
    ['the meter has not answered', { returned: undefined }],
    ['the meter has answered an earlier one only', { returned: returnedAt(4) }],
  ])('is refused while the meter has not taken the last one: %s', (_, over) => {
    const counter = cardCounter();
    expect(counter.buy(A, 20_000, over)).toMatchObject({ ok: false, code: 'platform.cardNotInserted' });
    expect(counter.available()).toBe(100_000);
    expect(counter.sent('yizhan.utility.order')).toEqual([]);
  });

  test.each([
    ['a customer number that is none', { customerNo: '12' }, 20_000, 'platform.fieldInvalid'],
    ['less than a yuan', {}, 99, 'platform.amountNotAllowed'],
    ['more than fifty thousand', {}, 5_000_001, 'platform.amountNotAllowed'],
    ['half a fen', {}, 20_000.5, 'platform.amountNotAllowed'],
    ['more than the credit', {}, 100_001, 'platform.creditInsufficient'],
  ])('is refused for %s; nothing is held or sent', (_, over, amountFen, code) => {
    const counter = cardCounter();
    expect(counter.buy(A, amountFen, over)).toMatchObject({ ok: false, code });
    expect(counter.available()).toBe(100_000);
    expect(counter.published()).toEqual([]);
    expect(counter.state.meters.size).toBe(0);
  });

  test('all the credit may be spent', () => {
    expect(cardCounter().buy(A, 100_000)).toMatchObject({ ok: true });
  });

  test('is refused where no reader or no utility is there', () => {
    expect(cardCounter({ reader: false }).buy(A)).toMatchObject({ code: 'platform.readerOffline' });
    const counter = cardCounter({ utility: false });
    expect(counter.buy(A)).toMatchObject({ code: 'platform.counterpartOffline' });
    expect(counter.alerts()).toContain('alert.counterpartOffline');
  });

  test('ACC-03 is a teller’s; the same id again is the same order, with other content a conflict', () => {
    const counter = cardCounter();
    expect(counter.buy(A, 20_000, {}, CLERK)).toMatchObject({ ok: false, code: 'platform.forbidden' });
    counter.buy(A);
    expect(counter.buy(A)).toMatchObject({ ok: true, order: { id: A } });
    expect(counter.buy(A, 30_000)).toMatchObject({ ok: false, code: 'platform.orderConflict' });
    expect(counter.sent('yizhan.utility.order')).toHaveLength(1);
  });
});

describe('CAR-03 one open order per meter', () => {
  test('another one is refused, from whatever outlet, until the first is closed at the utility', () => {
    const counter = cardCounter();
    counter.online(OTHER_READER, 'card-reader');
    counter.command(CLERK, {
      type: 'buyCredit',
      id: orderId(90),
      outlet: OTHER_TELLER.kind === 'person' ? OTHER_TELLER.organisation : OFFICE,
      amountFen: 100_000,
    });
    counter.toWriting(A);
    counter.wrote(A);
    expect(counter.order(A).state).toBe('succeeded');
    expect(counter.buy(B, 500, {}, OTHER_TELLER)).toMatchObject({ code: 'platform.cardOrderOpen' });
    counter.toldDone(A);
    expect(counter.buy(orderId(4), 500, {}, OTHER_TELLER)).toMatchObject({ ok: true });
  });

  test('over days, too', () => {
    const counter = cardCounter();
    counter.waiting(A);
    for (let day = 1; day <= 4; day++) {
      counter.runTo(counter.now + DAY);
      counter.command(SYSTEM, { type: 'cutDay' });
      expect(counter.buy(orderId(10 + day))).toMatchObject({ code: 'platform.cardOrderOpen' });
    }
    expect(counter.takeBack(A)).toMatchObject({ ok: true });
    counter.toldDone(A);
    expect(counter.buy(B)).toMatchObject({ ok: true });
  });
});

describe('CAR-02 a void', () => {
  test('orders the void of the confirmed purchase, and moves no credit before it is on the card', () => {
    const counter = cardCounter();
    counter.sold(A);
    expect(counter.voidOf(V, A)).toMatchObject({ ok: true, order: { kind: 'cardVoid', voids: A } });
    expect(counter.last('yizhan.utility.orderVoid')).toMatchObject({
      key: `${V}.1`,
      data: { originalKey: `${A}.1`, amountFen: 20_000 },
    });
    expect(counter.card(V)).toMatchObject({
      before: AFTER,
      after: BEFORE,
      returned: returnedAt(5).data,
      stage: 'ordering',
    });
    expect(counter.available()).toBe(80_000);
    expect(counter.order(A).voidedBy).toBeUndefined();
    expect(counter.buy(B)).toMatchObject({ code: 'platform.cardOrderOpen' });
  });

  test.each([
    ['another amount', { amountFen: 19_999 }],
    ['another customer', { customerNo: '510100099999' }],
  ])('is refused for %s', (_, over) => {
    const counter = cardCounter();
    counter.sold(A);
    expect(counter.voidOf(V, A, over)).toMatchObject({ ok: false, code: 'platform.voidNotAllowed' });
    expect(counter.sent('yizhan.utility.orderVoid')).toEqual([]);
  });

  test('is refused before the utility has confirmed the write', () => {
    const counter = cardCounter();
    counter.toWriting(A);
    counter.wrote(A);
    expect(counter.voidOf(V, A)).toMatchObject({ code: 'platform.voidNotAllowed' });
  });

  test('is refused on another business day, and a second time', () => {
    const counter = cardCounter();
    counter.sold(A);
    counter.voidOf(V, A);
    counter.ordered(V);
    counter.read(V, { ...voidable() });
    counter.sealed(V);
    counter.wrote(V);
    counter.toldDone(V);
    expect(counter.order(A).voidedBy).toBe(V);
    expect(counter.voidOf(orderId(5), A)).toMatchObject({ code: 'platform.voidNotAllowed' });
    counter.sold(B);
    counter.command(SYSTEM, { type: 'cutDay' });
    expect(counter.voidOf(orderId(6), B)).toMatchObject({ code: 'platform.voidNotAllowed' });
  });

  test('is refused where the purchase has a case: a person looks at it first', () => {
    const counter = cardCounter();
    counter.toWriting(A);
    counter.wrote(A);
    counter.toldFails(A, 'counterpart.wrongStanding');
    expect(counter.order(A).cases).toHaveLength(1);
    expect(counter.voidOf(V, A)).toMatchObject({ code: 'platform.voidNotAllowed' });
  });

  test('ACC-03 of another outlet’s purchase, or of what is none, finds nothing', () => {
    const counter = cardCounter();
    counter.online(OTHER_READER, 'card-reader');
    counter.sold(A);
    expect(counter.voidOf(V, A, {}, OTHER_TELLER)).toMatchObject({ code: 'platform.notFound' });
    expect(counter.voidOf(V, '01JCREDT000000000000000000')).toMatchObject({ code: 'platform.notFound' });
    expect(counter.voidOf(V, A, {}, TELLER)).toMatchObject({ ok: true });
  });
});

test('S4 the hold is against the utility’s account, and the utility that is asked is the one that is there', () => {
  const counter = cardCounter({ utility: false });
  counter.online({ ...UTILITY, instance: '7' }, 'utility');
  counter.buy(A);
  expect(counter.last('yizhan.utility.order')).toMatchObject({ topic: 'yz/1/cp/state-grid/7/req' });
  expect(counter.order(A).transfers[0]).toMatchObject({ debit: expect.stringContaining(OUTLET) });
});

const voidable = () => ({
  card: 'meter',
  layout: '2013',
  serial: SERIAL,
  meterNo: METER,
  customerNo: CUSTOMER,
  kind: 'purchase',
  wallet: AFTER,
  challenge: 'C0FFEE0000000002',
});
