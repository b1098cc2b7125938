import { isSettled, type Order } from '../../platform/core/order.ts';
import type { Orders } from '../../platform/core/orders.ts';
import { findOrder, type State } from '../../platform/core/state.ts';
import { DAY_CUT } from '../../platform/core/wakes.ts';

/**
 * All of a state that must be the same after every recovery. Settled orders of old days come and go with those who ask, and
 * the wake of the day cut is set by the start.
 */
export function picture(state: State): object {
  const accepted = (ids: readonly string[]) => ids.filter((id) => findOrder(state, id)?.state !== 'rejected');
  const named = (orders: Orders) => [...orders.values()].map((order): [string, Order] => [order.id, order]);
  const sorted = <V>(entries: Iterable<[string, V]>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  const today = state.books.get(state.businessDate);
  return {
    dates: [state.previousDate, state.businessDate, state.now],
    ledger: sorted(state.ledger),
    trees: [sorted(state.organisations), sorted(state.stations), sorted(state.people)],
    orders: sorted([...state.books.values()].flatMap((book) => named(book.orders))),
    days: sorted(
      [...state.books].map(([date, { outlets }]) => [
        date,
        // A page without an order is a page that nobody has opened yet.
        sorted([...outlets].map(([o, d]): [string, string[]] => [o, accepted(d.orders)])).filter(
          ([, ids]) => ids.length > 0,
        ),
      ]),
    ),
    counts: sorted([...(today?.outlets ?? [])].map(([o, d]) => [o, [d.journal, d.receipts]])),
    older: sorted(named(state.older).filter(([, order]) => !isSettled(order))),
    live: [...state.live],
    open: sorted([...state.open].map(([content, ids]) => [content, [...ids].sort()])),
    meters: sorted(state.meters),
    presence: sorted(state.presence),
    sites: sorted(state.sites),
    waiting: sorted([...state.waiting].map(([site, ids]) => [site, [...ids].sort()])),
    alerts: state.alerts,
    wakes: sorted([...state.wakes.due].filter(([key]) => key !== DAY_CUT)),
  };
}
