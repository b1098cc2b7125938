import { expect, test } from 'vitest';
import type { Order } from '../../../platform/core/order.ts';
import { createOrders, orderOfRow, rowOf } from '../../../platform/core/orders.ts';
import { orderId } from '../../support/ids.ts';

const A = orderId(1);
const B = orderId(2);
const nothing = () => false;

const order = (id: string, state: Order['state'] = 'succeeded') =>
  ({ id, state, businessDate: '2026-11-23', amountFen: 5_000, history: [], prints: [] }) as unknown as Order;

test('an order that rests is there as it was: by its id, its state and among all', () => {
  const orders = createOrders();
  orders.set(order(A));
  orders.set(order(B, 'processing'));
  orders.rest(A, rowOf(order(A)).text);
  expect(orders.has(A)).toBe(true);
  expect(orders.stateOf(A)).toBe('succeeded');
  expect([...orders.states()].sort()).toEqual([
    [A, 'succeeded'],
    [B, 'processing'],
  ]);
  expect([...orders.values()]).toEqual([order(B, 'processing'), order(A)]);
  expect(orders.get(A)).toEqual(order(A));
});

test('what is changed after it was looked at stays changed, what was only looked at rests again', () => {
  const orders = createOrders();
  for (const id of [A, B]) {
    orders.set(order(id));
    orders.rest(id, rowOf(order(id)).text);
  }
  const [changed, seen] = [orders.get(A), orders.get(B)];
  expect(orders.get(A), 'one document as long as somebody works on it').toBe(changed);
  if (changed) changed.voidedBy = 'V';
  orders.putBack((id) => id === A);
  expect(orders.get(A)).toBe(changed);
  expect(orders.get(B)).not.toBe(seen);
  orders.rest(A, JSON.stringify(changed));
  expect(orders.get(A)?.voidedBy).toBe('V');
  orders.putBack(nothing);
  expect(orders.get(A)?.voidedBy).toBe('V');
});

test('a new document takes the place of the text, and what is deleted is gone', () => {
  const orders = createOrders();
  orders.set(order(A));
  orders.rest(A, rowOf(order(A)).text);
  orders.set(order(A, 'failed'));
  orders.putBack(nothing);
  expect(orders.stateOf(A)).toBe('failed');
  orders.delete(A);
  expect([orders.has(A), orders.get(A), orders.stateOf(A), [...orders.values()]]).toEqual([
    false,
    undefined,
    undefined,
    [],
  ]);
});

test('what is not there does not rest', () => {
  const orders = createOrders();
  orders.rest(A, rowOf(order(A)).text);
  expect(orders.has(A)).toBe(false);
});

test('a row is its order, whole', () => {
  expect(rowOf(order(A))).toMatchObject({ id: A, date: '2026-11-23' });
  expect(orderOfRow(rowOf(order(A)))).toEqual(order(A));
});
