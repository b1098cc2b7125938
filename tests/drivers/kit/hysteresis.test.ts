import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hysteresis } from '../../../drivers/kit/hysteresis.ts';

it('is down until the recovery is proven, and up until the failure is', () => {
  const health = hysteresis({ down: 3, up: 2 });
  const after = [health.good(), health.isUp(), health.good(), health.isUp()];
  expect(after).toEqual([false, false, true, true]);
  expect([health.bad(), health.bad(), health.good(), health.bad(), health.bad()]).not.toContain(true);
  expect([health.isUp(), health.bad(), health.isUp()]).toEqual([true, true, false]);
  expect([health.good(), health.bad(), health.good()]).not.toContain(true);
  expect(health.good()).toBe(true);
});

it('a lost line is down at once, and its recovery is proven from nothing', () => {
  const health = hysteresis({ down: 3, up: 2 });
  health.good();
  health.reset();
  health.good();
  expect(health.isUp()).toBe(false);
  health.good();
  expect(health.isUp()).toBe(true);
  health.reset();
  expect(health.isUp()).toBe(false);
});

it('it changes exactly at the end of so many signs in a row against it', () => {
  const limit = fc.integer({ min: 1, max: 4 });
  fc.assert(
    fc.property(limit, limit, fc.array(fc.boolean(), { maxLength: 40 }), (down, up, signs) => {
      const health = hysteresis({ down, up });
      let isUp = false;
      signs.forEach((good, i) => {
        const wanted = isUp ? down : up;
        const row = signs.slice(0, i + 1).reverse();
        const against = row.indexOf(isUp);
        const inARow = against === -1 ? row.length : against;
        const changes = inARow >= wanted;
        expect(good ? health.good() : health.bad()).toBe(changes);
        if (changes) isUp = !isUp;
        expect(health.isUp()).toBe(isUp);
      });
    }),
  );
});
