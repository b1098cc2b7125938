import { generateKeyPairSync, sign } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ADMINISTRATOR, CLERK, OUTLET, STATION, TELLER } from '../../platform/commands/demo-data.ts';
import { connectHttp } from '../../platform/commands/http-client.ts';
import type { OrderView } from '../../platform/core/views.ts';
import { signInText } from '../../platform/http/station-proof.ts';
import { orderId } from '../support/ids.ts';
import { BUILT, type Program, run, skipped } from './program.ts';

const SOON = 20_000;
const GONE = 10_000;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-safety-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A command to its end: what it said. */
async function told(folder: string, ...args: string[]) {
  const program = run(args, folder);
  const code = await program.ends(SOON);
  return { code, out: program.out(), errors: program.errors() };
}

async function start(
  folder: string,
  data: string,
  ...more: string[]
): Promise<{ program: Program; url: string }> {
  const program = run(['start', '--port', '0', '--mqtt-port', '0', '--data', data, ...more], folder);
  closers.push(async () => {
    if (program.process.exitCode !== null || program.process.signalCode !== null) return;
    program.process.kill('SIGKILL');
    await program.ends(GONE);
  });
  const [, url = ''] = await program.says(/Page\s+(http:\/\/\S+)[\s\S]*Ctrl-C/, SOON);
  return { program, url };
}

async function stop(program: Program): Promise<void> {
  program.process.kill('SIGINT');
  expect(await program.ends(GONE)).toBe(0);
}

/** Follows the server's events until the order has ended. */
async function ended(teller: ReturnType<typeof connectHttp>, url: string, id: string): Promise<OrderView> {
  const deadline = AbortSignal.timeout(SOON);
  for (;;) {
    const order = await teller.get<OrderView>(`/api/orders/${id}`);
    if (order.state === 'succeeded' || order.state === 'failed') return order;
    deadline.throwIfAborted();
    await fetch(new URL('/health', url));
  }
}

const credit = (n: number) => ({ id: orderId(n), outlet: OUTLET.code, amountFen: 100_000 });
const topUp = (n: number, phone = '13808001234') => ({
  id: orderId(n),
  service: 'mobile-topup',
  fields: { phone },
  amountFen: 1_000,
  again: true,
});

describe.skipIf(!BUILT)(`the safety of a station’s data${skipped}`, () => {
  it('SEC-01 a backup of a running station is proven, restores elsewhere, and repeats no number', async () => {
    const folder = temporary();
    const data = join(folder, 'data');
    const copy = join(folder, 'copy');
    const first = await start(folder, data);
    const teller = connectHttp(first.url, TELLER);
    await connectHttp(first.url, CLERK).post('/api/credit/purchases', credit(1));
    await teller.post('/api/payments', topUp(2));
    const before = await ended(teller, first.url, orderId(2));

    const made = await told(folder, 'backup', '--data', data, '--to', copy, '--with-ukeys');
    expect([made.code, made.errors]).toEqual([0, '']);
    expect(made.out).toMatch(
      /the backup is made and proven: chain of \d+ blocks walked, \d+ accounts summed/,
    );
    expect(existsSync(join(copy, 'ukeys'))).toBe(true);
    expect(readdirSync(join(copy, 'drivers'))).not.toEqual([]);
    expect(statSync(join(copy, 'platform.sqlite')).mode & 0o077).toBe(0);
    const again = await told(folder, 'backup', '--data', data, '--to', copy);
    expect([again.code, again.errors]).toEqual([2, expect.stringContaining('there is something in it')]);

    // The lost time: the backup knows nothing of it.
    await teller.post('/api/payments', topUp(3));
    const lost = await ended(teller, first.url, orderId(3));
    const running = await told(folder, 'restore', copy, '--data', data);
    expect([running.code, running.errors]).toEqual([
      1,
      expect.stringContaining('another platform is running'),
    ]);
    await stop(first.program);
    const full = await told(folder, 'restore', copy, '--data', data);
    expect([full.code, full.errors]).toEqual([2, expect.stringContaining('a restore replaces nothing')]);

    const fresh = join(folder, 'fresh');
    const restored = await told(folder, 'restore', copy, '--data', fresh);
    expect([restored.code, restored.errors]).toEqual([0, '']);
    expect(restored.out).toContain('never sent again');
    const refused = await told(folder, 'start', '--port', '0', '--mqtt-port', '0', '--data', fresh);
    expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining('--restored')]);

    // The counterpart's own books know what the platform has lost.
    for (const name of ['china-mobile.books.jsonl', 'china-mobile.keys.jsonl'])
      copyFileSync(join(data, name), join(fresh, name));
    const second = await start(folder, fresh, '--restored');
    const later = connectHttp(second.url, TELLER);
    expect(await later.get<OrderView>(`/api/orders/${orderId(2)}`)).toMatchObject({
      state: 'succeeded',
      journalNo: before.journalNo,
    });
    await later.post('/api/payments', topUp(4));
    const next = await ended(later, second.url, orderId(4));
    // The lost order repeated under its id: the counterpart answers with what it did, and does nothing again.
    const entries = () => readFileSync(join(fresh, 'china-mobile.books.jsonl'), 'utf8').split('\n').length;
    const charged = entries();
    await later.post('/api/payments', topUp(3));
    const repeated = await ended(later, second.url, orderId(3));
    expect([repeated.state, repeated.counterpartNo]).toEqual(['succeeded', lost.counterpartNo]);
    expect(entries()).toBe(charged);
    const numbers = [before, lost, next].flatMap(({ journalNo, receipt }) => [journalNo, receipt?.number]);
    expect(new Set(numbers).size).toBe(6);
    const { alerts } = await connectHttp(second.url, ADMINISTRATOR).get<{ alerts: { code: string }[] }>(
      '/api/alerts',
    );
    expect(alerts.map(({ code }) => code)).toContain('alert.restored');
    await stop(second.program);
    // Somebody has started knowingly: the next start asks no more.
    const third = await start(folder, fresh);
    await stop(third.program);
  }, 120_000);

  it('SEC-01 a backup whose chain, file or place is wrong is neither made nor restored', async () => {
    const folder = temporary();
    const data = join(folder, 'data');
    const copy = join(folder, 'copy');
    const { program } = await start(folder, data);
    await stop(program);
    expect((await told(folder, 'backup', '--data', data, '--to', copy)).code).toBe(0);
    // Whoever has them can sign in: only on demand.
    expect(existsSync(join(copy, 'ukeys'))).toBe(false);
    const credentials = join(copy, 'credentials.json');
    const kept = readFileSync(credentials);
    writeFileSync(credentials, '{}');
    const changed = await told(folder, 'restore', copy, '--data', join(folder, 'a'));
    expect([changed.code, changed.errors]).toEqual([
      1,
      expect.stringContaining('credentials.json is not what'),
    ]);
    writeFileSync(credentials, kept);

    for (const path of [join(copy, 'platform.sqlite'), join(data, 'platform.sqlite')]) {
      const bytes = readFileSync(path);
      // In a record, as an elderly disk or a hand would; pages keep old copies of it.
      let at = bytes.indexOf('"started"');
      expect(at).toBeGreaterThan(0);
      for (; at >= 0; at = bytes.indexOf('"started"')) bytes.write('"stArted"', at);
      writeFileSync(path, bytes);
    }
    const broken = await told(folder, 'restore', copy, '--data', join(folder, 'b'));
    expect([broken.code, broken.errors]).toEqual([
      1,
      expect.stringContaining('the record chain is broken at record'),
    ]);
    const notMade = await told(folder, 'backup', '--data', data, '--to', join(folder, 'c'));
    expect([notMade.code, notMade.errors]).toEqual([
      1,
      expect.stringContaining('the record chain is broken'),
    ]);
    expect(['a', 'b', 'c', 'c.part'].filter((name) => existsSync(join(folder, name)))).toEqual([]);
    const none = await told(folder, 'restore', data, '--data', join(folder, 'd'));
    expect([none.code, none.errors]).toEqual([2, expect.stringContaining('is no backup')]);
  }, 120_000);

  it('DEV-03 a station is enrolled and revoked from the folder, at once and over a restart', async () => {
    const folder = temporary();
    const data = join(folder, 'data');
    const first = await start(folder, data);
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const key = join(folder, 'key.pem');
    const secret = join(folder, 'secret.pem');
    writeFileSync(key, publicKey.export({ type: 'spki', format: 'pem' }));
    writeFileSync(secret, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const at = ['--data', data, '--outlet', OUTLET.code, '--station', '2'];
    const mistaken = await told(folder, 'enrol', ...at, '--key', secret);
    expect([mistaken.code, mistaken.errors]).toEqual([2, expect.stringContaining('is a private key')]);
    const enrolled = await told(folder, 'enrol', ...at, '--key', key);
    expect([enrolled.code, enrolled.errors]).toEqual([0, '']);

    const signIn = async (url: string) => {
      const place = { organisation: OUTLET.code, station: '2' };
      const post = (path: string, body: object) =>
        fetch(new URL(path, url), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const { nonce } = (await (await post('/api/sign-in/challenge', place)).json()) as { nonce: string };
      const text = signInText(OUTLET.code, '2', nonce);
      const signature = sign(null, Buffer.from(text), privateKey).toString('base64');
      const { operator, password } = TELLER;
      return post('/api/sign-in', { ...place, operator, password, nonce, signature });
    };
    const session = await signIn(first.url);
    expect(session.status).toBe(200);
    const { token } = (await session.json()) as { token: string };
    const look = async () => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(new URL('/api/session', first.url), { headers });
      return ((await answer.json()) as { code?: string }).code;
    };
    expect(await look()).toBeUndefined();

    // And the printer of the bench's own station, which is connected.
    const own = ['--data', data, '--outlet', OUTLET.code, '--station', STATION];
    for (const place of [at, own]) {
      const revoked = await told(folder, 'enrol', ...place, '--revoke', '--reason', 'UKey stolen');
      expect([revoked.code, revoked.errors]).toEqual([0, '']);
    }
    expect(await look()).toBe('platform.stationRevoked');
    expect((await signIn(first.url)).status).toBe(401);
    const names = Object.keys(JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8')) as object);
    expect(names).not.toContain(`dev.${OUTLET.code}.1.printer`);
    await stop(first.program);

    const second = await start(folder, data);
    expect((await signIn(second.url)).status).toBe(401);
    const { stations } = await connectHttp(second.url, ADMINISTRATOR).get<{
      stations: { station: string; organisation: string; state: string; changes: { reason?: string }[] }[];
    }>('/api/stations');
    const known = stations.find((each) => each.organisation === OUTLET.code && each.station === '2');
    expect(known).toMatchObject({
      state: 'revoked',
      changes: [{ what: 'enrolled' }, { reason: 'UKey stolen' }],
    });
    await stop(second.program);
    const nobody = await told(folder, 'enrol', ...at, '--key', key);
    expect([nobody.code, nobody.errors]).toEqual([2, expect.stringContaining('no bench is running')]);
  }, 120_000);

  it('ACC-04 SEC-01 a support bundle of a running station has no customer’s number and no secret in it', async () => {
    const folder = temporary();
    const data = join(folder, 'data');
    const to = join(folder, 'bundle');
    const { program, url } = await start(folder, data);
    const teller = connectHttp(url, TELLER);
    await connectHttp(url, CLERK).post('/api/credit/purchases', credit(1));
    const phones = ['13808001234', '13808005678', '13808009901'];
    for (const [i, phone] of phones.entries()) await teller.post('/api/payments', topUp(10 + i, phone));
    for (const i of phones.keys()) await ended(teller, url, orderId(10 + i));
    const log = join(folder, 'station.log');
    const card = '6222021234567890123';
    writeFileSync(
      log,
      `customer ${phones[0]} with card ${card}\npassword 258036 was wrong\nprinter: paper out\n`,
    );
    const reason = `call ${phones[1]}, card ${card}`;
    const revoke = ['enrol', '--data', data, '--outlet', CLERK.organisation, '--revoke', '--reason', reason];
    expect((await told(folder, ...revoke)).code).toBe(0);

    const made = await told(folder, 'support-bundle', '--data', data, '--to', to, '--log', log);
    expect([made.code, made.errors]).toEqual([0, '']);
    const texts = new Map(readdirSync(to).map((name) => [name, readFileSync(join(to, name), 'utf8')]));
    const all = [...texts.values()].join('\n');
    const credentials = readFileSync(join(data, 'credentials.json'), 'utf8').match(/[0-9a-f]{64}/g) ?? [];
    const keys = readdirSync(join(data, 'ukeys')).map(
      (name) => readFileSync(join(data, 'ukeys', name), 'utf8').split('\n')[1] ?? '',
    );
    const token = /"token":"([^"]+)"/.exec(readFileSync(join(data, 'bench-control.json'), 'utf8'))?.[1] ?? '';
    expect([credentials.length, keys.length, token.length].every((n) => n >= 2)).toBe(true);
    for (const secret of [...phones, card, ...credentials, ...keys, token, 'scrypt$', 'PRIVATE KEY'])
      expect(all.includes(secret), secret).toBe(false);
    expect(texts.get('log.txt')).toContain('printer: paper out');
    expect(texts.get('log.txt')).not.toContain('258036');
    expect(texts.get('store.json')).toMatch(/"head": "[0-9a-f]{64}"/);
    expect(texts.get('health.json')).toContain('"bus": "up"');
    expect(texts.get('metrics.txt')).toContain('yizhan_orders');
    expect(texts.get('orders.json')).toContain('138****1234');
    expect(texts.get('devices.json')).toContain(`dev.${OUTLET.code}.1.printer`);
    expect(texts.get('journals.json')).toContain('"unfinished": 0');
    await stop(program);
    // Also of what stands still.
    const still = await told(folder, 'support-bundle', '--data', data, '--to', join(folder, 'second'));
    expect([still.code, still.errors]).toEqual([0, '']);
  }, 120_000);
});
