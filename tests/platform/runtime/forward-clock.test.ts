import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createForwardClock, FOLLOWED } from '../../../platform/runtime/forward-clock.ts';

const START = Date.UTC(2026, 10, 23, 1);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A platform's time on a wall clock that `set` sets; `pass` lets time pass on it and on the steady clock, `sleep` on it only. */
function clocks(floor = 0) {
  const forward = createForwardClock(floor);
  let wall = START;
  let steady = 7.25;
  const read = () => forward.now(wall, steady) - START;
  read();
  return {
    forward,
    read,
    pass(ms: number) {
      wall += ms;
      steady += ms;
      return read();
    },
    sleep(ms: number) {
      wall += ms;
      return read();
    },
    set(byMs: number) {
      wall += byMs;
      return read();
    },
  };
}

describe('S14 platform time never goes back', () => {
  test('whatever is done to the wall clock, with a steady clock or without one, from any last record on', () => {
    const moves = fc.array(
      fc.record({ setBy: fc.integer({ min: -900 * DAY, max: 900 * DAY }), passes: fc.nat(3 * DAY) }),
      { minLength: 2, maxLength: 30 },
    );
    fc.assert(
      fc.property(moves, fc.boolean(), fc.integer({ min: 0, max: START + DAY }), (all, isSteady, floor) => {
        const forward = createForwardClock(floor);
        let wall = START;
        let steady = 0;
        let last = floor;
        for (const { setBy, passes } of all) {
          wall += setBy + passes;
          steady += passes;
          const now = isSteady ? forward.now(wall, steady) : forward.now(wall);
          expect(now).toBeGreaterThanOrEqual(last);
          expect(now).toBe(wall + forward.ahead);
          if (isSteady && last > floor) expect(now - last).toBeLessThanOrEqual(passes + 2 * FOLLOWED);
          last = now;
        }
      }),
      { numRuns: 300, seed: 14 },
    );
  });

  test('it begins no earlier than the last record, and is ahead of a wall clock that is behind it', () => {
    const forward = createForwardClock(START + 5 * MINUTE);
    expect(forward.now(START)).toBe(START + 5 * MINUTE);
    expect(forward.ahead).toBe(5 * MINUTE);
    expect(createForwardClock(START).now(START + HOUR)).toBe(START + HOUR);
  });
});

describe('a wall clock that is set back', () => {
  test('is not waited for: platform time goes on at once, ahead by as much', () => {
    const { forward, pass, set } = clocks();
    pass(10 * MINUTE);
    expect(set(-5 * HOUR)).toBe(10 * MINUTE);
    expect(pass(1)).toBe(10 * MINUTE + 1);
    expect(pass(40_000)).toBe(10 * MINUTE + 40_001);
    expect(forward.ahead).toBe(5 * HOUR);
  });

  test('twice is ahead by both', () => {
    const { forward, pass, set } = clocks();
    set(-HOUR);
    pass(MINUTE);
    set(-2 * HOUR);
    expect(forward.ahead).toBe(3 * HOUR);
    expect(pass(MINUTE)).toBe(2 * MINUTE);
  });
});

describe('a wall clock that leaps forward', () => {
  test('is followed as far as a machine sleeps, or a bench jumps to the next day cut', () => {
    const { forward, pass, sleep } = clocks();
    expect(sleep(DAY)).toBe(DAY);
    pass(MINUTE);
    expect(sleep(FOLLOWED)).toBe(DAY + MINUTE + FOLLOWED);
    expect(forward.ahead).toBe(0);
  });

  test('is not followed further: 400 days would cut 400 days; platform time goes on by itself, behind the wall clock', () => {
    const { forward, pass, set } = clocks();
    expect(set(FOLLOWED + 1)).toBe(0);
    expect(forward.ahead).toBe(-FOLLOWED - 1);
    expect(set(400 * DAY)).toBe(0);
    expect(pass(HOUR)).toBe(HOUR);
    expect(forward.ahead).toBe(-400 * DAY - FOLLOWED - 1);
  });

  test('keeps what passed between the last look and the leap', () => {
    const forward = createForwardClock(0);
    forward.now(START, 0.4);
    // Ten seconds went by, and in their midst somebody set the clock. Fractions of a steady clock are nobody's time.
    expect(forward.now(START + 400 * DAY + 10_000, 10_000.1)).toBe(START + 10_000);
  });

  test('and is set right again is followed again: platform time is the wall clock’s, not ahead by the leap', () => {
    const { forward, pass, set } = clocks();
    set(400 * DAY);
    pass(HOUR);
    expect(set(-400 * DAY)).toBe(HOUR);
    expect(forward.ahead).toBe(0);
    expect(pass(MINUTE)).toBe(HOUR + MINUTE);
  });

  test('and is set back too far leaves it ahead by the rest', () => {
    const { forward, pass, set } = clocks();
    set(400 * DAY);
    expect(set(-400 * DAY - HOUR)).toBe(0);
    expect(forward.ahead).toBe(HOUR);
    expect(pass(MINUTE)).toBe(MINUTE);
  });

  test('and is set back to within what would have been followed is followed', () => {
    const { forward, set } = clocks();
    set(400 * DAY);
    expect(set(-399 * DAY)).toBe(DAY);
    expect(forward.ahead).toBe(0);
  });

  test('from behind the records catches up with them and no further', () => {
    // A start that was told to accept a clock which was years behind; then a time server mends it.
    const { forward, read, set } = clocks(START + 3650 * DAY);
    expect(read()).toBe(3650 * DAY);
    expect(set(3650 * DAY - HOUR)).toBe(3650 * DAY);
    expect(forward.ahead).toBe(HOUR);
  });

  test('runs on with a steady clock in fractions and is never off by them', () => {
    const forward = createForwardClock(0);
    let steady = 0.1;
    for (let ms = 0; ms < 5_000; ms++, steady += 1.000_01) forward.now(START + ms, steady);
    expect(forward.ahead).toBe(0);
  });
});

test('without a steady clock every leap is followed, as in a world that has no other clock', () => {
  const forward = createForwardClock(0);
  forward.now(START);
  expect(forward.now(START + 400 * DAY)).toBe(START + 400 * DAY);
  expect(forward.ahead).toBe(0);
});

test('a clock that stands still while real time passes (a bench’s) is neither ahead nor behind', () => {
  const forward = createForwardClock(0);
  for (let steady = 0; steady < 60_000; steady += 10_000) expect(forward.now(START, steady)).toBe(START);
  expect(forward.now(START + DAY, 70_000)).toBe(START + DAY);
  expect(forward.ahead).toBe(0);
  expect(forward.now(START + DAY - HOUR, 80_000)).toBe(START + DAY);
  expect(forward.ahead).toBe(HOUR);
});
