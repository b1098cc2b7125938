import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY } from '../../../contracts/time.ts';
import { chainHash, sealOf } from '../../../platform/runtime/block.ts';
import { recover } from '../../../platform/runtime/recover.ts';
import { createRuntime } from '../../../platform/runtime/runtime.ts';
import { sha256 } from '../../../platform/service/service.ts';
import { openConnection } from '../../../platform/store/connection.ts';
import { openSqliteStore } from '../../../platform/store/sqlite.ts';
import { verifyStore } from '../../../platform/store/verify.ts';
import { orderId } from '../../support/ids.ts';
import {
  CARRIER,
  CLERK,
  OFFICE,
  OUTLET,
  PHONE,
  START,
  SYSTEM,
  TELLER,
} from '../../support/small-platform.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-verify-'));
  path = join(folder, 'platform.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Five business days with late ends, a void and refusals; many snapshots. What the platform itself knew at the end. */
async function fiveDays() {
  const store = await openSqliteStore(folder);
  let now = START;
  const from = recover(await store.kept(), sha256);
  const runtime = createRuntime(
    from,
    {
      now: () => now,
      setAlarm: () => {},
      append: (block) => void store.append(block).then(() => runtime.durable()),
      load: (ids) => void store.load(ids).then((rows) => runtime.loaded(rows)),
      publish: () => {},
      changed: () => {},
      alert: () => {},
      marked: () => {},
      fatal(error) {
        throw error;
      },
      hash: sha256,
    },
    { snapshotEvery: 8 },
  );
  const command = (who: typeof TELLER, asked: Parameters<typeof runtime.command>[1]) =>
    new Promise((resolve) => runtime.command(who, asked, resolve));
  const ended = (n: number, outcome: object) =>
    runtime.input({
      kind: 'message',
      place: CARRIER,
      leaf: 'rep',
      envelope: {
        id: `r${n}`,
        source: 'cp.china-mobile.1',
        type: 'yizhan.carrier.perform.completed',
        time: now,
        correlation: orderId(n),
        causation: `${orderId(n)}.1`,
        data: outcome,
      },
    });
  const success = (n: number) =>
    ended(n, { outcome: 'success', result: { account: PHONE, amountFen: 1_000, counterpartNo: `CM${n}` } });
  runtime.input({ kind: 'started', epoch: 'verify' });
  const change = { online: true, epoch: 'c', profile: 'carrier', status: {}, capabilities: {} };
  runtime.input({ kind: 'presence', change: { place: CARRIER, ...change } });
  for (const organisation of [
    { code: OUTLET, kind: 'outlet', name: 'A' },
    { code: OFFICE, kind: 'office', name: 'B' },
  ] as const)
    await command(SYSTEM, { type: 'registerOrganisation', organisation });
  await command(CLERK, { type: 'buyCredit', id: orderId(900), outlet: OUTLET, amountFen: 100_000 });
  await command(CLERK, { type: 'buyCredit', id: orderId(901), outlet: OUTLET, amountFen: 60_000 });
  await command(CLERK, { type: 'voidCredit', id: orderId(902), purchase: orderId(901) });
  const pay = { type: 'pay', service: 'mobile-topup', fields: { phone: PHONE }, amountFen: 1_000 } as const;
  for (let day = 0; day < 5; day++) {
    for (let n = 1; n <= 3; n++) await command(TELLER, { ...pay, id: orderId(day * 10 + n), again: true });
    await command(TELLER, { ...pay, id: orderId(day * 10 + 4), amountFen: 999_000, again: true });
    success(day * 10 + 1);
    // From the second day on: the end of what was begun two days before.
    if (day >= 2) success((day - 2) * 10 + 2);
    await command(SYSTEM, { type: 'cutDay' });
    await command(TELLER, { type: 'reprint', order: orderId(1) });
    now += DAY;
  }
  const known = await new Promise<{ live: string[]; accounts: number }>((resolve) =>
    runtime.read(({ live, ledger }) => ({ live: [...live].sort(), accounts: ledger.size }), resolve),
  );
  return { store, known, last: runtime.lastRecord };
}

describe('SEC-01 a store is proven', () => {
  test('whole, over many days, also while it is open: chain, snapshots, every order, every account', async () => {
    const { store, known, last } = await fiveDays();
    const { facts } = await verifyStore(path, sha256);
    expect(facts).toMatchObject({ version: 2, records: last, orders: 23, accounts: known.accounts });
    expect([...facts.live].sort()).toEqual(known.live);
    expect(known.live.length).toBeGreaterThan(5);
    await store.close();
    expect((await verifyStore(path, sha256)).facts).toEqual(facts);
  });

  test('an earlier release’s store, too, unchanged', async () => {
    cpSync(join(import.meta.dirname, '../../fixtures/store-1'), folder, { recursive: true });
    expect((await verifyStore(path, sha256)).facts).toMatchObject({ version: 1, orders: 7 });
  });

  const SPOILED: [what: string, sql: string, says: RegExp][] = [
    [
      'a changed record',
      "UPDATE blocks SET body = replace(body, '13808001001', '13808001009')",
      /broken at record/,
    ],
    [
      'a missing block',
      'DELETE FROM blocks WHERE last = (SELECT last FROM blocks LIMIT 1 OFFSET 4)',
      /is missing/,
    ],
    [
      'a changed snapshot',
      "UPDATE snapshots SET body = replace(body, '5000', '5001')",
      /does not match its seal/,
    ],
    ['a lost order', 'DELETE FROM orders WHERE rowid = 1', /has lost some|account |not what/],
    [
      'a changed amount',
      'UPDATE orders SET body = replace(body, \'"amountFen":5000\', \'"amountFen":4000\')',
      /not what the records say/,
    ],
    [
      'a refusal that is gone',
      "DELETE FROM orders WHERE json_extract(body, '$.state') = 'rejected'",
      /has lost some/,
    ],
    ['a store of a later release', 'PRAGMA user_version = 99', /store version 99/],
  ];
  test.each(SPOILED)('%s is found', async (_what, sql, says) => {
    cpSync(join(import.meta.dirname, '../../fixtures/store-1'), folder, { recursive: true });
    const file = await openConnection(path, 'create');
    await file.exec(sql);
    await file.close();
    await expect(verifyStore(path, sha256)).rejects.toThrow(says);
  });

  test('a snapshot with other balances is found, though somebody has sealed it', async () => {
    cpSync(join(import.meta.dirname, '../../fixtures/store-1'), folder, { recursive: true });
    const file = await openConnection(path, 'create');
    const [kept] = await file.all<{ last: number; hash: string; body: string }>('SELECT * FROM snapshots');
    if (!kept) throw new Error('the fixture has no snapshot');
    const body = kept.body.replace('"credit":150000', '"credit":150001');
    expect(body).not.toBe(kept.body);
    const seal = sealOf(sha256, kept.hash, body);
    await file.exec(`UPDATE snapshots SET body = '${body}', seal = '${seal}' WHERE last = ${kept.last}`);
    await file.close();
    await expect(verifyStore(path, sha256)).rejects.toThrow(/balances are not those of the records/);
  });

  test('records that add up in themselves but not with the orders are found', async () => {
    cpSync(join(import.meta.dirname, '../../fixtures/store-1'), folder, { recursive: true });
    const file = await openConnection(path, 'create');
    const [end] = await file.all<{ last: number; hash: string; at: number }>(
      'SELECT last, hash, at FROM blocks ORDER BY last DESC LIMIT 1',
    );
    if (!end) throw new Error('the fixture has no block');
    // The last open order ends in the records, with a chain that is right, but no row says so.
    const record = {
      at: end.at,
      type: 'orderEnded',
      order: orderId(6),
      state: 'failed',
      why: 'x',
      transfers: [],
    };
    const body = JSON.stringify({ v: 1, records: [record] });
    const block = { prev: end.hash, first: end.last + 1, last: end.last + 1, at: end.at, body };
    const hash = chainHash(sha256, block);
    await file.exec(
      `INSERT INTO blocks VALUES (${block.last}, ${block.first}, ${block.at}, '${block.prev}', '${hash}', '${body}')`,
    );
    await file.close();
    await expect(verifyStore(path, sha256)).rejects.toThrow(/has lost some|account |not what/);
  });
});
