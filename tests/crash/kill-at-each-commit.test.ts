import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { loadCredentials } from '../../platform/bus/credentials.ts';
import type { OrderView } from '../../platform/core/views.ts';
import { type RunningCarrier, startCarrier } from '../../simulators/counterparts/carrier/start.ts';
import { orderId } from '../support/ids.ts';
import { CLERK, OFFICE, OUTLET, SYSTEM, TELLER } from '../support/small-platform.ts';

const ENTRY = fileURLToPath(new URL('./fixtures/platform-that-dies.mjs', import.meta.url));
const BUILT = existsSync(new URL('../../dist/platform/service/service.js', import.meta.url));
const AMOUNT = 5_000;
const BOUGHT = 100_000;
const PHONES = ['13808001234', '13808009901', '13808009906'];

interface Line {
  ready?: true;
  told?: { id: string; ok: boolean; code?: string; journalNo?: string };
  ends?: OrderView[];
  credit?: { debit: number; credit: number; debitPending: number };
  appends?: number;
}

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** One outlet, one carrier that lives on through every crash, and a platform that can be started again and again. */
async function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-crash-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  const credentials = join(folder, 'credentials.json');
  const password = loadCredentials(credentials).issueCredential('cp.china-mobile.1');
  const carrier: RunningCarrier = await startCarrier({
    url: `mqtt://127.0.0.1:${port}`,
    password,
    clock: {
      now: () => performance.now(),
      after: (ms, fn) => {
        const timer = setTimeout(fn, ms);
        return () => clearTimeout(timer);
      },
    },
  });
  closers.push(() => carrier.close());
  const input = JSON.stringify({
    outlet: OUTLET,
    prepare: [
      {
        principal: SYSTEM,
        command: { type: 'registerOrganisation', organisation: { code: OUTLET, kind: 'outlet', name: 'A' } },
      },
      {
        principal: SYSTEM,
        command: { type: 'registerOrganisation', organisation: { code: OFFICE, kind: 'office', name: 'B' } },
      },
      {
        principal: CLERK,
        command: { type: 'buyCredit', id: orderId(900), outlet: OUTLET, amountFen: BOUGHT },
      },
    ],
    orders: PHONES.map((phone, i) => ({
      principal: TELLER,
      command: {
        type: 'pay',
        id: orderId(i + 1),
        service: 'mobile-topup',
        fields: { phone },
        amountFen: AMOUNT,
      },
    })),
  });
  let startAt = Date.UTC(2026, 10, 23, 1, 0, 0);
  /** Runs the platform to its end or its death; what it said to the outside. */
  const run = async (killAt: number, when: 'before' | 'after') => {
    const args = [ENTRY, folder, String(port), credentials, String(killAt), when, String(startAt)];
    startAt += 60_000;
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    closers.push(() => void child.kill('SIGKILL'));
    child.stdin.end(input);
    const lines: Line[] = [];
    createInterface(child.stdout).on('line', (line) => lines.push(JSON.parse(line) as Line));
    const [, signal] = await once(child, 'close');
    return { lines, killed: signal === 'SIGKILL' };
  };
  return { run, carrier };
}

describe.skipIf(!BUILT)('kill -9 at each commit boundary (build first: npm run build)', () => {
  it('loses nothing that was told, charges nobody twice, and resolves every order in doubt by inquiry', async () => {
    const whole = await setUp();
    const undisturbed = await whole.run(0, 'before');
    const commits = undisturbed.lines.at(-1)?.appends ?? 0;
    expect(commits).toBeGreaterThanOrEqual(4);

    let killed = 0;
    for (let killAt = 1; killAt <= commits; killAt++)
      for (const when of ['before', 'after'] as const) {
        const { run, carrier } = await setUp();
        const first = await run(killAt, when);
        // The last commits gather differently from run to run: a run with fewer has simply ended well.
        if (!first.killed) continue;
        killed++;
        // The station repeats the same ids, as it must after a lost answer.
        const second = await run(0, 'before');
        const { ends = [], credit } = second.lines.at(-1) ?? {};
        expect(ends).toHaveLength(PHONES.length);
        for (const { told } of first.lines) {
          if (!told?.ok) continue;
          expect(
            ends.find((order) => order.id === told.id)?.journalNo,
            `told before the kill ${when} ${killAt}`,
          ).toBe(told.journalNo);
        }
        let charged = 0;
        ends.forEach((order, i) => {
          const truth = carrier.books.subscriber(PHONES[i] ?? '').balanceFen;
          expect([0, AMOUNT]).toContain(truth);
          expect(order.state, `${order.id} ${when} ${killAt}`).toBe(truth > 0 ? 'succeeded' : 'failed');
          charged += truth;
        });
        expect(credit).toMatchObject({ credit: BOUGHT, debit: charged, debitPending: 0 });
      }
    // Both sides of at least three quarters of the boundaries of the undisturbed run.
    expect(killed).toBeGreaterThanOrEqual(1.5 * commits);
  }, 240_000);
});
