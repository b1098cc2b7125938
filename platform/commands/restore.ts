import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { formatLocal } from '../core/calendar.ts';
import { findOrder } from '../core/state.ts';
import { sha256 } from '../service/service.ts';
import { sync } from '../store/copy.ts';
import { lockFolder } from '../store/lock.ts';
import { verifyStore } from '../store/verify.ts';
import { digestOf, MANIFEST, readManifest, STORE } from './keep/manifest.ts';
import { markRestored } from './keep/restored.ts';
import { leading } from './leading.ts';
import { readOptions, UsageError } from './options.ts';

const OPTIONS = {
  data: { type: 'string', what: 'the folder to make: a new or an empty one' },
} as const;

/** `yizhan restore FROM --data DIR`: SEC-01. Proves the backup once more, and says what a start on it can and can not know. */
export async function restore(args: string[]): Promise<number> {
  const [from, options] = leading(args);
  const read = readOptions('restore FROM --data DIR', options, OPTIONS);
  if (!read.values) {
    console.log(read.help);
    return 0;
  }
  if (from === undefined) throw new UsageError('restore FROM --data DIR: name the backup’s folder');
  const source = resolve(from);
  const { data } = read.values;
  if (data === undefined) throw new UsageError('--data DIR: name the folder that the station is to run on');
  const folder = resolve(data);
  await assertEmpty(folder);
  const manifest = readManifest(source);
  for (const [path, digest] of Object.entries(manifest.files))
    if ((await digestOf(join(source, path)).catch(() => '')) !== digest)
      throw new Error(
        `${join(source, path)} is not what the backup was made of: it was changed or damaged. Take another backup`,
      );
  const { facts, state } = await verifyStore(join(source, STORE), sha256);
  if (facts.head !== manifest.store.head)
    throw new Error(
      `${join(source, STORE)} ends at record ${facts.records}, its ${MANIFEST} says ${manifest.store.records}: they do not belong together. Take another backup`,
    );
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // First the mark: a copy that breaks off must not be started on as if nothing had been.
  markRestored(folder, {
    from: source,
    madeAt: manifest.madeAt,
    upToRecord: facts.records,
    upTo: formatLocal(facts.lastAt),
  });
  try {
    for (const path of [STORE, ...Object.keys(manifest.files)]) {
      cpSync(join(source, path), join(folder, path), { recursive: true });
      sync(join(folder, path));
    }
    sync(folder);
  } catch (error) {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
    throw error;
  }
  const doubt = facts.live.flatMap((id) => findOrder(state, id)?.journalNo ?? []);
  const time = formatLocal(facts.lastAt);
  console.log(`已恢复到 ${folder},至记录 ${facts.records},${time};其后的交易不在其中
restored to ${folder}, up to record ${facts.records} of ${time}; what came after it is not there

  1. 启动 Start      npx yizhan start --data ${folder} --restored
     跳过丢失时段可能已用的流水号和收据号 numbers that may have been given in the lost time are skipped
  2. 未结束 Open     ${facts.live.length} 笔,恢复后自动查询,不会重发 orders: inquired by themselves, never sent again${doubt.length === 0 ? '' : `\n                     ${doubt.slice(0, 20).join(' ')}${doubt.length > 20 ? ' …' : ''}`}
  3. 丢失时段 Lost   ${time} 以后的缴费对方已记账而本平台不知:用对方的对账文件补查并更正信誉度
                     payments after it are in the counterparts’ books and not here: find them in their files, correct the credit
  4. 撤销的证书 Keys 其后吊销的台席证书须再次吊销 revoke again the certificates that were revoked after it`);
  return 0;
}

async function assertEmpty(folder: string): Promise<void> {
  if (!existsSync(folder)) {
    if (!existsSync(dirname(folder)))
      throw new UsageError(`--data ${folder}: the folder above it does not exist`);
    return;
  }
  const found = readdirSync(folder);
  if (found.length === 0) return;
  // A running one is told apart: it would go on writing beside the restored files.
  if (found.includes('lock.sqlite')) await (await lockFolder(folder))();
  throw new UsageError(
    `--data ${folder}: there is something in it, and a restore replaces nothing. Move it away (it may be needed as evidence), or name a new folder`,
  );
}
