import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Noticing } from '../../../simulators/planted/notice-flaws.ts';
import type { Found } from '../../../simulators/planted/planted-bugs.ts';
import type { ShrinkStatistics } from '../../../simulators/planted/shrink-statistics.ts';

/** What a slow machine takes three times over: it is an end for what hangs, and measures nothing. */
const LIMIT_MS = 1_800_000;

/** What the compiled code found: planting needs it. */
let seen: { found: Found[]; shrunk: ShrinkStatistics; flaws: Noticing[]; canary?: string };

beforeAll(async () => {
  const path = new URL('fixtures/find-all.mjs', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [path], { maxBuffer: 1e8 });
  seen = JSON.parse(stdout);
}, LIMIT_MS);

describe('every rule of the checker can fail', () => {
  it('each planted bug is found by its own rule alone, where the sound platform passes', () => {
    expect(seen.found.filter(({ killedBy }) => killedBy === undefined)).toEqual([]);
    expect(seen.found.length).toBeGreaterThanOrEqual(26);
  });

  it('half of them within a hundred seeds', () => {
    const seeds = seen.found.map((found) => found.seeds).sort((a, b) => a - b);
    expect(seeds[Math.floor(seeds.length / 2)]).toBeLessThanOrEqual(100);
  });

  it('what they die of shrinks to three orders and three faults within ten seconds, 95 in 100', () => {
    expect(seen.shrunk.failures).toBe(seen.found.length);
    expect(seen.shrunk.share, JSON.stringify(seen.shrunk.each)).toBeGreaterThanOrEqual(0.95);
  });

  it('the canary is noticed by the rule on evidence', () => {
    expect(seen.canary).toBe('S7');
  });

  it('a simulator that has gone blind is noticed: void, not determined, or a planted bug survives', () => {
    expect(seen.flaws.filter(({ noticed }) => noticed === undefined)).toEqual([]);
  });
});
