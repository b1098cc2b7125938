import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openConnection } from '../../platform/store/connection.ts';
import { openSqliteStore } from '../../platform/store/sqlite.ts';
import type { Scenario } from '../../simulators/world/scenario.ts';
import { OUTLET } from '../support/small-platform.ts';
import { BUILT, run, skipped } from './program.ts';

/** Journal numbers of the store that an earlier release wrote: a row, and orders that only blocks tell of. */
const DECLINED = '26112300053';
const OPEN = '26112300061';
const PURCHASE = '26112300012';

let folder = '';
let data = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-export-'));
  data = join(folder, 'data');
  cpSync(join(import.meta.dirname, '../fixtures/store-1'), data, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function exported(...args: string[]) {
  const program = run(['export-order', ...args, '--data', data], folder);
  const code = await program.ends(20_000);
  return { code, out: program.out(), errors: program.errors() };
}

const sha256 = (file: string) =>
  createHash('sha256')
    .update(readFileSync(join(data, file)))
    .digest('hex');

describe.skipIf(!BUILT)(`yizhan export-order${skipped}`, () => {
  it('writes a settled order’s story, and changes nothing in the store', async () => {
    const before = sha256('platform.sqlite');
    const { code, out, errors } = await exported(DECLINED);
    expect([code, errors]).toEqual([0, '']);
    const { orders, faults } = JSON.parse(out) as Scenario;
    expect(orders).toEqual([
      {
        name: 'a',
        at: '09:00:00',
        station: 1,
        do: 'topup',
        account: '13808001234',
        fen: 5_000,
        conduct: { upstream: 'decline', code: 'counterpart.declined', tell: 'result' },
      },
    ]);
    expect(faults).toEqual([{ fault: 'NET-DROP', order: 'a', message: 'carrier.perform.accepted', nth: 1 }]);
    // ACC-04
    expect(out).not.toContain('13808001002');
    expect(sha256('platform.sqlite')).toBe(before);
  });

  it('of a platform that is running, also of an order that has not ended: what is not known is said', async () => {
    const running = await openSqliteStore(data);
    try {
      const file = join(folder, 'scenario.json');
      const { code, out, errors } = await exported(OPEN, '--outlet', OUTLET, '--out', file);
      expect([code, out]).toEqual([0, '']);
      expect(errors).toBe('not derived: it is processing: how it ends is not known yet\n');
      expect((JSON.parse(readFileSync(file, 'utf8')) as Scenario).orders[0]).toMatchObject({
        at: '09:01:01',
        conduct: { upstream: 'charge', delayMs: 'never', tell: 'nothing' },
      });
    } finally {
      await running.close();
    }
  });

  it('asks for the outlet where several have the number', async () => {
    const store = await openConnection(join(data, 'platform.sqlite'), 'create');
    await store.exec(
      `INSERT INTO orders(id, outlet, date, number, body)
       SELECT id || 'X', '51010002', date, number, json_set(body, '$.id', id || 'X', '$.outlet', '51010002')
       FROM orders WHERE number = '${DECLINED}'`,
    );
    await store.close();
    const { code, errors } = await exported(DECLINED);
    expect(code).not.toBe(0);
    expect(errors).toMatch(/several outlets.*--outlet \(51010001, 51010002\)/);
    expect((await exported(DECLINED, '--outlet', '51010002')).code).toBe(0);
  });

  it('names what is wrong: the number, the outlet, the folder, or what kind of order it is', async () => {
    for (const [args, what] of [
      [['26112300054'], '«26112300054» is no journal number'],
      [[], '«» is no journal number'],
      [['26112300079'], `no order with journal number 26112300079 in ${data}`],
      [[DECLINED, '--outlet', '51010009'], 'of outlet 51010009'],
      [[PURCHASE], 'is a creditPurchase: only a top-up'],
    ] as const) {
      const { code, out, errors } = await exported(...args);
      expect([code, out]).not.toEqual([0, '']);
      expect(code).not.toBe(0);
      expect(errors).toContain(what);
      expect(errors).not.toMatch(/\n\s+at /);
    }
    rmSync(data, { recursive: true });
    expect((await exported(DECLINED)).errors).toContain(`no platform’s store in ${data}`);
  });
});
