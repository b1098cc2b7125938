import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { OrderView } from '../../platform/core/views.ts';
import type { ShownCard } from '../../platform/http/bench-counter.ts';
import { BUILT, type Program, run, skipped } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-demo-card-'));
const running = new Set<Program>();
afterAll(() => {
  for (const program of running) program.process.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function demo(...args: string[]) {
  const program = run(['demo', 'card', ...args], folder);
  running.add(program);
  const code = await program.ends(60_000);
  running.delete(program);
  return { code, errors: program.errors(), out: program.out() };
}

interface Told {
  asItMust: boolean;
  order: OrderView;
  stopped?: OrderView;
  checks: { isSo: boolean }[];
  before: ShownCard;
  after: ShownCard;
}

/** Where the order was when the card was gone, and how often the card was written until it was done. */
const STORIES = [
  // Nothing was sent to the card, and that is known: it might be taken back.
  { at: 'read', stopped: { state: 'processing', stage: 'waiting', may: ['work', 'takeBack'] }, writes: 1 },
  // In the second file: the first is the new one, the wallet still the old one.
  { at: 'write:50', stopped: { state: 'unknown', stage: 'waiting', may: ['work'] }, writes: 2 },
  // The last byte is on it, and only the answer is missing: reading it proves it, and it is not written again.
  { at: 'write:102', stopped: { state: 'unknown', stage: 'waiting', may: ['work'] }, writes: 1 },
  { at: 'before-confirm', stopped: { state: 'succeeded', stage: 'closing', may: ['confirm'] }, writes: 1 },
] as const;

describe.skipIf(!BUILT)(`yizhan demo card${skipped}`, () => {
  it.each(STORIES)(
    'CAR-07 pulled at $at: money and meter agree at the end, on the real reader’s driver',
    async ({ at, stopped, writes }) => {
      const { code, errors, out } = await demo('--pull-at', at, '--json');
      expect(errors).toBe('');
      const told = JSON.parse(out) as Told;
      expect(told.checks.map(({ isSo }) => isSo)).toEqual(Array(6).fill(true));
      expect([code, told.asItMust]).toEqual([0, true]);
      const { state, card } = told.stopped ?? {};
      expect({ state, stage: card?.stage, may: card?.may }).toEqual(stopped);
      expect(told.order.history.filter(({ what }) => what === 'card writing')).toHaveLength(writes);
      expect(told.order.transfers.map(({ kind }) => kind)).toEqual(['hold', 'capture']);
      // What the customer has: said once more here, for the story checks itself.
      expect(told.after.meter.balanceFen - told.before.meter.balanceFen).toBe(told.order.amountFen);
      expect(told.after.meter.count).toBe(told.before.meter.count + 1);
    },
    70_000,
  );

  it('CAR-01 tells the whole story with pictures, in Chinese and English', async () => {
    const { code, errors, out } = await demo();
    expect([code, errors]).toEqual([0, '']);
    expect(out.match(/┌─ 电卡 card 0001/g)).toHaveLength(3);
    expect(out).toContain('第 8 次   ￥212.00');
    expect(out).toMatch(/✔ 钱与电表一致 {3}money and meter agree\n$/);
    expect(out).not.toContain('✘');
  }, 70_000);

  it('a time that is none is refused with those there are', async () => {
    const { code, errors } = await demo('--pull-at', 'write:103');
    expect(code).toBe(2);
    expect(errors).toMatch(/--pull-at «write:103».*write:0 to write:102.*before-confirm/);
    expect(errors).not.toMatch(/\n\s+at /);
  });
});
