import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Order } from '../../core/order.ts';
import type { State } from '../../core/state.ts';
import type { Block } from '../../runtime/block.ts';
import { type Kept, recover } from '../../runtime/recover.ts';
import { sha256 } from '../../service/service.ts';
import { type Connection, openConnection } from '../../store/connection.ts';
import { SCHEMA_VERSION } from '../../store/schema.ts';
import { UsageError } from '../options.ts';

/**
 * The order with this journal number as it stands in a platform's store, also of one that is running: it is only read.
 * Journal numbers are an outlet's own, so `outlet` may be left out only where one outlet has it. Throws where there is none.
 */
export async function findKept(folder: string, journalNo: string, outlet?: string): Promise<Order> {
  const path = join(folder, 'platform.sqlite');
  if (!existsSync(path))
    throw new UsageError(`there is no platform’s store in ${folder}: name its folder with --data`);
  const store = await openConnection(path, 'read');
  try {
    await assertReadable(store, path);
    const found = (await withNumber(store, journalNo)).filter(
      (order) => outlet === undefined || order.outlet === outlet,
    );
    const [order, other] = found;
    const whose = outlet === undefined ? '' : ` of outlet ${outlet}`;
    if (!order)
      throw new UsageError(`there is no order with journal number ${journalNo}${whose} in ${folder}`);
    if (other)
      throw new UsageError(
        `several outlets have a journal number ${journalNo}: name one with --outlet (${found.map((each) => each.outlet).join(', ')})`,
      );
    return order;
  } finally {
    await store.close();
  }
}

async function assertReadable(store: Connection, path: string): Promise<void> {
  await store.exec('PRAGMA busy_timeout = 5000');
  const [row] = await store.all<{ user_version: number }>('PRAGMA user_version');
  const version = row?.user_version ?? 0;
  // The tables that are read here are the same in every version so far.
  if (version < 1 || version > SCHEMA_VERSION)
    throw new UsageError(
      `${path} has store version ${version}, this release knows 1 to ${SCHEMA_VERSION}: use the release that wrote it`,
    );
}

/** Orders that live are not rows yet: they are what the snapshot and the blocks behind it say, and newer than their row. */
async function withNumber(store: Connection, journalNo: string): Promise<Order[]> {
  // One transaction, so that all of it is of one moment.
  await store.exec('BEGIN');
  const rows = await store.all<{ body: string }>('SELECT body FROM orders WHERE number = ?', journalNo);
  const [snapshot] = await store.all<NonNullable<Kept['snapshot']>>(
    'SELECT last, hash, body, seal FROM snapshots ORDER BY last DESC LIMIT 1',
  );
  const blocks = await store.all<Block>(
    'SELECT first, last, at, prev, hash, body FROM blocks WHERE last > ? ORDER BY last',
    snapshot?.last ?? 0,
  );
  await store.exec('COMMIT');
  const { state } = recover(snapshot ? { snapshot, blocks } : { blocks }, sha256);
  const found = new Map<string, Order>();
  for (const { body } of rows) {
    const order = JSON.parse(body) as Order;
    found.set(order.id, order);
  }
  for (const order of inMemory(state)) if (order.journalNo === journalNo) found.set(order.id, order);
  return [...found.values()];
}

function* inMemory(state: State): Iterable<Order> {
  yield* state.older.values();
  for (const book of state.books.values()) yield* book.orders.values();
}
