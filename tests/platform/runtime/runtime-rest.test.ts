import { expect, test } from 'vitest';
import { nameOf } from '../../../contracts/topics.ts';
import { findOrder } from '../../../platform/core/state.ts';
import { orderId } from '../../support/ids.ts';
import { openShop, type ScriptedRuntime } from '../../support/scripted-runtime.ts';
import { CARRIER, PHONE, PRINTER, TELLER } from '../../support/small-platform.ts';

const A = orderId(1);

const reply = (shop: ScriptedRuntime, place: typeof CARRIER | typeof PRINTER, to: string, data: object) =>
  shop.runtime.input({
    kind: 'message',
    place,
    leaf: 'rep',
    envelope: {
      id: `${to}/end`,
      source: nameOf(place),
      type: `yizhan.${place === CARRIER ? 'carrier.perform' : 'printer.print'}.completed`,
      time: 0,
      correlation: A,
      causation: to,
      data,
    },
  });
const printed = { outcome: 'success', result: { proof: 'processId' } };

/** A payment that has succeeded and whose receipt is printed: nothing more to do, it rests. */
function settled() {
  const { shop, disk } = openShop();
  const fields = { phone: PHONE };
  shop.command(TELLER, { type: 'pay', id: A, service: 'mobile-topup', fields, amountFen: 5_000 });
  shop.settle();
  const result = { account: PHONE, amountFen: 5_000, counterpartNo: 'CM1' };
  reply(shop, CARRIER, `${A}.1`, { outcome: 'success', result });
  shop.settle();
  reply(shop, PRINTER, `${A}.p1.1`, printed);
  shop.settle();
  expect(shop.state.live.has(A)).toBe(false);
  return { shop, disk };
}

test('a settled order rests, and whoever only looks at it leaves it so', () => {
  const { shop } = settled();
  const seen: unknown[] = [];
  const look = () =>
    shop.runtime.read(
      (state) => findOrder(state, A),
      (order) => seen.push(order),
    );
  look();
  look();
  expect(seen[0]).toEqual(seen[1]);
  expect(seen[0], 'each look makes a document of its own').not.toBe(seen[1]);
});

test.each([
  ['at once', false],
  ['while another block is on its way', true],
])('REP-14 what is printed again of an order that rested is remembered: asked %s', (_, busy) => {
  const { shop, disk } = settled();
  if (busy)
    shop.command(TELLER, {
      type: 'pay',
      id: orderId(2),
      service: 'mobile-topup',
      fields: { phone: PHONE },
      amountFen: 1_000,
      again: true,
    });
  if (busy) shop.loaded();
  shop.command(TELLER, { type: 'reprint', order: A });
  shop.settle();
  expect(findOrder(shop.state, A)?.prints.map(({ state }) => state)).toEqual(['printed', 'sent']);
  reply(shop, PRINTER, `${A}.p2.1`, printed);
  shop.settle();
  expect(findOrder(shop.state, A)?.prints.map(({ state }) => state)).toEqual(['printed', 'printed']);
  expect(disk.rows.get(A)).toEqual(findOrder(shop.state, A));
});
