import { describe, expect, it } from 'vitest';
import { AFTER, BEFORE, cardStage, cardVoidOf } from '../card-stage.ts';
import { idOf } from '../stage.ts';

type Stage = ReturnType<typeof cardStage>;
const A = idOf('A');

/** A purchase as far as its card may be written. */
function begun(): Stage {
  const s = cardStage('S12');
  s.wants('A');
  s.opens('A');
  s.books('A', 'ordered');
  s.moves('A', 'writing', true);
  return s;
}

describe('S12', () => {
  it('is content with a purchase that was written, and with one that was not and was let go', () => {
    const written = cardStage('S12');
    written.sells('A');
    written.over();
    expect(written.broken()).toBeUndefined();
    expect(written.checked('S12')).toBeGreaterThan(0);
    const not = begun();
    not.moves('A', 'waiting', false);
    not.books('A', 'cancelled');
    not.ends('A', 'failed');
    expect(not.broken()).toBeUndefined();
  });

  it('is content with a void whose card is restored and whose purchase the utility has back', () => {
    const s = cardStage('S12');
    s.buys('A');
    s.wants('V', { do: 'cardVoid', fen: 0, of: A });
    s.opens('V', cardVoidOf('A'));
    s.books('A', 'voidOrdered');
    s.bears(BEFORE, BEFORE.count);
    s.books('A', 'voided');
    s.voids('V', 'A');
    expect(s.broken()).toBeUndefined();
  });

  it.each<[string, (s: Stage) => void]>([
    ['a success that its card never bore', (s) => s.ends('A', 'succeeded')],
    [
      'money that went back though it is on the card',
      (s) => {
        s.bears(AFTER);
        s.books('A', 'cancelled');
        s.ends('A', 'failed');
      },
    ],
    ['money that went back while the utility still has the order', (s) => s.ends('A', 'failed')],
    [
      'money that went back though the utility was told that it is written',
      (s) => {
        s.books('A', 'confirmed');
        s.bears(BEFORE, BEFORE.count);
        s.ends('A', 'failed');
      },
    ],
    ['a write to another card', (s) => s.writes('A', 1, { serial: '0051010000000002' })],
    ['a write of another amount', (s) => s.writes('A', 1, { after: { count: 8, amountFen: 30_000 } })],
    ['a write of another count', (s) => s.writes('A', 1, { after: { ...AFTER, count: 9 } })],
    [
      'a write for an order that has ended',
      (s) => {
        s.books('A', 'cancelled');
        s.ends('A', 'failed');
        s.writes('A', 1);
      },
    ],
    ['a second open order on the meter', (s) => s.opens('B')],
    [
      'a card that is recorded as not written and bears it',
      (s) => {
        s.bears(AFTER);
        s.moves('A', 'waiting', false);
      },
    ],
    ['a confirmation of what was never written', (s) => s.books('A', 'confirmed')],
    [
      'a cancellation of what is on the card',
      (s) => {
        s.bears(AFTER);
        s.books('A', 'cancelled');
      },
    ],
    [
      'a card that bears what was given back',
      (s) => {
        s.books('A', 'cancelled');
        s.ends('A', 'failed');
        s.moves('A', 'closed');
        s.bears(AFTER);
      },
    ],
  ])('S12 is broken by %s', (_, happens) => {
    const s = begun();
    happens(s);
    expect(s.broken()).toMatchObject({ invariant: 'S12' });
  });

  it.each([
    ['for another card than the customer’s', { card: { serial: '0051010000000002', count: 8 } }],
    ['for another meter', { account: '000100000002' }],
    ['that leaves a count out', { card: { serial: '0051010000000001', count: 9 } }],
  ])('S12 is broken by an order %s', (_, wanted) => {
    const s = cardStage('S12');
    s.wants('A', wanted);
    s.opens('A');
    expect(s.broken()).toMatchObject({ invariant: 'S12', order: A });
  });

  it('S12 is broken by a void that gives the credit back before the card is restored, or the utility has it back', () => {
    for (const early of ['card', 'utility']) {
      const s = cardStage('S12');
      s.buys('A');
      s.opens('V', cardVoidOf('A'));
      s.books('A', 'voidOrdered');
      if (early === 'utility') s.bears(BEFORE, BEFORE.count);
      else s.books('A', 'voided');
      s.voids('V', 'A');
      expect(s.broken()).toMatchObject({ invariant: 'S12' });
    }
  });

  it('leaves alone what a person has found out', () => {
    const s = begun();
    s.checker.settledByHand(s.now(), A, 'failed');
    s.ends('A', 'failed');
    expect(s.broken()).toBeUndefined();
  });
});
