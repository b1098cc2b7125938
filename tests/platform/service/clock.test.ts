import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { realClock } from '../../../platform/service/clock.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a wake that the wall clock jumped over rings within seconds, not after the old wait', () => {
  const start = Date.UTC(2026, 10, 23, 9);
  vi.setSystemTime(start);
  const rung: number[] = [];
  realClock().at(start + 4 * 3_600_000, () => rung.push(Date.now()));
  vi.advanceTimersByTime(10_000);
  expect(rung).toEqual([]);
  vi.setSystemTime(start + 5 * 3_600_000);
  vi.advanceTimersByTime(5_000);
  expect(rung).toHaveLength(1);
});

test('a wake that was taken back never rings', () => {
  const rung: string[] = [];
  const cancel = realClock().at(Date.now() + 60_000, () => rung.push('rung'));
  vi.advanceTimersByTime(30_000);
  cancel();
  vi.advanceTimersByTime(120_000);
  expect(rung).toEqual([]);
});
