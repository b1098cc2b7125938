import { timeOfDayAt } from './calendar.ts';
import { type CardView, cardViewOf, type UnconfirmedView } from './card-advice.ts';
import { availableCredit, balanceOf, creditAccount } from './ledger.ts';
import type { Fen } from './money.ts';
import { counterpartNumbers, type Order, type OrderState, type PrintJob } from './order.ts';
import { declaredOf } from './services/index.ts';
import { findOrder, type State } from './state.ts';

/** An order as it is shown: numbers masked (ACC-04), no keys, no printed lines. */
export interface OrderView {
  id: string;
  kind: Order['kind'];
  service?: string;
  outlet: string;
  operator: string;
  /** The fields the service declares, masked. */
  fields: { [name: string]: string };
  amountFen: Fen;
  journalNo?: string;
  businessDate: string;
  /** Platform time, ms. */
  createdAt: number;
  state: OrderState;
  /** MOB-10: the outcome is not known and a query is due. */
  needsQuery: boolean;
  voided: boolean;
  problem?: string;
  counterpartNo?: string;
  receipt?: { number: string; prints: { copy: number; state: PrintJob['state']; error?: string }[] };
  history: readonly { at: number; what: string; why?: string }[];
  transfers: readonly { kind: string; debit: string; credit: string; amountFen: Fen; postingDate: string }[];
  cases: readonly { kind: string; at: number }[];
  /** Of an order on a meter card. */
  card?: CardView;
}

export function viewOf(order: Order): OrderView {
  const service = declaredOf(order.service);
  const masked =
    service?.fields.map((field) => [field.name, field.mask(order.fields[field.name] ?? '')]) ?? [];
  const card = cardViewOf(order);
  const counterpartNo = counterpartNumbers(order);
  return {
    id: order.id,
    kind: order.kind,
    ...(order.service ? { service: order.service } : {}),
    outlet: order.outlet,
    operator: order.by.operator,
    fields: Object.fromEntries(masked),
    amountFen: order.amountFen,
    ...(order.journalNo ? { journalNo: order.journalNo } : {}),
    businessDate: order.businessDate,
    createdAt: order.createdAt,
    state: order.state,
    needsQuery: order.state === 'processing' || order.state === 'unknown' || order.state === 'manual',
    voided: order.voidedBy !== undefined,
    ...(order.problem ? { problem: order.problem } : {}),
    ...(counterpartNo ? { counterpartNo } : {}),
    ...(order.receipt
      ? {
          receipt: {
            number: order.receipt.number,
            prints: order.prints.map(({ copy, state, error }) => ({
              copy,
              state,
              ...(error ? { error } : {}),
            })),
          },
        }
      : {}),
    history: [...order.history],
    transfers: order.transfers.map(({ kind, debit, credit, amountFen, postingDate }) => ({
      kind,
      debit,
      credit,
      amountFen,
      postingDate,
    })),
    cases: order.cases.map(({ kind, at }) => ({ kind, at })),
    ...(card ? { card } : {}),
  };
}

/** CRD-01: an outlet's credit, in fen. */
export interface CreditView {
  outlet: string;
  name: string;
  /** Bought less spent. */
  balanceFen: Fen;
  /** Of it, held for orders whose outcome is not known yet. */
  heldFen: Fen;
  /** What the next order may cost. */
  availableFen: Fen;
}

export function creditOf(state: State, outlet: string): CreditView | undefined {
  const organisation = state.organisations.get(outlet);
  if (organisation?.kind !== 'outlet') return undefined;
  const { debit, credit, debitPending } = balanceOf(state.ledger, creditAccount(outlet));
  return {
    outlet,
    name: organisation.name,
    balanceFen: credit - debit,
    heldFen: debitPending,
    availableFen: availableCredit(state.ledger, outlet),
  };
}

/** MOB-10: every order of the outlet's open business day that was accepted, newest first. */
export function todaysOrders(state: State, outlet: string): OrderView[] {
  return ordersOfDay(state, outlet).map(viewOf).reverse();
}

/**
 * REP-05: the outlet's day journal: every teller's successes of the open business day, of one service or all, within a range
 * of the time of day (`hhmmss`, both ends included), across midnight where `from` is later than `to`.
 */
export function dayJournal(
  state: State,
  outlet: string,
  by: { service?: string; from?: string; to?: string },
): OrderView[] {
  const { service, from = '000000', to = '235959' } = by;
  const inRange = (time: string) => (from <= to ? time >= from && time <= to : time >= from || time <= to);
  return ordersOfDay(state, outlet)
    .filter((order) => order.state === 'succeeded' && !order.voidedBy && order.kind !== 'creditVoid')
    .filter((order) => service === undefined || (order.service ?? order.kind) === service)
    .filter((order) => inRange(timeOfDayAt(order.createdAt)))
    .map(viewOf);
}

function ordersOfDay(state: State, outlet: string): Order[] {
  const book = state.books.get(state.businessDate);
  return (book?.outlets.get(outlet)?.orders ?? [])
    .flatMap((id) => book?.orders.get(id) ?? [])
    .filter((order) => order.state !== 'rejected');
}

/** The id of an order in memory by its outlet's journal number: of the two days, or of an earlier one that is still open. */
export function findByJournalNo(state: State, outlet: string, journalNo: string): string | undefined {
  for (const book of state.books.values())
    for (const id of book.outlets.get(outlet)?.orders ?? [])
      if (book.orders.get(id)?.journalNo === journalNo) return id;
  for (const order of state.older.values())
    if (order.outlet === outlet && order.journalNo === journalNo) return order.id;
  return undefined;
}

/**
 * CAR-04: the outlet's orders on meter cards that are not finished, oldest first, whatever their day; of one customer or of all.
 */
export function unconfirmed(state: State, outlet: string, customerNo?: string): UnconfirmedView[] {
  return [...state.meters.values()]
    .flatMap((id) => findOrder(state, id) ?? [])
    .filter(
      (order) => order.outlet === outlet && (customerNo ?? order.card?.customerNo) === order.card?.customerNo,
    )
    .sort((a, b) => a.createdAt - b.createdAt)
    .map((order) => {
      const voided = order.voids === undefined ? undefined : findOrder(state, order.voids)?.journalNo;
      return { ...viewOf(order), ...(voided === undefined ? {} : { voidedJournalNo: voided }) };
    });
}

/** Orders whose outcome is not known or that wait for a person, oldest first, whatever their day. */
export function unresolved(state: State, isMine: (outlet: string) => boolean): OrderView[] {
  return [...state.live]
    .flatMap((id) => findOrder(state, id) ?? [])
    .filter((order) => (order.state === 'unknown' || order.state === 'manual') && isMine(order.outlet))
    .sort((a, b) => a.createdAt - b.createdAt)
    .map(viewOf);
}
