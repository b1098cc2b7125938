import type { Order, OrderState } from './order.ts';

/** A settled order as it is kept: the text of its document. */
export interface Row {
  id: string;
  /** Its business date. */
  date: string;
  text: string;
}

/**
 * Orders in memory. Whatever still happens to one happens to its document; a settled one rests as the text of its row, for a
 * network has hundreds of times more of those, and documents are what a garbage collector walks through.
 */
export interface Orders {
  has(id: string): boolean;
  /** The document to read or to change. One that rested is made anew from its text, until {@link Orders.rest} or {@link Orders.putBack}. */
  get(id: string): Order | undefined;
  set(order: Order): void;
  delete(id: string): void;
  /** The settled order rests as this text, which is its document's. */
  rest(id: string, text: string): void;
  /** What was only looked at rests again as it did before. Nobody may hold its document any more. */
  putBack(isTouched: (id: string) => boolean): void;
  stateOf(id: string): OrderState | undefined;
  /** Every order, to be read now and not kept. */
  values(): Iterable<Order>;
  states(): Iterable<[id: string, state: OrderState]>;
}

export function createOrders(): Orders {
  const documents = new Map<string, Order>();
  const resting = new Map<string, { state: OrderState; text: string }>();
  /** The documents of orders that rest. */
  const lookedAt = new Set<string>();

  return {
    has: (id) => documents.has(id) || resting.has(id),
    get(id) {
      const known = documents.get(id);
      if (known) return known;
      const rest = resting.get(id);
      if (!rest) return undefined;
      const order = JSON.parse(rest.text) as Order;
      documents.set(id, order);
      lookedAt.add(id);
      return order;
    },
    set(order) {
      documents.set(order.id, order);
      resting.delete(order.id);
    },
    delete(id) {
      documents.delete(id);
      resting.delete(id);
    },
    rest(id, text) {
      const order = documents.get(id);
      if (!order) return;
      resting.set(id, { state: order.state, text });
      documents.delete(id);
      lookedAt.delete(id);
    },
    putBack(isTouched) {
      if (lookedAt.size === 0) return;
      for (const id of lookedAt) if (!isTouched(id)) documents.delete(id);
      lookedAt.clear();
    },
    stateOf: (id) => (documents.get(id) ?? resting.get(id))?.state,
    *values() {
      yield* documents.values();
      for (const [id, { text }] of resting) if (!documents.has(id)) yield JSON.parse(text) as Order;
    },
    *states() {
      for (const [id, { state }] of documents) yield [id, state];
      for (const [id, { state }] of resting) if (!documents.has(id)) yield [id, state];
    },
  };
}

/** The row of an order as it is now. */
export const rowOf = (order: Order): Row => ({
  id: order.id,
  date: order.businessDate,
  text: JSON.stringify(order),
});

/** The document under the very id that is given: thousands of them come at once, and two copies of each id would stay. */
export function orderOfRow({ id, text }: Pick<Row, 'id' | 'text'>): Order {
  const order = JSON.parse(text) as Order;
  order.id = id;
  return order;
}
