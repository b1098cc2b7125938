import { creditAccount } from '../../platform/core/ledger.ts';
import { type State, stateOfOrder } from '../../platform/core/state.ts';
import type { Image } from '../checker/observation.ts';

/** What a platform holds in memory, as plain data for whoever compares. */
export function imageOf(state: State): Image {
  return {
    businessDate: state.businessDate,
    orders: ordersOf(state),
    accounts: accountsOf(state, state.ledger.keys()),
  };
}

/** Only of these orders and outlets. */
export function imageOfMoved(state: State, orders: ReadonlySet<string>, outlets: ReadonlySet<string>): Image {
  return {
    businessDate: state.businessDate,
    orders: [...orders].flatMap((id) => {
      const stands = stateOfOrder(state, id);
      return stands ? [[id, stands] as const] : [];
    }),
    accounts: accountsOf(state, [...outlets].map(creditAccount)),
  };
}

function ordersOf(state: State): (readonly [string, string])[] {
  const all = [...state.books.values()].flatMap((book) => [...book.orders.states()]);
  return [...all, ...state.older.states()];
}

function accountsOf(state: State, names: Iterable<string>): Image['accounts'] {
  return [...names].flatMap((name) => {
    const balance = state.ledger.get(name);
    if (!balance) return [];
    const { debit, credit, debitPending, creditPending } = balance;
    return [[name, [debit, credit, debitPending, creditPending]] as const];
  });
}
