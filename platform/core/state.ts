import type { Place } from '../../contracts/topics.ts';
import type { DateText } from './calendar.ts';
import type { Ledger } from './ledger.ts';
import type { Order, OrderState } from './order.ts';
import { createOrders, type Orders, type Row } from './orders.ts';
import type { StationChange } from './stations.ts';
import { noWakes, type Wakes } from './wakes.ts';

/** Everything the platform knows. Only `apply` changes it, record by record, in the live process and after a crash alike. */
export interface State {
  /** The open business date (日切 flips it), `''` before the first. */
  businessDate: DateText;
  previousDate: DateText;
  /** The latest time the platform ever acted at, ms: its clock never goes back (S14). */
  now: number;
  /** By how much the records may be ahead of the wall clock at a start, ms: somebody has looked at it. */
  acceptedAheadMs: number;
  ledger: Ledger;
  organisations: Map<string, Organisation>;
  /** By `outlet/station`. */
  stations: Map<string, Station>;
  /** By `organisation/operator`. */
  people: Map<string, Person>;
  /** The open and the previous business day: every order accepted in them, and what was counted. */
  books: Map<DateText, DayBook>;
  /** Orders of earlier days that are in memory all the same: still alive at a cut, or loaded for a command. */
  older: Orders;
  /** Ids of the orders that are not settled. */
  live: Set<string>;
  /** Ids of the payments that have not ended, by their content: to recognise the same payment sent again by mistake. */
  open: Map<string, Set<string>>;
  /** Ids of the open orders by the meter whose card they work on (CAR-03). */
  meters: Map<string, string>;
  /** Who is online, by the place's name. Not kept over a restart: births tell it anew. */
  presence: Map<string, Presence>;
  /** The names in it by station (`outlet/station`) and by counterpart, so that a network’s size costs a payment nothing. */
  sites: Map<string, Set<string>>;
  /** Ids of the orders that wait for somebody to come to a site: an inquiry that was held, a sheet without a printer. */
  waiting: Map<string, Set<string>>;
  /** The latest {@link ALERTS_KEPT}, oldest first. */
  alerts: { at: number; code: string; about: string }[];
  wakes: Wakes;
}

export const ALERTS_KEPT = 100;

/** One business day: dropping it whole is what makes the day cut O(1). */
export interface DayBook {
  orders: Orders;
  outlets: Map<string, OutletDay>;
  /** Numbers up to here may have been given by a platform whose records are lost: the day's next ones are above it. */
  floor: number;
}

export interface OutletDay {
  /** Order ids in the order of acceptance. */
  orders: string[];
  /** Journal numbers given to orders of this day; receipt numbers given while this day was open. */
  journal: number;
  receipts: number;
}

/** A shop with a station in it, a postal office with a counter, or an area of the tree above them. */
export interface Organisation {
  code: string;
  kind: 'outlet' | 'office' | 'area';
  name: string;
  parent?: string;
}

export interface Station {
  organisation: string;
  station: string;
  /** PEM of the station's key (UKey) that signs a sign-in. */
  publicKey: string;
  /** When its certificate runs out, ms; never where it is left out. */
  expiresAt?: number;
  revoked?: boolean;
  /** Oldest first. Those that were registered with the platform itself have none. */
  changes?: StationChange[];
}

export type Role = 'teller' | 'supervisor' | 'clerk' | 'administrator';

export interface Person {
  organisation: string;
  operator: string;
  role: Role;
  name: string;
  /** As the access layer made it; the core only keeps it. */
  passwordHash: string;
}

export interface Presence {
  place: Place;
  profile: string;
  epoch: string;
  since: number;
  status: Record<string, unknown>;
  capabilities: Record<string, unknown>;
}

export function emptyState(): State {
  return {
    businessDate: '',
    previousDate: '',
    now: 0,
    acceptedAheadMs: 0,
    ledger: new Map(),
    organisations: new Map(),
    stations: new Map(),
    people: new Map(),
    books: new Map(),
    older: createOrders(),
    live: new Set(),
    open: new Map(),
    meters: new Map(),
    presence: new Map(),
    sites: new Map(),
    waiting: new Map(),
    alerts: [],
    wakes: noWakes(),
  };
}

/** The order with this id, where it is in memory. */
export function findOrder(state: State, id: string): Order | undefined {
  return (
    state.books.get(state.businessDate)?.orders.get(id) ??
    state.books.get(state.previousDate)?.orders.get(id) ??
    state.older.get(id)
  );
}

/** Whether {@link findOrder} would find it, without looking at it. */
export const isInMemory = (state: State, id: string): boolean => placeOf(state, id) !== undefined;

/** The orders among which this one is in memory. */
function placeOf(state: State, id: string): Orders | undefined {
  for (const date of [state.businessDate, state.previousDate]) {
    const book = state.books.get(date);
    if (book?.orders.has(id)) return book.orders;
  }
  return state.older.has(id) ? state.older : undefined;
}

/** The state of an order in memory. */
export const stateOfOrder = (state: State, id: string): OrderState | undefined =>
  placeOf(state, id)?.stateOf(id);

/** The settled order is not looked at any more: its text stays. */
export const putToRest = (state: State, { id, text }: Row): void => placeOf(state, id)?.rest(id, text);

/** What was only looked at rests again; what `isTouched` has changed and will be put to rest when it is settled. */
export function putBack(state: State, isTouched: (id: string) => boolean): void {
  for (const book of state.books.values()) book.orders.putBack(isTouched);
  state.older.putBack(isTouched);
}

export const emptyBook = (): DayBook => ({ orders: createOrders(), outlets: new Map(), floor: 0 });

/** An outlet's page in the book of a day that is in memory; made when it is first needed. */
export function outletDay(book: DayBook, outlet: string): OutletDay {
  const known = book.outlets.get(outlet);
  if (known) return known;
  const fresh = { orders: [], journal: book.floor, receipts: book.floor };
  book.outlets.set(outlet, fresh);
  return fresh;
}

/** Puts an order into its day's book, or beside the books where its day is no longer there. */
export function placeOrder(state: State, order: Order): void {
  const book = state.books.get(order.businessDate);
  if (!book) {
    state.older.set(order);
    return;
  }
  if (!book.orders.has(order.id)) outletDay(book, order.outlet).orders.push(order.id);
  book.orders.set(order);
}
