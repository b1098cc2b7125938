import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Order } from '../../../platform/core/order.ts';
import { rowOf } from '../../../platform/core/orders.ts';
import type { Block } from '../../../platform/runtime/block.ts';
import { openConnection } from '../../../platform/store/connection.ts';
import { openSqliteStore } from '../../../platform/store/sqlite.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-store-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const row = (id: string, over: object = {}) =>
  ({ id, outlet: '51010001', businessDate: '2026-11-23', journalNo: `N${id}`, ...over }) as Order;
const block = (first: number, rows: Order[] = [], over: Partial<Block> = {}): Block => ({
  first,
  last: first,
  at: 1,
  prev: `h${first - 1}`,
  hash: `h${first}`,
  body: `{"n":${first}}`,
  rows: rows.map(rowOf),
  ...over,
});

test('gives back blocks in order, rows by id, by day and by journal number', async () => {
  const store = await openSqliteStore(folder);
  await store.append(block(1, [row('A'), row('B', { businessDate: '2026-11-22' })]));
  await store.append(block(2, [row('A', { state: 'later' }), row('C', { journalNo: undefined })]));
  expect([...(await store.kept()).blocks].map((b) => [b.first, b.prev, b.hash, b.body])).toEqual([
    [1, 'h0', 'h1', '{"n":1}'],
    [2, 'h1', 'h2', '{"n":2}'],
  ]);
  expect(await store.load(['A', 'Z', 'B'])).toEqual(expect.arrayContaining([row('A', { state: 'later' })]));
  expect(await store.load(['A', 'Z', 'B'])).toHaveLength(2);
  expect((await store.ordersOfDays(['2026-11-23'])).map((order) => order.id)).toEqual(['A', 'C']);
  expect(await store.findByNumber('51010001', 'NB')).toBe('B');
  expect(await store.findByNumber('51010002', 'NB')).toBeUndefined();
  await store.close();
});

test('keeps the newest snapshot and only the blocks behind it; two snapshots at the most', async () => {
  const store = await openSqliteStore(folder);
  for (let n = 1; n <= 4; n++)
    await store.append(block(n, [], { snapshot: { body: `state ${n}`, seal: `s${n}` } }));
  await store.append(block(5));
  const kept = await store.kept();
  expect(kept.snapshot).toEqual({ last: 4, hash: 'h4', body: 'state 4', seal: 's4' });
  expect([...kept.blocks].map((b) => b.first)).toEqual([5]);
  await store.close();
  const file = await openConnection(join(folder, 'platform.sqlite'), 'read');
  expect(await file.all('SELECT last FROM snapshots ORDER BY last')).toEqual([{ last: 3 }, { last: 4 }]);
  await file.close();
});

test('a block is whole or not there: a row that can not be written takes the block with it', async () => {
  const store = await openSqliteStore(folder);
  await store.append(block(1));
  await expect(store.append(block(2, [row('A'), { id: 'B' } as Order]))).rejects.toThrow(/NOT NULL/);
  expect([...(await store.kept()).blocks].map((b) => b.first)).toEqual([1]);
  expect(await store.load(['A'])).toEqual([]);
  await store.close();
});

test('two platforms never share a folder, and the lock goes with its holder', async () => {
  const store = await openSqliteStore(folder);
  await expect(openSqliteStore(folder)).rejects.toThrow(
    `another platform is running on the folder ${folder}: stop it, or choose another folder with --data`,
  );
  await store.close();
  await (await openSqliteStore(folder)).close();
});

test('a store of a newer release is refused, untouched', async () => {
  await (await openSqliteStore(folder)).close();
  const file = await openConnection(join(folder, 'platform.sqlite'), 'create');
  await file.exec('PRAGMA user_version = 99');
  await file.close();
  await expect(openSqliteStore(folder)).rejects.toThrow(/is of store version 99/);
  // The refusal let go of the lock, too.
  await expect(openSqliteStore(folder)).rejects.toThrow(/is of store version 99/);
});
