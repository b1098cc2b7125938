import { expect, test } from 'vitest';
import type { PresenceChange } from '../../../platform/core/input.ts';
import { createNewcomers } from '../../../platform/service/newcomers.ts';

const change = (instance: string, epoch = 'e1'): PresenceChange => ({
  place: { kind: 'counterpart', counterpart: 'c', instance },
  online: true,
  epoch,
  profile: 'carrier',
  status: {},
  capabilities: {},
});

function setUp() {
  let now = 1_000;
  let ring: (() => void) | undefined;
  const seen: string[] = [];
  const clock = {
    steady: () => now,
    every: (_ms: number, act: () => void) => {
      ring = act;
      return () => {
        ring = undefined;
      };
    },
  };
  const newcomers = createNewcomers(
    clock,
    () => seen.push('beat'),
    ({ place }) => seen.push(place.kind === 'counterpart' ? place.instance : ''),
  );
  return {
    newcomers,
    seen,
    pass: (ms: number) => {
      now += ms;
      ring?.();
    },
    waits: () => ring !== undefined,
  };
}

test('OPR-006 the beat leaves before the core hears of a birth', () => {
  const { newcomers, seen } = setUp();
  newcomers.add(change('1'), true);
  expect(seen).toEqual(['beat', '1']);
});

test('OPR-006 births that come together share one beat, in order, and what follows one does not overtake it', () => {
  const { newcomers, seen, pass, waits } = setUp();
  newcomers.add(change('1'), true);
  for (const instance of ['2', '3']) newcomers.add(change(instance), true);
  newcomers.add(change('2', 'status'), false);
  expect(seen).toEqual(['beat', '1']);
  pass(200);
  expect(seen).toEqual(['beat', '1', 'beat', '2', '3', '2']);
  expect(waits()).toBe(false);
});

test('a mere change of status needs no beat', () => {
  const { newcomers, seen } = setUp();
  newcomers.add(change('1'), false);
  expect(seen).toEqual(['1']);
});
