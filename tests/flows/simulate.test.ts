import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BUILT, type Program, run, skipped } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-simulate-'));
const running = new Set<Program>();
afterAll(() => {
  for (const program of running) program.process.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function yizhan(...args: string[]): Promise<{ code: number | null; out: string; errors: string }> {
  const program = run(args, folder);
  running.add(program);
  const code = await program.ends(170_000);
  running.delete(program);
  return { code, out: program.out(), errors: program.errors() };
}

interface Figures {
  verdict: string;
  seeds: { from: number; to: number; ran: number };
  kept: number;
  twice: number;
  faultsDelivered: number;
  traceHash: string;
  failures: { invariant: string; seed: number; folder?: string; replay?: string }[];
  voids: string[];
  canary?: { failed: boolean };
}

const report = join(folder, 'runs');
const GOLDEN = new URL('../../simulators/golden/', import.meta.url);

describe.skipIf(!BUILT)(`yizhan simulate${skipped}`, () => {
  it('what is kept, then a minute of seeds with faults: every rule holds, nothing is void, each run twice is the same', async () => {
    const { code, out, errors } = await yizhan(
      'simulate',
      '--seeds',
      '1..',
      '--time',
      '45s',
      '--json',
      '--report',
      report,
    );
    const figures = JSON.parse(out) as Figures;
    expect(figures.failures).toEqual([]);
    expect(figures.voids).toEqual([]);
    expect({ code, verdict: figures.verdict }).toEqual({ code: 0, verdict: 'pass' });
    expect(figures.canary).toMatchObject({ failed: true });
    expect(figures.kept).toBeGreaterThanOrEqual(24);
    expect(figures.seeds.ran).toBeGreaterThan(100);
    expect(figures.faultsDelivered).toBeGreaterThan(figures.seeds.ran);
    expect(figures.twice).toBeGreaterThan(figures.kept);
    // Before the first run, so that one which never ends can be begun again.
    expect(errors.split('\n', 1)[0]).toContain('seeds 1..');
    expect(readFileSync(join(report, 'junit.xml'), 'utf8')).toContain('<testcase');
  }, 180_000);

  it('comes to the same with one thread and with two', async () => {
    const hash = async (workers: string) => {
      const { out } = await yizhan(
        'simulate',
        '--seeds',
        '500..560',
        '--workers',
        workers,
        '--json',
        '--report',
        report,
      );
      const { traceHash, seeds, twice } = JSON.parse(out) as Figures;
      return { traceHash, seeds, twice };
    };
    expect(await hash('2')).toEqual(await hash('1'));
  }, 180_000);

  it('one seed alone says what it is before it runs, and its figures', async () => {
    const { out, errors } = await yizhan(
      'simulate',
      '--seed',
      '8',
      '--json',
      '--workers',
      '4',
      '--report',
      report,
    );
    expect(errors).toContain('seeds 8..8');
    expect(errors).toContain('--workers ignored');
    const figures = JSON.parse(out) as { [name: string]: unknown };
    for (const name of ['virtualSeconds', 'wallSeconds', 'orders', 'events', 'faultsDelivered'])
      expect(typeof figures[name]).toBe('number');
    expect(figures).toMatchObject({ seeds: { from: 8, to: 8, ran: 1 } });
  }, 60_000);

  it('a wrong option ends with 2 and says what is allowed', async () => {
    const { code, out, errors } = await yizhan('simulate', '--seeds', 'many');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(errors).toContain('--seeds many');
    expect(errors).not.toMatch(/\n\s+at /);
  });
});

describe.skipIf(!BUILT)(`yizhan replay${skipped}`, () => {
  const golden = (name: string) => join(GOLDEN.pathname, `${name}.json`);

  it('tells the story of a kept scenario and that it went the same twice', async () => {
    const { code, out } = await yizhan('replay', golden('success'));
    expect(out).toMatch(/^\s*\d\d:\d\d:\d\d\.\d{3} {2}/m);
    expect(out).toContain('PASS');
    expect(out).toContain('两次运行一致 the same twice');
    expect(code).toBe(0);
  }, 30_000);

  it('stops where it is told to', async () => {
    const scenario = JSON.parse(readFileSync(golden('success'), 'utf8')) as { world: { start: string } };
    const until = scenario.world.start.slice(11, 16);
    const { out } = await yizhan('replay', golden('success'), '--until', until);
    expect(out).toContain('stopped here');
    // What was sold before the start has succeeded; the order has not been asked for yet.
    expect(out).toContain('order a: none');
  }, 30_000);

  it('a file that is no scenario is refused, with everything that is wrong', async () => {
    const file = join(folder, 'wrong.json');
    writeFileSync(file, JSON.stringify({ v: 1, seed: 1, orders: 3 }));
    const { code, errors } = await yizhan('replay', file);
    expect(code).not.toBe(0);
    expect(errors).toContain('wrong.json');
    expect(errors).toContain('world');
  }, 30_000);
});
