import { describe, expect, test } from 'vitest';
import { nameOf } from '../../../contracts/topics.ts';
import { findOrder } from '../../../platform/core/state.ts';
import { orderId } from '../../support/ids.ts';
import { openShop, type ScriptedRuntime } from '../../support/scripted-runtime.ts';
import { CARRIER, PHONE, SYSTEM, TELLER } from '../../support/small-platform.ts';

const A = orderId(1);
const B = orderId(2);

const pay = (shop: ScriptedRuntime, id: string, amountFen = 5_000, phone = PHONE) =>
  shop.command(
    TELLER,
    { type: 'pay', id, service: 'mobile-topup', fields: { phone }, amountFen, again: true },
    id,
  );

describe('an order that ends as its day leaves memory', () => {
  /** A was sold the day before yesterday's cut and is still open; printer and carrier are silent. */
  const old = () => {
    const opened = openShop();
    pay(opened.shop, A);
    opened.shop.settle();
    opened.shop.command(SYSTEM, { type: 'cutDay' });
    opened.shop.settle();
    return opened;
  };
  const fail = (shop: ScriptedRuntime) =>
    shop.runtime.input({
      kind: 'message',
      place: CARRIER,
      leaf: 'rep',
      envelope: {
        id: 'x',
        source: nameOf(CARRIER),
        type: 'yizhan.carrier.perform.completed',
        time: 0,
        correlation: A,
        causation: `${A}.1`,
        data: {
          outcome: 'failure',
          error: { code: 'counterpart.declined', effect: 'none', retry: 'never', action: 'none' },
        },
      },
    });

  test('its row is written although the cut of the same block has dropped it', () => {
    const { shop, disk } = old();
    // Something is on its way to the disk, so that the end and the cut gather in one block.
    pay(shop, B);
    shop.loaded();
    fail(shop);
    shop.command(SYSTEM, { type: 'cutDay' });
    shop.settle();
    expect(findOrder(shop.state, A)).toBeUndefined();
    expect(disk.rows.get(A)?.state).toBe('failed');
  });

  test('rule 1: its id sent again before the row is durable is a repeat, not a new order', () => {
    const { shop } = old();
    pay(shop, B);
    shop.loaded();
    fail(shop);
    shop.command(SYSTEM, { type: 'cutDay' });
    pay(shop, A);
    expect(shop.loading, 'the store could not know it yet').toBeUndefined();
    shop.settle();
    expect(
      shop
        .publishes()
        .filter((p) => p.type === 'yizhan.carrier.perform')
        .map((p) => p.order),
    ).toEqual([A, B]);
    expect(shop.answers().at(-1)?.reply).toMatchObject({ ok: true, order: { state: 'failed' } });
  });

  test('rule 1: nor while its block is on its way to the disk', () => {
    const { shop } = old();
    fail(shop);
    shop.command(SYSTEM, { type: 'cutDay' });
    shop.durable();
    pay(shop, A);
    shop.settle();
    expect(shop.publishes().filter((p) => p.type === 'yizhan.carrier.perform')).toHaveLength(1);
  });

  test('rule 1: a repeat that waits while a day cut drops its order is looked up again', () => {
    const { shop } = old();
    fail(shop);
    shop.settle();
    shop.command(SYSTEM, { type: 'cutDay' });
    shop.settle();
    expect(findOrder(shop.state, A), 'A is a row and nothing else').toBeUndefined();
    shop.told.length = 0;
    pay(shop, A);
    pay(shop, A);
    shop.loaded();
    expect(findOrder(shop.state, A), 'the first has brought it back; the second waits').toBeDefined();
    shop.command(SYSTEM, { type: 'cutDay' });
    shop.settle();
    expect(shop.publishes()).toEqual([]);
    expect(shop.answers().map((a) => a.reply)).toMatchObject([
      { ok: true, order: { state: 'failed' } },
      { ok: true },
      { ok: true, order: { state: 'failed' } },
    ]);
  });
});
