import { isDeepStrictEqual } from 'node:util';
import type { Balance, Transfer } from '../core/ledger.ts';
import type { Order } from '../core/order.ts';
import { orderOf, type Record } from '../core/records.ts';
import { emptyState, findOrder, type State } from '../core/state.ts';
import { type Block, GENESIS, type Hash, sealOf } from '../runtime/block.ts';
import { BrokenChain, goOn, type Recovered } from '../runtime/recover.ts';
import { type Connection, openConnection } from './connection.ts';
import { SCHEMA_VERSION } from './schema.ts';
import { versionOf } from './upgrade.ts';

/** What a store was found to hold. */
export interface StoreFacts {
  version: number;
  blocks: number;
  records: number;
  /** The hash of the last block: two stores with the same one say the same. */
  head: string;
  /** Platform time of the last record, ms. */
  lastAt: number;
  businessDate: string;
  orders: number;
  /** Ids of the orders whose outcome or print is not known yet. */
  live: string[];
  accounts: number;
}

/** So many blocks, or rows, are in memory at a time. */
const AT_A_TIME = 500;

/**
 * Proves a store, also one in use: the file itself, the chain from its first record, the snapshot against the records, every
 * order a record speaks of, and the ledger against the transfers in the orders. Throws, with what is wrong; changes nothing.
 */
export async function verifyStore(path: string, hash: Hash): Promise<{ facts: StoreFacts; state: State }> {
  const store = await openConnection(path, 'read');
  try {
    await store.exec('PRAGMA busy_timeout = 5000; BEGIN');
    const version = await versionOf(store);
    if (version < 1 || version > SCHEMA_VERSION)
      throw new Error(
        `${path} has store version ${version}, this release knows 1 to ${SCHEMA_VERSION}: use the release that wrote it`,
      );
    const [check] = await store.all<{ integrity_check: string }>('PRAGMA integrity_check(1)');
    if (check?.integrity_check !== 'ok') throw new Error(`${path} is damaged: ${check?.integrity_check}`);
    const { found, blocks, told } = await walk(store, hash);
    const { state } = found;
    const orders = await proveOrders(store, state, told, hash);
    if (orders !== told.size)
      throw new Error(
        `the records tell of ${told.size} orders, but ${orders} are there: ${path} has lost some`,
      );
    const facts: StoreFacts = {
      version,
      blocks,
      records: found.last,
      head: found.hash,
      lastAt: state.now,
      businessDate: state.businessDate,
      orders,
      live: [...state.live],
      accounts: state.ledger.size,
    };
    return { facts, state };
  } finally {
    await store.close();
  }
}

/** Every block from the first one, and the snapshots where they stand. */
async function walk(store: Connection, hash: Hash) {
  const found: Recovered = { state: emptyState(), last: 0, sinceSnapshot: 0, hash: GENESIS };
  const snapshots = new Map(
    (await store.all<Snapshot>('SELECT last, hash, body, seal FROM snapshots')).map((s) => [s.last, s]),
  );
  let blocks = 0;
  /** By the order's id: what the records say of it in the end. */
  const told = new Map<string, string>();
  const seen = (record: Record) => {
    const id = orderOf(record);
    const order = id === undefined ? undefined : findOrder(found.state, id);
    if (order) told.set(order.id, essenceOf(order, hash));
  };
  for (;;) {
    const some = await store.all<Block>(
      'SELECT first, last, at, prev, hash, body FROM blocks WHERE last > ? ORDER BY last LIMIT ?',
      found.last,
      AT_A_TIME,
    );
    for (const block of some) {
      goOn(found, block, hash, seen);
      blocks++;
      const snapshot = snapshots.get(block.last);
      if (snapshot) proveSnapshot(snapshot, block, found.state, hash);
      snapshots.delete(block.last);
    }
    if (some.length < AT_A_TIME) break;
  }
  for (const { last } of snapshots.values())
    throw new BrokenChain(last, 'a snapshot stands where no block ends');
  return { found, blocks, told };
}

/** What of an order never changes once it is settled, whatever is printed or noted on it later. */
function essenceOf(order: Order, hash: Hash): string {
  const { outlet, content, amountFen, state, journalNo, businessDate, createdAt, receipt, transfers } = order;
  const moved = transfers.map((t) => [t.id, t.kind, t.debit, t.credit, t.amountFen, t.at, t.postingDate]);
  const all = [outlet, content, amountFen, state, journalNo, businessDate, createdAt, receipt?.number, moved];
  return hash(JSON.stringify(all)).slice(0, 24);
}

type Snapshot = { last: number; hash: string; body: string; seal: string };

function proveSnapshot({ last, body, seal }: Snapshot, block: Block, state: State, hash: Hash): void {
  if (sealOf(hash, block.hash, body) !== seal)
    throw new BrokenChain(last, 'the snapshot does not match its seal');
  const { ledger } = JSON.parse(body) as { ledger: [string, Balance][] };
  if (!isDeepStrictEqual(new Map(ledger), new Map(state.ledger)))
    throw new BrokenChain(last, 'the snapshot’s balances are not those of the records');
}

/** Every row against the records, and REC-02: the balances again, from the orders' own transfers. Returns how many there are. */
async function proveOrders(
  store: Connection,
  state: State,
  told: ReadonlyMap<string, string>,
  hash: Hash,
): Promise<number> {
  const sums = new Map<string, Balance>();
  let orders = 0;
  const add = (order: Order) => {
    orders++;
    for (const transfer of order.transfers) addTransfer(sums, transfer);
  };
  let after = 0;
  for (;;) {
    const rows = await store.all<{ rowid: number; id: string; body: string }>(
      'SELECT rowid, id, body FROM orders WHERE rowid > ? ORDER BY rowid LIMIT ?',
      after,
      AT_A_TIME,
    );
    // What lives again is newer than its row.
    for (const { id, body } of rows) {
      if (state.live.has(id)) continue;
      const order = JSON.parse(body) as Order;
      if (told.get(id) !== essenceOf(order, hash))
        throw new Error(`order ${id} (${order.journalNo ?? 'refused'}) is not what the records say of it`);
      add(order);
    }
    after = rows.at(-1)?.rowid ?? after;
    if (rows.length < AT_A_TIME) break;
  }
  for (const id of state.live) {
    const order = findOrder(state, id);
    if (order) add(order);
  }
  for (const account of new Set([...sums.keys(), ...state.ledger.keys()])) {
    const [told, summed] = [state.ledger.get(account), sums.get(account)];
    if (!isDeepStrictEqual({ ...told }, { ...summed }))
      throw new Error(
        `account ${account}: the records say ${JSON.stringify(told)}, the orders’ transfers sum up to ${JSON.stringify(summed)}`,
      );
  }
  return orders;
}

function addTransfer(sums: Map<string, Balance>, { kind, debit, credit, amountFen }: Transfer): void {
  const [from, to] = [debit, credit].map((name) => {
    const known = sums.get(name) ?? { debit: 0, credit: 0, debitPending: 0, creditPending: 0 };
    sums.set(name, known);
    return known;
  }) as [Balance, Balance];
  const pending = { single: 0, hold: amountFen, capture: -amountFen, release: -amountFen }[kind];
  const posted = kind === 'single' || kind === 'capture' ? amountFen : 0;
  from.debit += posted;
  from.debitPending += pending;
  to.credit += posted;
  to.creditPending += pending;
}
