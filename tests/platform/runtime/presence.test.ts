import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SILENT_AFTER, type State } from '../../../contracts/state.ts';
import type { Place } from '../../../contracts/topics.ts';
import { createPresence } from '../../../platform/runtime/presence.ts';

const PRINTER: Place = { kind: 'device', outlet: '37010001', station: 'c1', device: 'printer' };
const CARRIER: Place = { kind: 'counterpart', counterpart: 'china-mobile', instance: '1' };

const state = (epoch: string, sequence: number, more: Partial<State> = {}): State => ({
  online: true,
  epoch,
  sequence,
  contract: '1.0',
  profile: 'printer',
  ...more,
});
const death = (epoch: string): State => state(epoch, 0, { online: false });

test('a birth, a change of status and a death are each told once', () => {
  const presence = createPresence();
  expect(presence.get(PRINTER)).toBeUndefined();
  expect(presence.state(PRINTER, state('epoch-one', 0, { status: { paper: 'ok' } }), 0)).toEqual({
    place: PRINTER,
    online: true,
    epoch: 'epoch-one',
    profile: 'printer',
    status: { paper: 'ok' },
    capabilities: {},
  });
  expect(presence.state(PRINTER, state('epoch-one', 1, { status: { paper: 'ok' } }), 1)).toBeUndefined();
  expect(presence.state(PRINTER, state('epoch-one', 2, { status: { paper: 'out' } }), 2)).toMatchObject({
    status: { paper: 'out' },
  });
  expect(presence.state(PRINTER, death('epoch-one'), 3)).toMatchObject({ online: false, epoch: 'epoch-one' });
  expect(presence.state(PRINTER, death('epoch-one'), 4)).toBeUndefined();
  expect(presence.get(PRINTER)).toMatchObject({ online: false });
  expect(presence.get(CARRIER)).toBeUndefined();
});

test('a place first heard of by its death is known as gone', () => {
  const presence = createPresence();
  expect(presence.state(PRINTER, death('epoch-one'), 0)).toMatchObject({ online: false });
});

describe('STA-004', () => {
  test('a will that overtakes its birth is believed, the birth is not', () => {
    const presence = createPresence();
    presence.state(PRINTER, death('epoch-one'), 0);
    expect(presence.state(PRINTER, state('epoch-one', 0), 1)).toBeUndefined();
    expect(presence.get(PRINTER)).toMatchObject({ online: false });
  });

  test('the same while another session is known', () => {
    const presence = createPresence();
    presence.state(PRINTER, state('epoch-one', 0), 0);
    expect(presence.state(PRINTER, death('epoch-two'), 1)).toBeUndefined();
    expect(presence.state(PRINTER, state('epoch-two', 0), 2)).toBeUndefined();
    expect(presence.get(PRINTER)).toMatchObject({ online: true, epoch: 'epoch-one' });
  });

  test('the will of a taken-over session does not end the next one', () => {
    const presence = createPresence();
    presence.state(PRINTER, state('epoch-one', 0), 0);
    expect(presence.state(PRINTER, state('epoch-two', 0), 1)).toMatchObject({ epoch: 'epoch-two' });
    expect(presence.state(PRINTER, death('epoch-one'), 2)).toBeUndefined();
    expect(presence.get(PRINTER)).toMatchObject({ online: true, epoch: 'epoch-two' });
  });
});

describe('STA-005', () => {
  test('35 s of silence end a presence, a millisecond less does not, and the next beat brings it back', () => {
    const presence = createPresence();
    presence.state(PRINTER, state('epoch-one', 0), 1_000);
    presence.state(CARRIER, state('epoch-two', 0, { profile: 'carrier' }), 2_000);
    expect(presence.silent(1_000 + SILENT_AFTER - 1)).toEqual([]);
    expect(presence.silent(1_000 + SILENT_AFTER)).toEqual([
      expect.objectContaining({ place: PRINTER, online: false }),
    ]);
    expect(presence.silent(1_000 + SILENT_AFTER)).toEqual([]);
    expect(presence.state(PRINTER, state('epoch-one', 1), 50_000)).toMatchObject({
      online: true,
      epoch: 'epoch-one',
    });
  });

  test('a replayed state is no sign of life', () => {
    const presence = createPresence();
    presence.state(PRINTER, state('epoch-one', 4), 0);
    for (const sequence of [4, 3, 0]) presence.state(PRINTER, state('epoch-one', sequence), SILENT_AFTER - 1);
    expect(presence.silent(SILENT_AFTER)).toHaveLength(1);
    expect(presence.state(PRINTER, state('epoch-one', 4), SILENT_AFTER + 1)).toBeUndefined();
  });
});

test('STA-004 whatever the order and however often, the last session’s last word decides', () => {
  // Sessions with some beats each; every one but the last has died, and the last may have.
  const series = fc.record({
    beats: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
    lastDied: fc.boolean(),
    order: fc.infiniteStream(fc.nat()),
    repeats: fc.array(fc.nat(), { maxLength: 20 }),
    late: fc.array(fc.nat(), { maxLength: 20 }),
  });
  const seen = { online: 0, offline: 0 };
  fc.assert(
    fc.property(series, ({ beats, lastDied, order, repeats, late }) => {
      const all = beats.flatMap((count, session) => {
        const epoch = `epoch-${session}`;
        const spoken = Array.from({ length: count }, (_, sequence) =>
          state(epoch, sequence, { status: { sequence } }),
        );
        return session < beats.length - 1 || lastDied ? [...spoken, death(epoch)] : spoken;
      });
      const word = all.pop() as State;
      const pick = (n: number, from: State[]) => from[n % from.length];
      const mixed = [...all, ...repeats.flatMap((n) => pick(n, all) ?? [])]
        .map((message) => ({ message, key: order.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ message }) => message);
      const afterwards = late.flatMap((n) => pick(n, [...all, word]) ?? []);
      const presence = createPresence();
      for (const message of [...mixed, word, ...afterwards]) presence.state(PRINTER, message, 0);
      const found = presence.get(PRINTER);
      expect(found?.online).toBe(word.online);
      if (word.online) expect(found).toMatchObject({ epoch: word.epoch, status: word.status });
      seen[word.online ? 'online' : 'offline']++;
    }),
    { numRuns: 1_000 },
  );
  expect(Math.min(seen.online, seen.offline)).toBeGreaterThan(100);
});

test('STA-005 sessions whose deaths were lost are gone after the silence, whatever came when', () => {
  const messages = fc.array(
    fc.record({ session: fc.nat(3), sequence: fc.nat(5), online: fc.boolean(), after: fc.nat(20_000) }),
  );
  fc.assert(
    fc.property(messages, (list) => {
      const presence = createPresence();
      let now = 0;
      for (const { session, sequence, online, after } of list) {
        now += after;
        const before = presence.get(PRINTER);
        const change = presence.state(PRINTER, state(`epoch-${session}`, sequence, { online }), now);
        // A change is told if and only if there is one.
        expect(presence.get(PRINTER)).toEqual(change ?? before);
        if (change) expect(change).not.toEqual(before);
      }
      presence.silent(now + SILENT_AFTER);
      expect(presence.get(PRINTER)?.online ?? false).toBe(false);
    }),
  );
});

test('a place that reconnects for ever is remembered within bounds, and its present session still counts', () => {
  const presence = createPresence();
  for (let session = 0; session < 1_000; session++)
    presence.state(PRINTER, state(`epoch-${session}`, 0), session);
  expect(presence.state(PRINTER, death('epoch-998'), 1_000)).toBeUndefined();
  expect(presence.state(PRINTER, death('epoch-999'), 1_000)).toMatchObject({
    online: false,
    epoch: 'epoch-999',
  });
});
