import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { emptyState, type State } from '../core/state.ts';
import { sha256 } from '../service/service.ts';
import { verifyStore } from '../store/verify.ts';
import { STORE } from './keep/manifest.ts';
import { readOptions, UsageError } from './options.ts';
import {
  alerts,
  configuration,
  devices,
  journals,
  knownNumbers,
  ordersOf,
  running,
  stories,
  tail,
  versions,
} from './support/contents.ts';

const OPTIONS = {
  to: { type: 'string', what: 'the folder to make (yizhan-support)', default: 'yizhan-support' },
  log: { type: 'string', what: 'a file with what the station said: its last 1,000 lines, masked' },
  data: { type: 'string', default: '.yizhan', what: 'the platform’s folder; it may be running' },
} as const;

/**
 * `yizhan support-bundle`: what the maintainers need to understand a station, as texts that a person reads through before they
 * are sent. No customer's number, no secret: every file is searched for them before the folder gets its name.
 */
export async function supportBundle(args: string[]): Promise<number> {
  const read = readOptions('support-bundle', args, OPTIONS);
  if (!read.values) {
    console.log(read.help);
    return 0;
  }
  const folder = resolve(read.values.data ?? OPTIONS.data.default);
  if (!existsSync(join(folder, STORE)))
    throw new UsageError(`there is no platform’s store in ${folder}: name its folder with --data`);
  const to = resolve(read.values.to ?? OPTIONS.to.default);
  if (existsSync(to))
    throw new UsageError(`--to ${to}: it is there already; move it away or name another folder`);
  const { log } = read.values;
  if (log !== undefined && !existsSync(log)) throw new UsageError(`--log ${log}: there is no such file`);
  const part = `${to}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { mode: 0o700 });
  try {
    const state = await write(folder, part, log);
    assertMasked(part, secretsOf(folder, state));
    renameSync(part, to);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
  const names = readdirSync(to).sort().join(' ');
  console.log(
    `${to}\n  ${names}\n\n号码与密钥已遮盖;发送前请自行查看一遍:tar czf ${to}.tar.gz -C ${dirname(to)} ${to.slice(dirname(to).length + 1)}\n` +
      'numbers and secrets are masked; look through it yourself before you send it',
  );
  return 0;
}

async function write(folder: string, to: string, log: string | undefined): Promise<State> {
  const put = (name: string, content: unknown) =>
    writeFileSync(
      join(to, name),
      typeof content === 'string' ? content : `${JSON.stringify(content, null, 1)}\n`,
      { mode: 0o600 },
    );
  // A store that is broken is what a bundle is most needed for.
  const proven = await verifyStore(join(folder, STORE), sha256).catch((error: Error) => error);
  const state = proven instanceof Error ? emptyState() : proven.state;
  const orders = ordersOf(state);
  const known = knownNumbers(state, orders);
  const { health, metrics } = await running(folder);
  put('versions.json', versions());
  put('configuration.json', configuration(folder));
  put('store.json', proven instanceof Error ? { error: proven.message } : proven.facts);
  put('orders.json', stories(orders, known));
  put('devices.json', devices(state, known));
  put('alerts.json', alerts(state, known));
  put('journals.json', journals(folder));
  put('health.json', health);
  put('metrics.txt', metrics);
  if (log !== undefined) put('log.txt', tail(log, known));
  return state;
}

/** What must not be in it: customers' numbers, hashes of passwords and secrets, keys. */
function secretsOf(folder: string, state: State): string[] {
  const numbers = ordersOf(state).flatMap(({ fields, card }) => [
    ...Object.values(fields),
    ...(card ? [card.serial, card.meterNo, card.customerNo] : []),
  ]);
  const hashes = [...state.people.values()].map(({ passwordHash }) => passwordHash);
  const pem = [...state.stations.values()].flatMap(({ publicKey }) => publicKey.split('\n'));
  const credentials = join(folder, 'credentials.json');
  const kept = existsSync(credentials)
    ? (readFileSync(credentials, 'utf8').match(/[0-9a-f]{64}/g) ?? [])
    : [];
  return [...numbers, ...hashes, ...pem, ...kept].filter((text) => text.length >= 8 && !/^-----/.test(text));
}

function assertMasked(folder: string, secrets: readonly string[]): void {
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    // Not which one: this very message may be sent along.
    if (secrets.some((secret) => text.includes(secret)))
      throw new Error(
        `${name} would hold a customer’s number or a secret, so nothing was written: report this`,
      );
  }
}
