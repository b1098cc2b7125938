import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Connection } from './connection.ts';
import { copyStore } from './copy.ts';
import { RELEASE } from './release.ts';
import { SCHEMA, SCHEMA_VERSION, UPGRADES } from './schema.ts';

/** Where the store of an earlier version is kept when it is brought up. */
export const copyOf = (path: string, version: number) => join(dirname(path), `platform.v${version}.sqlite`);

/**
 * Makes the tables of a new store, and brings an earlier release's store up to this one: first a copy is put aside, then all
 * of it is one transaction. Throws for a later release's store, with what to do.
 */
export async function bringUp(writer: Connection, path: string): Promise<void> {
  const version = await versionOf(writer);
  if (version === SCHEMA_VERSION) return;
  if (version > SCHEMA_VERSION) throw new Error(await laterRelease(writer, path, version));
  const steps = version === 0 ? [SCHEMA] : [];
  for (let from = version; version > 0 && from < SCHEMA_VERSION; from++) {
    const step = UPGRADES[from];
    if (step === undefined)
      throw new Error(`${path} is of store version ${from}, which this release can not bring up`);
    steps.push(step);
  }
  if (version > 0) await copyStore(writer, copyOf(path, version));
  await writer.exec(
    `BEGIN IMMEDIATE;${steps.join('')}
     INSERT INTO releases(version, release) VALUES (${SCHEMA_VERSION}, '${RELEASE}');
     PRAGMA user_version = ${SCHEMA_VERSION};COMMIT`,
  );
}

export async function versionOf(store: Connection): Promise<number> {
  const [row] = await store.all<{ user_version: number }>('PRAGMA user_version');
  return row?.user_version ?? 0;
}

/** What is refused, who wrote it, and the way back. */
async function laterRelease(store: Connection, path: string, version: number): Promise<string> {
  const [known] = await store
    .all<{ release: string }>('SELECT release FROM releases ORDER BY version DESC LIMIT 1')
    .catch(() => []);
  const writer = known ? `release ${known.release}` : 'a later release';
  const back = copyOf(path, SCHEMA_VERSION);
  const way = existsSync(back)
    ? `; or go back to before its upgrade, which loses what was recorded since: move platform.sqlite, -wal and -shm away, name ${back} platform.sqlite, and start with --restored`
    : `; or restore a backup that release ${RELEASE} made`;
  return `${path} is of store version ${version}, written by ${writer}; this one is ${RELEASE} and knows versions up to ${SCHEMA_VERSION}: start ${writer}${way}`;
}
