import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPlatformTime } from '../../../contracts/endpoint/platform-time.ts';

test('OPR-006 there is no time before a beat and 60 s after the last one; a message’s time does not make it fresh', () => {
  const time = createPlatformTime();
  time.atLeast(5_000, 0);
  expect(time.at(0)).toBeUndefined();
  time.beat(6_000, 'a', 0);
  expect(time.at(60_000)).toBe(66_000);
  time.atLeast(70_000, 60_000);
  expect(time.at(60_001)).toBeUndefined();
});

test('OPR-005 the time is a lower bound that delays never lower within the window: equal to the fastest message’s', () => {
  const sample = fc.record({
    pause: fc.integer({ min: 0, max: 5_000 }),
    delay: fc.nat(3_000),
    beat: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(sample, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: -1e9, max: 1e9 }),
      (samples, offset) => {
        const time = createPlatformTime();
        let local = 0;
        const seen: { local: number; offset: number; beat: boolean }[] = [];
        for (const { pause, delay, beat } of samples) {
          local += pause;
          const said = local + offset - delay;
          if (beat) time.beat(said, 'a', local);
          else time.atLeast(said, local);
          seen.push({ local, offset: said - local, beat });
          const fresh = seen.filter((each) => local - each.local <= 60_000);
          const expected = fresh.some((each) => each.beat)
            ? local + Math.max(...fresh.map((each) => each.offset))
            : undefined;
          expect(time.at(local)).toBe(expected);
        }
      },
    ),
  );
});

test('a new platform’s clock may be behind the old one’s; a belated beat of the old one changes nothing', () => {
  const time = createPlatformTime();
  time.beat(9_000, 'a', 0);
  time.beat(1_000, 'b', 10);
  time.beat(500, 'a', 20);
  expect(time.at(30)).toBe(1_020);
});
