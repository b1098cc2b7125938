import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CLERK, OUTLET, TELLER } from '../../platform/commands/demo-data.ts';
import { connectHttp } from '../../platform/commands/http-client.ts';
import { orderId } from '../support/ids.ts';
import { BUILT, type Program, run, skipped } from './program.ts';

/** How soon it must be there, and gone after Ctrl-C, in ms. */
const SOON = 20_000;
const GONE = 10_000;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-start-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function start(folder: string, { port = 0, mqttPort = 0 } = {}): Program {
  const ports = ['--port', String(port), '--mqtt-port', String(mqttPort)];
  const program = run(['start', ...ports, '--data', join(folder, 'data')], folder);
  closers.push(async () => {
    if (program.process.exitCode !== null || program.process.signalCode !== null) return;
    program.process.kill('SIGKILL');
    await program.ends(GONE);
  });
  return program;
}

/** The page's address, once it is printed. */
async function page(program: Program): Promise<string> {
  const [, url = ''] = await program.says(/Page\s+(http:\/\/\S+)[\s\S]*Ctrl-C/, SOON);
  return url;
}

function interrupt(program: Program): Promise<number | null> {
  program.process.kill('SIGINT');
  return program.ends(GONE);
}

/** A port that another program has taken, for as long as the test runs. */
async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => new Promise((done) => server.close(done)));
  return (server.address() as AddressInfo).port;
}

describe.skipIf(!BUILT)(`yizhan start${skipped}`, () => {
  it('tells where it is and who may sign in, is healthy, and ends with 0 at Ctrl-C', async () => {
    const program = start(temporary());
    const url = await page(program);
    for (const part of [OUTLET.code, TELLER.operator, TELLER.password, CLERK.operator, CLERK.password])
      expect(program.out()).toContain(part);
    expect(program.out()).toMatch(/MQTT\s+mqtt:\/\/127\.0\.0\.1:\d+/);

    const health = await fetch(new URL('/health', url));
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ ok: true });
    const document = await fetch(url);
    expect(document.headers.get('content-type')).toContain('text/html');

    expect(await interrupt(program)).toBe(0);
    expect(program.errors()).not.toMatch(/Error|\n\s+at /);
    await expect(fetch(new URL('/health', url))).rejects.toThrow();
  });

  it('S11 CRD-02 keeps what it was told: credit bought before a stop is there after the next start', async () => {
    const folder = temporary();
    const first = start(folder);
    const clerk = connectHttp(await page(first), CLERK);
    const purchase = { id: orderId(1), outlet: OUTLET.code, amountFen: 123_400 };
    await clerk.post('/api/credit/purchases', purchase);
    expect(await interrupt(first)).toBe(0);

    const second = start(folder);
    const url = await page(second);
    const credit = () => connectHttp(url, TELLER).get<{ availableFen: number }>('/api/credit');
    expect(await credit()).toMatchObject({ availableFen: 123_400 });
    // The same purchase sent again, as after a lost answer, is still known.
    await connectHttp(url, CLERK).post('/api/credit/purchases', purchase);
    expect(await credit()).toMatchObject({ availableFen: 123_400 });
    expect(await interrupt(second)).toBe(0);
  });

  it('names --port, or --mqtt-port, where another program has that port', async () => {
    const folder = temporary();
    const port = await takenPort();
    for (const [option, ports] of [
      ['--port', { port }],
      ['--mqtt-port', { mqttPort: port }],
    ] as const) {
      const program = start(folder, ports);
      expect(await program.ends(SOON), option).not.toBe(0);
      expect(program.errors()).toContain(String(port));
      expect(program.errors()).toContain(option);
      expect(program.errors()).not.toMatch(/\n\s+at /);
    }
  });

  it('refuses what is no port by its option and value', async () => {
    for (const [option, value] of [
      ['--port', '70000'],
      ['--mqtt-port', 'http'],
    ] as const) {
      const folder = temporary();
      const program = run(['start', option, value, '--data', join(folder, 'data')], folder);
      expect(await program.ends(SOON)).not.toBe(0);
      expect(program.errors()).toContain(`${option} ${value}`);
    }
  });

  it('S11 refuses a folder that another one works on, which goes on', async () => {
    const folder = temporary();
    const first = start(folder);
    const url = await page(first);
    const second = start(folder);
    expect(await second.ends(SOON)).not.toBe(0);
    expect(second.errors()).toContain(join(folder, 'data'));
    expect(second.errors()).toContain('--data');
    expect(existsSync(join(folder, 'data', 'platform.sqlite'))).toBe(true);
    expect(await (await fetch(new URL('/health', url))).json()).toMatchObject({ ok: true });
    expect(await interrupt(first)).toBe(0);
  });
});
