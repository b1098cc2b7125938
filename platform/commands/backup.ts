import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { formatLocal } from '../core/calendar.ts';
import { sha256 } from '../service/service.ts';
import { openConnection } from '../store/connection.ts';
import { copyStore, sync } from '../store/copy.ts';
import { RELEASE } from '../store/release.ts';
import { verifyStore } from '../store/verify.ts';
import { digestOf, MANIFEST, type Manifest, STORE } from './keep/manifest.ts';
import { readOptions, UsageError } from './options.ts';

const OPTIONS = {
  to: { type: 'string', what: 'the folder to make; best on another disk' },
  'with-ukeys': {
    type: 'boolean',
    what: 'the bench’s software UKeys, too: whoever has them can sign in there',
  },
  data: { type: 'string', default: '.yizhan', what: 'the platform’s folder; it may be running' },
} as const;

/** Not copied: made anew, of the moment, other copies, or paper. */
const LEFT_OUT =
  /^(platform\..*|lock\.sqlite.*|bench-control\.json|restored\.json|papers|ukeys|\.writable|.*\.(new|part))$/;

/**
 * `yizhan backup`: SEC-01. The store as it is at one moment, then what may only be newer than it: the journals of what was
 * begun. The copy is proven before it gets its name.
 */
export async function backup(args: string[]): Promise<number> {
  const read = readOptions('backup --to DIR', args, OPTIONS);
  if (!read.values) {
    console.log(read.help);
    return 0;
  }
  const folder = resolve(read.values.data ?? OPTIONS.data.default);
  const to = target(read.values.to);
  if (!existsSync(join(folder, STORE)))
    throw new UsageError(`there is no platform’s store in ${folder}: name its folder with --data`);
  const part = `${to}.part`;
  rmSync(part, { recursive: true, force: true });
  // It holds customers' numbers.
  mkdirSync(part, { mode: 0o700 });
  let made: Manifest;
  try {
    made = await copy(folder, part, read.values['with-ukeys'] === true);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
  if (existsSync(to)) rmSync(to, { recursive: true });
  renameSync(part, to);
  sync(dirname(to));
  const { records, lastAt, head, orders, live } = made.store;
  console.log(
    `备份完成并已验证:${to}\n  至记录 ${records},${formatLocal(lastAt)};订单 ${orders} 笔,其中 ${live.length} 笔未结束\n` +
      `the backup is made and proven: chain of ${made.store.blocks} blocks walked, ${made.store.accounts} accounts summed\n` +
      `  up to record ${records} of ${formatLocal(lastAt)}; ${orders} orders, ${live.length} of them not settled\n  head ${head}`,
  );
  return 0;
}

function target(to: string | undefined): string {
  if (to === undefined) throw new UsageError('--to DIR: name the folder that the backup is to be');
  const path = resolve(to);
  if (existsSync(path) && readdirSync(path).length > 0)
    throw new UsageError(
      `--to ${path}: there is something in it; name a new folder, best with the date in it`,
    );
  if (!existsSync(dirname(path)))
    throw new UsageError(`--to ${path}: the folder above it does not exist; is the disk mounted?`);
  return path;
}

async function copy(folder: string, to: string, withUkeys: boolean): Promise<Manifest> {
  const store = await openConnection(join(folder, STORE), 'read');
  try {
    await store.exec('PRAGMA busy_timeout = 5000');
    await copyStore(store, join(to, STORE));
  } finally {
    await store.close();
  }
  const { facts } = await verifyStore(join(to, STORE), sha256);
  const names = readdirSync(folder).filter((name) => !LEFT_OUT.test(name));
  if (withUkeys && existsSync(join(folder, 'ukeys'))) names.push('ukeys');
  for (const name of names) cpSync(join(folder, name), join(to, name), { recursive: true });
  const files: Manifest['files'] = {};
  for (const entry of readdirSync(to, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    chmodSync(path, 0o600);
    sync(path);
    const name = path.slice(to.length + 1);
    if (name !== STORE) files[name] = await digestOf(path);
  }
  const made: Manifest = {
    format: 1,
    madeAt: new Date().toISOString(),
    release: RELEASE,
    store: facts,
    files,
  };
  writeFileSync(join(to, MANIFEST), `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flush: true });
  sync(to);
  return made;
}
