import { describe, expect, test } from 'vitest';
import { clockProblem } from '../../../platform/runtime/clock-check.ts';

const LAST = Date.UTC(2026, 10, 23, 1); // 09:00 in Shanghai
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('S14 a start asks for a person where the clock is far from the last record', () => {
  test.each([
    ['at the last record', 0],
    ['10 minutes behind it: a clock that was set', -10 * MINUTE],
    ['a day after it', DAY],
    ['just under 60 days after it: a shop that was closed', 60 * DAY - 1],
  ])('not %s', (_what, ms) => {
    expect(clockProblem(LAST + ms, LAST)).toBeUndefined();
  });

  test.each([
    ['more than 10 minutes behind it', -10 * MINUTE - 1, '2026-11-23 08:49:59'],
    ['at the beginning of time, as without a battery', -LAST, '1970-01-01 08:00:00'],
    ['60 days after it: it would pass over as many day cuts', 60 * DAY, '2027-01-22 09:00:00'],
  ])('%s: it says both times in Shanghai, and the remedy', (_what, ms, says) => {
    const problem = clockProblem(LAST + ms, LAST);
    expect(problem).toContain(`the clock says ${says}`);
    expect(problem).toContain('the last record is of 2026-11-23 09:00:00');
    expect(problem).toMatch(/set the clock right .*--accept-clock/);
  });

  test('never before the first record: there is nothing to compare it with', () => {
    expect(clockProblem(LAST, 0)).toBeUndefined();
    expect(clockProblem(0, 0)).toBeUndefined();
  });
});
