import { expect, test } from 'vitest';
import { steadyClock } from '../../../contracts/endpoint/steady-clock.ts';

function clocks() {
  const at = { wall: 1_000_000, monotonic: 5 };
  return {
    at,
    now: steadyClock(
      () => at.wall,
      () => at.monotonic,
    ),
  };
}

test('it runs with the monotonic clock, however often it is read', () => {
  const { at, now } = clocks();
  for (let n = 0; n < 10_000; n++) {
    at.monotonic += 0.1;
    at.wall = 1_000_000 + Math.floor(at.monotonic - 5);
    now();
  }
  expect(now() - 1_001_000).toBeGreaterThanOrEqual(-1);
  expect(now() - 1_001_000).toBeLessThanOrEqual(1);
});

test('CLK-BACK a wall clock that is set back does not set it back; after a sleep it is ahead by the sleep', () => {
  const { at, now } = clocks();
  at.wall -= 3_600_000;
  at.monotonic += 10;
  expect(now()).toBe(1_000_010);
  at.wall += 7_200_000; // the machine slept: only the wall clock went on
  expect(now()).toBe(1_000_010 + 7_200_000);
});
