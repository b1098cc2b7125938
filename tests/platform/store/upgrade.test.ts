import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recover } from '../../../platform/runtime/recover.ts';
import { sha256 } from '../../../platform/service/service.ts';
import { openConnection } from '../../../platform/store/connection.ts';
import { RELEASE } from '../../../platform/store/release.ts';
import { SCHEMA_VERSION, UPGRADES } from '../../../platform/store/schema.ts';
import { openSqliteStore } from '../../../platform/store/sqlite.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-upgrade-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What stands in a file, with no word of the store's own code. */
async function look(name: string) {
  const file = await openConnection(join(folder, name), 'read');
  const [version] = await file.all<{ user_version: number }>('PRAGMA user_version');
  const blocks = await file.all('SELECT last, hash, body FROM blocks ORDER BY last');
  const orders = await file.all('SELECT id, body FROM orders ORDER BY id');
  await file.close();
  return { version: version?.user_version, blocks, orders };
}

const OLD = readdirSync(FIXTURES)
  .filter((name) => name.startsWith('store-'))
  .filter((name) => Number(name.slice('store-'.length)) < SCHEMA_VERSION);

test.each(OLD)('SEC-01 %s is brought up, put aside as it was, and rolled back to that', async (name) => {
  cpSync(join(FIXTURES, name), folder, { recursive: true });
  const before = await look('platform.sqlite');
  expect(before.blocks.length).toBeGreaterThan(5);

  const store = await openSqliteStore(folder);
  const { last } = recover(await store.kept(), sha256);
  await store.append({ first: last + 1, last: last + 1, at: 1, prev: 'x', hash: 'y', body: '{}', rows: [] });
  await store.close();
  const aside = `platform.v${before.version}.sqlite`;
  expect(await look(aside)).toEqual(before);
  const after = await look('platform.sqlite');
  expect(after.version).toBe(SCHEMA_VERSION);
  expect(after.blocks).toHaveLength(before.blocks.length + 1);
  expect(after.orders).toEqual(before.orders);

  // The way back that docs/kiosk.md tells.
  for (const file of readdirSync(folder))
    if (/^platform\.sqlite/.test(file)) renameSync(join(folder, file), join(folder, `away-${file}`));
  renameSync(join(folder, aside), join(folder, 'platform.sqlite'));
  expect(await look('platform.sqlite')).toEqual(before);
  const again = await openSqliteStore(folder);
  expect(recover(await again.kept(), sha256).last).toBe(last);
  await again.close();
});

test('there is a fixture to bring up for every version that can be', () => {
  expect(OLD.map((name) => name.slice('store-'.length)).sort()).toEqual(Object.keys(UPGRADES).sort());
});

test('SEC-01 a copy that can not be made stops the upgrade: the old store stays as it is', async () => {
  cpSync(join(FIXTURES, 'store-1'), folder, { recursive: true });
  const before = await look('platform.sqlite');
  // Something that no file can be renamed over.
  cpSync(join(FIXTURES, 'store-1'), join(folder, 'platform.v1.sqlite'), { recursive: true });
  await expect(openSqliteStore(folder)).rejects.toThrow(/the copy .*platform\.v1\.sqlite can not be made/);
  expect(await look('platform.sqlite')).toEqual(before);
  expect(existsSync(join(folder, 'platform.v1.sqlite.part'))).toBe(false);
});

test('SEC-01 a later release’s store is refused, untouched, with who wrote it and the way back', async () => {
  await (await openSqliteStore(folder)).close();
  const path = join(folder, 'platform.sqlite');
  const file = await openConnection(path, 'create');
  await file.exec("PRAGMA user_version = 99; INSERT INTO releases(version, release) VALUES (99, '9.9.0')");
  await file.close();
  await expect(openSqliteStore(folder)).rejects.toThrow(
    `is of store version 99, written by release 9.9.0; this one is ${RELEASE} and knows versions up to ${SCHEMA_VERSION}: start release 9.9.0; or restore a backup`,
  );
  cpSync(path, join(folder, `platform.v${SCHEMA_VERSION}.sqlite`));
  await expect(openSqliteStore(folder)).rejects.toThrow(
    /name .*platform\.v2\.sqlite platform\.sqlite, and start with --restored/,
  );
  expect((await look('platform.sqlite')).version).toBe(99);
});
