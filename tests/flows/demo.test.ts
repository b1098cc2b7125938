import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { OrderView } from '../../platform/core/views.ts';
import { BUILT, type Program, run, skipped } from './program.ts';

const AMOUNT = 5_000;
const folder = mkdtempSync(join(tmpdir(), 'yizhan-flows-'));
const running = new Set<Program>();
afterAll(() => {
  for (const program of running) program.process.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Told {
  outcome: string;
  asItMust: boolean;
  order: OrderView;
  credit: { beforeFen: number; afterFen: number; heldFen: number };
  alerts: { code: string }[];
  receipt?: { text: string; picture: string };
}

async function demo(outcome: string): Promise<{ code: number | null; errors: string; out: string }> {
  const program = run(['demo', '--outcome', outcome, '--json'], folder);
  running.add(program);
  const code = await program.ends(60_000);
  running.delete(program);
  return { code, errors: program.errors(), out: program.out() };
}

/** At most two at a time: each is several processes. */
let free = 2;
const waiting: (() => void)[] = [];
async function inTurn<T>(act: () => Promise<T>): Promise<T> {
  if (free === 0) await new Promise<void>((next) => waiting.push(next));
  else free--;
  try {
    return await act();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}

interface Story {
  outcome: string;
  ends: 'succeeded' | 'failed';
  /** What must be in its history. */
  through: string[];
  problem?: string;
  alerts: string[];
}

const STORIES: Story[] = [
  { outcome: 'success', ends: 'succeeded', through: ['accepted'], alerts: [] },
  {
    outcome: 'declined',
    ends: 'failed',
    through: ['accepted'],
    problem: 'counterpart.accountInvalid',
    alerts: [],
  },
  {
    outcome: 'late-success',
    ends: 'succeeded',
    through: ['unknown', 'inquired 1', 'alertRaised'],
    alerts: ['alert.outcomeOverdue'],
  },
  {
    outcome: 'late-failure',
    ends: 'failed',
    through: ['unknown', 'inquired 1', 'alertRaised'],
    problem: 'counterpart.declined',
    alerts: ['alert.outcomeOverdue'],
  },
  { outcome: 'lost-reply', ends: 'succeeded', through: ['inquired 1'], alerts: [] },
  {
    outcome: 'carrier-down',
    ends: 'failed',
    through: ['alertRaised'],
    problem: 'counterpart.unreachable',
    alerts: ['alert.counterpartDown'],
  },
];

describe.skipIf(!BUILT)(`yizhan demo${skipped}`, () => {
  it.concurrent.each(STORIES.map((story) => [story.outcome, story] as const))(
    'MOB-04 «%s» ends as it must, in the ledger and on paper, too',
    async (outcome, story) => {
      const { code, errors, out } = await inTurn(() => demo(outcome));
      expect(errors).toBe('');
      const told = JSON.parse(out) as Told;
      expect(told).toMatchObject({ outcome, asItMust: true });
      expect(code).toBe(0);

      const { order, credit, receipt } = told;
      const paid = story.ends === 'succeeded';
      expect(order).toMatchObject({ state: story.ends, amountFen: AMOUNT });
      expect(order.problem).toBe(story.problem);
      const history = order.history.map(({ what }) => what);
      expect(history).toEqual(expect.arrayContaining(['processing', ...story.through, story.ends]));
      expect(order.transfers.map(({ kind, amountFen }) => [kind, amountFen])).toEqual([
        ['hold', AMOUNT],
        [paid ? 'capture' : 'release', AMOUNT],
      ]);
      expect(credit).toEqual({
        beforeFen: 100_000,
        afterFen: paid ? 100_000 - AMOUNT : 100_000,
        heldFen: 0,
      });
      expect(told.alerts.map((alert) => alert.code)).toEqual(story.alerts);

      if (!paid) return expect(receipt).toBeUndefined();
      for (const part of ['缴费收据', '中国移动', '￥50.00', order.journalNo, order.receipt?.number])
        expect(receipt?.text).toContain(part);
      // ACC-04: the number is masked on paper.
      expect(receipt?.text).toMatch(/138\*{4}\d{4}/);
      expect(receipt?.text).not.toMatch(/1380800\d{4}/);
      expect(order.receipt?.prints).toEqual([{ copy: 0, state: 'printed' }]);
      const png = readFileSync(receipt?.picture ?? '');
      expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
      expect(png.length).toBeGreaterThan(1_000);
    },
    90_000,
  );

  it('an unknown outcome is refused with its value and what is allowed', async () => {
    const { code, errors, out } = await demo('maybe');
    expect(code).not.toBe(0);
    expect(out).toBe('');
    expect(errors).toContain('--outcome maybe');
    for (const { outcome } of STORIES) expect(errors).toContain(outcome);
    expect(errors).not.toMatch(/\n\s+at /);
  });

  it('an unknown option is refused with the options there are', async () => {
    const program = run(['demo', '--result', 'success'], folder);
    expect(await program.ends(20_000)).not.toBe(0);
    expect(program.errors()).toContain('--result');
    expect(program.errors()).toContain('--outcome');
  });
});
