import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Block } from '../../platform/runtime/block.ts';
import { addDays, recover } from '../../platform/runtime/recover.ts';
import { createRuntime } from '../../platform/runtime/runtime.ts';
import { sha256 } from '../../platform/service/service.ts';
import { openSqliteStore } from '../../platform/store/sqlite.ts';
import { orderId } from '../support/ids.ts';
import { CARRIER, CLERK, OFFICE, OUTLET, PHONE, START, SYSTEM, TELLER } from '../support/small-platform.ts';

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The files as a power cut leaves them: what was synced when the last commit was told, and perhaps a torn next write. */
function cutPower(from: string, to: string, torn: number): void {
  mkdirSync(to);
  copyFileSync(join(from, 'platform.sqlite'), join(to, 'platform.sqlite'));
  const wal = readFileSync(join(from, 'platform.sqlite-wal'));
  const tail = Buffer.from(wal.subarray(Math.max(0, wal.length - torn))).reverse();
  writeFileSync(join(to, 'platform.sqlite-wal'), Buffer.concat([wal, tail]));
}

it('S11 after a power cut at any commit every block that was told durable is there, and nothing half', async () => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-power-'));
  const live = join(folder, 'live');
  const store = await openSqliteStore(live);
  const cuts: { folder: string; last: number; hash: string }[] = [];
  let chain = Promise.resolve();
  const runtime = createRuntime(
    recover(await store.kept(), sha256),
    {
      now: () => START,
      setAlarm: () => {},
      append(block: Block) {
        chain = store.append(block).then(() => {
          const to = join(folder, `cut-${block.last}`);
          cutPower(live, to, [0, 100, 5000][cuts.length % 3] ?? 0);
          cuts.push({ folder: to, last: block.last, hash: block.hash });
          runtime.durable();
        });
      },
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
    { snapshotEvery: 7 },
  );
  const command = (who: typeof TELLER, asked: Parameters<typeof runtime.command>[1]) =>
    new Promise((resolve) => runtime.command(who, asked, resolve));

  runtime.input({ kind: 'started', epoch: 'power-test' });
  runtime.input({
    kind: 'presence',
    change: {
      place: CARRIER,
      online: true,
      epoch: 'carrier-1',
      profile: 'carrier',
      status: {},
      capabilities: {},
    },
  });
  for (const organisation of [
    { code: OUTLET, kind: 'outlet', name: 'A' },
    { code: OFFICE, kind: 'office', name: 'B' },
  ] as const)
    await command(SYSTEM, { type: 'registerOrganisation', organisation });
  await command(CLERK, { type: 'buyCredit', id: orderId(900), outlet: OUTLET, amountFen: 100_000 });
  for (let n = 1; n <= 6; n++) {
    const id = orderId(n);
    await command(TELLER, {
      type: 'pay',
      id,
      service: 'mobile-topup',
      fields: { phone: PHONE },
      amountFen: 1_000,
      again: true,
    });
    const data = {
      outcome: 'success',
      result: { account: PHONE, amountFen: 1_000, counterpartNo: `CM${n}` },
    };
    const reply = {
      id: `r${n}`,
      source: 'cp.china-mobile.1',
      type: 'yizhan.carrier.perform.completed',
      time: START,
      correlation: id,
      causation: `${id}.1`,
      data,
    };
    runtime.input({ kind: 'message', place: CARRIER, leaf: 'rep', envelope: reply });
  }
  await new Promise<void>((resolve) => runtime.read(() => undefined, resolve));
  await chain;
  await store.close();

  expect(cuts.length).toBeGreaterThan(10);
  for (const cut of cuts) {
    expect(statSync(join(cut.folder, 'platform.sqlite-wal')).size).toBeGreaterThan(0);
    const reopened = await openSqliteStore(cut.folder);
    const recovered = recover(await reopened.kept(), sha256);
    addDays(recovered.state, await reopened.ordersOfDays([recovered.state.businessDate]));
    expect({ last: recovered.last, hash: recovered.hash }).toEqual({ last: cut.last, hash: cut.hash });
    await reopened.close();
  }
});
