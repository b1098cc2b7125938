import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Order } from '../core/order.ts';
import type { Row } from '../core/orders.ts';
import type { Block } from '../runtime/block.ts';
import type { Kept } from '../runtime/recover.ts';
import { openConnection } from './connection.ts';
import { lockFolder } from './lock.ts';
import type { Store } from './store.ts';
import { bringUp } from './upgrade.ts';

/**
 * The store in one SQLite file below `folder` (made if it is not there). WAL and `synchronous=FULL`: an appended block
 * survives a power cut. A store of an earlier release is brought up to this one. Throws where the folder is in use or the file
 * is of a later release.
 */
export async function openSqliteStore(folder: string): Promise<Store> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'platform.sqlite');
  // What was opened, to be closed in the opposite order; also where opening fails half-way.
  const closers = [await lockFolder(folder)];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return await open(path, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  path: string,
  closers: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<Store> {
  const writer = await openConnection(path, 'create');
  closers.push(writer.close);
  await writer.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000',
  );
  await bringUp(writer, path);
  const reader = await openConnection(path, 'read');
  closers.push(reader.close);
  await reader.exec('PRAGMA busy_timeout = 5000; PRAGMA cache_size = -65536');
  const commit = writer.prepare(
    'INSERT INTO commits(first, last, at, prev, hash, body, orders, snapshot, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const byId = reader.prepare('SELECT body FROM orders WHERE id IN (SELECT value FROM json_each(?))');
  const parse = (rows: { body: string }[]) => rows.map((row) => JSON.parse(row.body) as Order);

  return {
    async kept() {
      const [snapshot] = await reader.all<NonNullable<Kept['snapshot']>>(
        'SELECT last, hash, body, seal FROM snapshots ORDER BY last DESC LIMIT 1',
      );
      const blocks = await reader.all<Block>(
        'SELECT first, last, at, prev, hash, body FROM blocks WHERE last > ? ORDER BY last',
        snapshot?.last ?? 0,
      );
      return snapshot ? { snapshot, blocks } : { blocks };
    },
    append: ({ first, last, at, prev, hash, body, rows, snapshot }) =>
      commit.run(
        first,
        last,
        at,
        prev,
        hash,
        body,
        `[${rows.map(({ text }) => text).join(',')}]`,
        snapshot?.body ?? null,
        snapshot?.seal ?? null,
      ),
    load: async (ids) => parse(await byId.all(JSON.stringify(ids))),
    ordersOfDays: (dates) =>
      reader.all<Row>(
        'SELECT id, date, body AS text FROM orders WHERE date IN (SELECT value FROM json_each(?)) ORDER BY rowid',
        JSON.stringify(dates),
      ),
    async findByNumber(outlet, journalNo) {
      const rows = await reader.all<{ id: string }>(
        'SELECT id FROM orders WHERE outlet = ? AND number = ?',
        outlet,
        journalNo,
      );
      return rows[0]?.id;
    },
    close,
  };
}
