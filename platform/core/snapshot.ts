import { keepAlive } from './apply.ts';
import { wakeAtCut } from './flows/day.ts';
import type { Balance } from './ledger.ts';
import type { Order } from './order.ts';
import { arrive } from './presence.ts';
import {
  emptyBook,
  emptyState,
  findOrder,
  isInMemory,
  type Organisation,
  outletDay,
  type Person,
  type Presence,
  placeOrder,
  type State,
  type Station,
} from './state.ts';

/** The version of the snapshot's form. */
export const SNAPSHOT_VERSION = 1;

/**
 * The state without what stands in rows: settled orders are rows, and whoever restores adds those of the two days in memory
 * by {@link addSettled} after the records since the snapshot have been applied.
 */
export interface Snapshot {
  v: typeof SNAPSHOT_VERSION;
  businessDate: string;
  previousDate: string;
  now: number;
  /** Left out by earlier releases. */
  acceptedAheadMs?: number;
  ledger: [string, Balance][];
  organisations: Organisation[];
  stations: Station[];
  people: Person[];
  presence: Presence[];
  alerts: State['alerts'];
  live: Order[];
  /** Of the open day: outlet, journal numbers and receipt numbers given. */
  counts: [string, number, number][];
  /** Of the open day; left out where no numbers were skipped. */
  floor?: number;
}

export function takeSnapshot(state: State): Snapshot {
  const book = state.books.get(state.businessDate);
  return {
    v: SNAPSHOT_VERSION,
    businessDate: state.businessDate,
    previousDate: state.previousDate,
    now: state.now,
    ...(state.acceptedAheadMs > 0 ? { acceptedAheadMs: state.acceptedAheadMs } : {}),
    ledger: [...state.ledger],
    organisations: [...state.organisations.values()],
    stations: [...state.stations.values()],
    people: [...state.people.values()],
    presence: [...state.presence.values()],
    alerts: [...state.alerts],
    live: [...state.live].flatMap((id) => findOrder(state, id) ?? []),
    ...(book && book.floor > 0 ? { floor: book.floor } : {}),
    counts: book ? [...book.outlets].map(([outlet, day]) => [outlet, day.journal, day.receipts]) : [],
  };
}

/** The state of a snapshot; `undefined` gives the state before everything. Takes the snapshot's objects as its own. */
export function restore(snapshot: Snapshot | undefined): State {
  const state = emptyState();
  if (!snapshot) return state;
  if (snapshot.v !== SNAPSHOT_VERSION)
    throw new Error(
      `snapshot version ${snapshot.v} is not ${SNAPSHOT_VERSION}: it was written by another release; start that release, or restore its backup`,
    );
  state.businessDate = snapshot.businessDate;
  state.previousDate = snapshot.previousDate;
  state.now = snapshot.now;
  state.acceptedAheadMs = snapshot.acceptedAheadMs ?? 0;
  state.ledger = new Map(snapshot.ledger);
  state.organisations = new Map(snapshot.organisations.map((o) => [o.code, o]));
  state.stations = new Map(snapshot.stations.map((s) => [`${s.organisation}/${s.station}`, s]));
  state.people = new Map(snapshot.people.map((p) => [`${p.organisation}/${p.operator}`, p]));
  for (const presence of snapshot.presence) arrive(state, presence);
  state.alerts = snapshot.alerts;
  for (const date of [snapshot.previousDate, snapshot.businessDate])
    if (date) state.books.set(date, emptyBook());
  for (const order of snapshot.live) adopt(state, order);
  const book = state.books.get(state.businessDate);
  if (book) book.floor = snapshot.floor ?? 0;
  for (const [outlet, journal, receipts] of snapshot.counts)
    if (book) Object.assign(outletDay(book, outlet), { journal, receipts });
  wakeAtCut(state);
  return state;
}

function adopt(state: State, order: Order): void {
  placeOrder(state, order);
  keepAlive(state, order);
}

/** Adds settled orders from their rows: what is in memory already is at least as new. Lists stay in the order of acceptance. */
export function addSettled(state: State, rows: readonly Order[]): void {
  for (const row of rows) if (!isInMemory(state, row.id)) placeOrder(state, row);
}

/** After {@link addSettled} of whole days: the lists in the order of acceptance, as they were before the restart. */
export function sortDays(state: State): void {
  for (const book of state.books.values())
    for (const day of book.outlets.values())
      day.orders.sort((a, b) => {
        const [x, y] = [book.orders.get(a), book.orders.get(b)];
        return (x?.createdAt ?? 0) - (y?.createdAt ?? 0) || (numberOf(x) < numberOf(y) ? -1 : 1);
      });
}

const numberOf = (order: Order | undefined) => order?.journalNo ?? '';
