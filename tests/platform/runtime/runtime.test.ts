import { describe, expect, test } from 'vitest';
import { nameOf } from '../../../contracts/topics.ts';
import { findOrder } from '../../../platform/core/state.ts';
import { orderId } from '../../support/ids.ts';
import { picture } from '../../support/picture.ts';
import {
  emptyDisk,
  openShop,
  type ScriptedRuntime,
  scriptedRuntime,
} from '../../support/scripted-runtime.ts';
import { CARRIER, OUTLET, PHONE, SYSTEM, TELLER } from '../../support/small-platform.ts';

const A = orderId(1);
const B = orderId(2);

const pay = (shop: ScriptedRuntime, id: string, amountFen = 5_000, phone = PHONE) =>
  shop.command(
    TELLER,
    { type: 'pay', id, service: 'mobile-topup', fields: { phone }, amountFen, again: true },
    id,
  );
const succeed = (shop: ScriptedRuntime, id: string, amountFen = 5_000) =>
  shop.runtime.input({
    kind: 'message',
    place: CARRIER,
    leaf: 'rep',
    envelope: {
      id: `${id}/ok`,
      source: nameOf(CARRIER),
      type: 'yizhan.carrier.perform.completed',
      time: 0,
      correlation: id,
      causation: `${id}.1`,
      data: { outcome: 'success', result: { account: PHONE, amountFen, counterpartNo: 'CM1' } },
    },
  });
const available = (shop: ScriptedRuntime) => {
  const { credit = 0, debit = 0, debitPending = 0 } = shop.state.ledger.get(`credit:${OUTLET}`) ?? {};
  return credit - debit - debitPending;
};

describe('rule 8: what is said is on disk first', () => {
  test('S6 nothing leaves before its block is durable; then all of it, in order', () => {
    const { shop } = openShop();
    pay(shop, A);
    shop.loaded();
    expect(shop.appending?.body).toContain('"orderOpened"');
    expect(shop.told).toEqual([]);
    shop.durable();
    expect(shop.told.map((t) => t.what)).toEqual(['published', 'answered', 'changed']);
    expect(shop.publishes()).toMatchObject([{ id: `${A}.1`, order: A }]);
    expect(shop.answers()).toMatchObject([{ reply: { ok: true, order: { state: 'processing' } } }]);
  });

  test('a refusal that rests on what is not durable yet waits, too', () => {
    const { shop } = openShop();
    pay(shop, A);
    shop.loaded();
    shop.command(TELLER, {
      type: 'pay',
      id: A,
      service: 'mobile-topup',
      fields: { phone: PHONE },
      amountFen: 9_000,
    });
    expect(shop.told, 'the conflict is decided, not told').toEqual([]);
    shop.durable();
    expect(shop.answers().at(-1)?.reply).toMatchObject({ ok: false, code: 'platform.orderConflict' });
  });

  test('a read sees the state as it is and answers when that is durable', () => {
    const { shop } = openShop();
    pay(shop, A);
    shop.loaded();
    const seen: (string | undefined)[] = [];
    shop.runtime.read(
      (state) => findOrder(state, A)?.state,
      (value) => seen.push(value),
    );
    expect(seen).toEqual([]);
    shop.durable();
    expect(seen).toEqual(['processing']);
    shop.runtime.read(
      (state) => findOrder(state, A)?.state,
      (value) => seen.push(value),
    );
    expect(seen, 'with nothing under way it answers at once').toEqual(['processing', 'processing']);
  });

  test('an answer tells the order as it was decided, whatever has happened to it since', () => {
    const { shop } = openShop();
    pay(shop, A);
    shop.loaded();
    succeed(shop, A);
    shop.settle();
    expect(shop.answers()[0]?.reply.order?.state).toBe('processing');
    expect(findOrder(shop.state, A)?.state).toBe('succeeded');
  });
});

describe('group commit', () => {
  test('while one block is on its way the next gathers; one is on its way at a time', () => {
    const { shop, disk } = openShop();
    pay(shop, orderId(1), 1_000);
    shop.loaded();
    for (let n = 2; n <= 6; n++) pay(shop, orderId(n), 1_000);
    shop.loaded();
    shop.loaded();
    const before = disk.blocks.length;
    expect(shop.answers()).toEqual([]);
    shop.durable();
    expect(shop.answers().map((a) => a.name)).toEqual([orderId(1)]);
    shop.durable();
    expect(disk.blocks.length - before, 'five orders, one block').toBe(2);
    expect(shop.answers().map((a) => a.name)).toEqual([1, 2, 3, 4, 5, 6].map(orderId));
    expect(shop.runtime.idle()).toBe(true);
  });

  test('an answer that brings the next command at once keeps the order', () => {
    const { shop } = openShop();
    const answered: string[] = [];
    const next = (n: number) => {
      const id = orderId(n);
      const fields = { phone: PHONE };
      shop.runtime.command(
        TELLER,
        { type: 'pay', id, service: 'mobile-topup', fields, amountFen: 1_000, again: true },
        () => {
          answered.push(id);
          if (n < 5) next(n + 1);
        },
      );
    };
    next(1);
    shop.settle();
    expect(answered).toEqual([1, 2, 3, 4, 5].map(orderId));
  });
});

describe('the queue', () => {
  test('an order that is not in memory is loaded; what speaks of it keeps its order, and the rest goes on', () => {
    const { shop } = openShop();
    pay(shop, A);
    pay(shop, A, 9_000);
    expect(shop.loading).toEqual([A]);
    shop.command(SYSTEM, { type: 'cutDay' });
    expect(shop.state.businessDate, 'nothing else waits').toBe('2026-11-24');
    shop.settle();
    expect(shop.answers().map((a) => [a.name, a.reply.ok])).toEqual([
      ['cutDay', true],
      [A, true],
      [A, false],
    ]);
  });

  test('one load at a time: what comes meanwhile is looked up together', () => {
    const { shop } = openShop();
    pay(shop, A);
    pay(shop, B);
    pay(shop, orderId(3));
    expect(shop.loading).toEqual([A]);
    shop.loaded();
    expect(shop.loading).toEqual([B, orderId(3)]);
    shop.settle();
    expect(shop.answers().map((a) => a.name)).toEqual([A, B, orderId(3)]);
    expect(shop.runtime.idle()).toBe(true);
  });

  test('one id a hundred times at once is one order, one request, and a hundred equal answers', () => {
    const { shop } = openShop();
    for (let i = 0; i < 100; i++) pay(shop, A);
    shop.settle();
    expect(shop.publishes()).toHaveLength(1);
    expect(available(shop)).toBe(95_000);
    const replies = new Set(shop.answers().map((a) => JSON.stringify(a.reply)));
    expect(shop.answers()).toHaveLength(100);
    expect(replies.size).toBe(1);
  });

  test('a repeat that comes while the first is on its way to the disk finds it', () => {
    const { shop } = openShop();
    pay(shop, A);
    shop.loaded();
    pay(shop, A);
    pay(shop, A, 9_000);
    shop.durable();
    expect(shop.publishes()).toHaveLength(1);
    expect(shop.answers().map((a) => a.reply.ok)).toEqual([true, true, false]);
  });

  test('CRD-05 two payments race for the last credit: one is held, one refused', () => {
    const { shop } = openShop(emptyDisk(), { creditFen: 50_000 });
    pay(shop, A, 30_000);
    pay(shop, B, 30_000, '13808011234');
    shop.settle();
    expect(shop.answers().map((a) => a.reply)).toMatchObject([
      { ok: true },
      { ok: false, code: 'platform.creditInsufficient' },
    ]);
    expect(available(shop)).toBe(20_000);
  });
});

describe('time', () => {
  test('the alarm is the next wake; what it wakes is decided and durable like everything else', () => {
    const { shop, clock } = openShop();
    pay(shop, A);
    shop.settle();
    expect(shop.alarmAt).toBe(clock.now + 10_000);
    clock.now += 10_000;
    shop.runtime.alarm();
    expect(findOrder(shop.state, A)?.state).toBe('unknown');
    expect(shop.alarmAt).toBe(clock.now + 30_000);
    const told = shop.told.length;
    shop.durable();
    expect(shop.told.length).toBeGreaterThan(told);
  });

  test('an alarm that rings too early, or twice, does nothing', () => {
    const { shop, clock } = openShop();
    pay(shop, A);
    shop.settle();
    clock.now += 9_999;
    shop.runtime.alarm();
    shop.runtime.alarm();
    expect(shop.runtime.idle()).toBe(true);
    expect(shop.alarmAt).toBe(clock.now + 1);
  });
});

test('the snapshot of a block is the state after it: a restart from it is a restart from the beginning', () => {
  const { shop, disk, clock } = openShop(emptyDisk(), { snapshotEvery: 1 });
  pay(shop, A);
  shop.settle();
  succeed(shop, A);
  shop.settle();
  expect(disk.blocks.every((block) => block.snapshot)).toBe(true);
  const from = scriptedRuntime(disk, clock);
  const bare = scriptedRuntime(
    { blocks: disk.blocks.map(({ snapshot: _, ...b }) => b), rows: disk.rows },
    clock,
  );
  expect(picture(from.state)).toEqual(picture(bare.state));
  expect(from.runtime.lastRecord).toBe(bare.runtime.lastRecord);
});

test('records count towards the next snapshot over restarts: a station that is started every morning gets one, too', () => {
  const { disk, clock } = openShop();
  const written = disk.blocks.at(-1)?.last ?? 0;
  for (let day = 0; day < 12; day++) {
    const again = scriptedRuntime(disk, clock, { snapshotEvery: written + 6 });
    again.runtime.input({ kind: 'started', epoch: `day-${day}` });
    again.settle();
  }
  expect(disk.blocks.filter((block) => block.snapshot).length).toBeGreaterThan(0);
});
