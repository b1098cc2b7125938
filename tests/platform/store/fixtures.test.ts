import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { availableCredit, balanceOf } from '../../../platform/core/ledger.ts';
import { findOrder } from '../../../platform/core/state.ts';
import { addDays, recover } from '../../../platform/runtime/recover.ts';
import { sha256 } from '../../../platform/service/service.ts';
import { openSqliteStore } from '../../../platform/store/sqlite.ts';
import { orderId } from '../../support/ids.ts';
import { OFFICE, OUTLET } from '../../support/small-platform.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

// Settled rule 15: each release keeps a store that it wrote, and every later one opens it.
test.each(readdirSync(FIXTURES).filter((name) => name.startsWith('store-')))(
  'opens %s, written by an earlier release, with all that was in it',
  async (name) => {
    folder = mkdtempSync(join(tmpdir(), 'yizhan-fixture-'));
    cpSync(join(FIXTURES, name), folder, { recursive: true });
    const store = await openSqliteStore(folder);
    const { state, last } = recover(await store.kept(), sha256);
    addDays(state, await store.ordersOfDays([state.previousDate, state.businessDate].filter(Boolean)));
    await store.close();

    expect(last).toBeGreaterThan(15);
    expect(state.businessDate).toBe('2026-11-23');
    const states = [1, 2, 3, 4, 5, 6, 7].map((n) => findOrder(state, orderId(n))?.state);
    expect(states).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
      'succeeded',
      'failed',
      'processing',
      'rejected',
    ]);
    expect(findOrder(state, orderId(2))?.voidedBy).toBe(orderId(3));
    expect(availableCredit(state.ledger, OUTLET)).toBe(100_000 - 2 * 5_000);
    expect(balanceOf(state.ledger, 'payable:china-mobile')).toMatchObject({
      credit: 5_000,
      creditPending: 5_000,
    });
    expect(balanceOf(state.ledger, `cash:${OFFICE}`)).toMatchObject({ debit: 150_000, credit: 50_000 });
    expect([...state.live]).toContain(orderId(6));
    // Since version 2 (DEV-03).
    const changes = state.stations
      .get(`${OUTLET}/1`)
      ?.changes?.map(({ what, publicKey }) => [what, publicKey]);
    expect(changes).toEqual(
      name === 'store-1'
        ? undefined
        : [
            ['enrolled', 'first'],
            ['revoked', 'first'],
            ['enrolled', 'second'],
          ],
    );
  },
);
