import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encode } from '../../../contracts/envelope.ts';
import { STATE_TYPE } from '../../../contracts/state.ts';
import { nameOf, topicOf } from '../../../contracts/topics.ts';
import { drivenClock } from '../../../platform/service/driven-clock.ts';
import { openPlatform } from '../../../platform/service/service.ts';
import { openSqliteStore } from '../../../platform/store/sqlite.ts';
import { orderId } from '../../support/ids.ts';
import { OUTLET, PRINTER, START, TELLER } from '../../support/small-platform.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-service-'));
  cpSync(join(import.meta.dirname, '../../fixtures/store-1'), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = async (at: number, more: object = {}) => {
  const store = await openSqliteStore(folder);
  const onFatal = (error: Error) => {
    throw error;
  };
  try {
    return await openPlatform({ store, clock: drivenClock(at), onFatal, ...more });
  } catch (error) {
    await store.close();
    throw error;
  }
};

const DAY = 86_400_000;

test('S14 a clock that is years ahead, or behind the records, is refused with the remedy: it would cut days that never come back', async () => {
  await expect(open(START + 3650 * DAY)).rejects.toThrow(
    /the clock says 2036-.*last record is of 2026-11-23.*--accept-clock/,
  );
  await expect(open(START - DAY)).rejects.toThrow(/the clock says 2026-11-22/);
  const platform = await open(START + 3650 * DAY, { acceptClock: true });
  expect(platform.health().detail.businessDate).toBe('2036-11-20');
  await platform.close();
});

test('MOB-04 alerts and journal numbers are there after a restart, and an order of days ago that is still open', async () => {
  const first = await open(START + 120_000);
  await first.command({ kind: 'system' }, { type: 'cutDay' });
  await first.command({ kind: 'system' }, { type: 'cutDay' });
  await first.command({ kind: 'system' }, { type: 'cutDay' });
  const open6 = await first.order(orderId(6));
  expect(open6?.businessDate).toBe('2026-11-23');
  expect(await first.findByJournalNo(OUTLET, open6?.journalNo ?? '')).toBe(orderId(6));
  // Nobody of the carrier is there: refused, and the administrators are alerted (MOB-03).
  const refused = await first.command(TELLER, {
    type: 'pay',
    id: orderId(60),
    service: 'mobile-topup',
    fields: { phone: '13808009999' },
    amountFen: 1_000,
  });
  expect(refused).toMatchObject({ ok: false, code: 'platform.counterpartOffline' });
  const alerts = structuredClone(first.alerts());
  expect(alerts.map((alert) => alert.code)).toContain('alert.counterpartOffline');
  await first.close();

  const second = await open(START + 130_000);
  expect(second.alerts()).toEqual(alerts);
  expect(await second.findByJournalNo(OUTLET, open6?.journalNo ?? '')).toBe(orderId(6));
  await second.close();
  await expect(second.command({ kind: 'system' }, { type: 'cutDay' })).rejects.toThrow(
    'the platform is closed',
  );
});

test('DEV-07 STA-005 a place that was heard of is told with its status, and after 35 s of silence as gone', async () => {
  const store = await openSqliteStore(folder);
  let passed = 0;
  const beats: (() => void)[] = [];
  const platform = await openPlatform({
    store,
    onFatal(error) {
      throw error;
    },
    clock: {
      now: () => START + 120_000 + passed,
      steady: () => passed,
      at: () => () => {},
      every(_, act) {
        beats.push(act);
        return () => {};
      },
    },
  });
  const status = { device: 'online', paper: 'full', cover: 'closed' };
  const data = {
    online: true,
    epoch: 'epoch-0001',
    sequence: 0,
    contract: '1.0',
    profile: 'printer',
    status,
  };
  const envelope = { id: 's1', source: nameOf(PRINTER), type: STATE_TYPE, time: START, data };
  platform.listener.message(topicOf(PRINTER, 'state'), Buffer.from(encode(envelope)));
  const since = START + 120_000;
  expect(platform.sightings()).toEqual([
    expect.objectContaining({ place: PRINTER, state: 'online', since, status }),
  ]);
  passed = 36_000;
  for (const beat of beats) beat();
  expect(platform.sightings()).toEqual([
    expect.objectContaining({ online: false, state: 'offline', since: since + passed, status: {} }),
  ]);
  await platform.close();
});
