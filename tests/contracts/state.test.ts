import { describe, expect, it } from 'vitest';
import { checkOf } from '../../contracts/operation.ts';
import {
  BEAT_EVERY,
  CONTRACT_VERSION,
  SILENT_AFTER,
  stateSchema,
  timeSchema,
} from '../../contracts/state.ts';
import { Bench } from './endpoint/harness.ts';

const fits = checkOf(stateSchema);
const BIRTH = {
  online: true,
  epoch: 'epoch-0001',
  sequence: 0,
  contract: CONTRACT_VERSION,
  profile: 'printer',
};

describe('STA-001 a state', () => {
  it.each([
    [BIRTH],
    [{ ...BIRTH, online: false, sequence: Number.MAX_SAFE_INTEGER }],
    [{ ...BIRTH, status: { device: 'online' }, capabilities: {} }],
    [{ ...BIRTH, contract: '1.17', added: true }],
  ])('STA-001 is %j', (data) => {
    expect(fits(data)).toBeUndefined();
  });

  it.each([
    [{ ...BIRTH, online: 'true' }, '/online must be boolean'],
    [{ ...BIRTH, epoch: 'short' }, '/epoch must not have fewer than 8 characters'],
    [{ ...BIRTH, sequence: -1 }, '/sequence must be >= 0'],
    [{ ...BIRTH, sequence: 0.5 }, '/sequence must be integer'],
    [{ ...BIRTH, contract: '1' }, /^\/contract must match pattern/],
    [{ ...BIRTH, status: 'online' }, '/status must be object'],
    [{ ...BIRTH, profile: undefined }, /profile/],
  ])('STA-001 is not %j', (data, why) => {
    expect(fits(data)).toMatch(why);
  });
});

it('STA-007 a will has the highest sequence there is, so that no beat of its epoch comes behind it', () => {
  const bench = new Bench();
  for (let i = 0; i < 5; i++) bench.endpoint.beat();
  const will = JSON.parse(bench.endpoint.will('epoch-1-long').text) as { data: { sequence: number } };
  expect(will.data).toMatchObject({ online: false, epoch: 'epoch-1-long', sequence: 9_007_199_254_740_991 });
  expect(fits(will.data)).toBeUndefined();
  const told = bench.states().map((state) => state.sequence);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(Math.max(...told)).toBeLessThan(will.data.sequence);
});

it('STA-005 two beats may be lost before a place counts as gone', () => {
  expect(SILENT_AFTER).toBeGreaterThan(3 * BEAT_EVERY);
});

it('OPR-006 a beat tells whole milliseconds and an epoch', () => {
  const beat = checkOf(timeSchema);
  expect(beat({ now: 1_795_482_000_000, epoch: 'platform-1' })).toBeUndefined();
  expect(beat({ now: 1.5, epoch: 'platform-1' })).toBe('/now must be integer');
  expect(beat({ now: '2026-11-23T13:00:00Z', epoch: 'platform-1' })).toBe('/now must be integer');
  expect(beat({ now: 1 })).toBe('/ must have required properties epoch');
});
