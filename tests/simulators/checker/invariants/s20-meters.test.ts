import { describe, expect, it } from 'vitest';
import { AFTER, BEFORE, cardStage, cardVoidOf, FEN } from '../card-stage.ts';
import { idOf } from '../stage.ts';

const named = (name: string, kind = 'mismatch') =>
  ({ type: 'caseOpened', order: idOf(name), case: { kind, evidence: 'the books' } }) as const;

describe('S20', () => {
  it('is content where what the meter took, or waits on its card, was paid for', () => {
    for (const isHome of [true, false]) {
      const s = cardStage('S20');
      if (isHome) s.sells('A');
      else s.buys('A');
      s.over();
      expect(s.broken()).toBeUndefined();
      expect(s.checked('S20')).toBeGreaterThan(0);
    }
  });

  it('is content with a void: nothing is on the card, and nothing was paid', () => {
    const s = cardStage('S20');
    s.buys('A');
    s.opens('V', cardVoidOf('A'));
    s.bears(BEFORE, BEFORE.count);
    s.voids('V', 'A');
    s.over();
    expect(s.broken()).toBeUndefined();
  });

  it('does not count what the customer had on the card before', () => {
    const s = cardStage('S20');
    s.checker.card(s.now(), 'OTHER', { count: 3, amountFen: 9_900 });
    s.checker.meter(s.now(), 'M2', 'OTHER', 9_900, '99.00 元');
    s.over();
    expect(s.broken()).toBeUndefined();
  });

  it('S20 is broken by a purchase that is credited twice', () => {
    const s = cardStage('S20');
    s.sells('A');
    s.inserts(FEN);
    expect(s.broken()).toMatchObject({ invariant: 'S20' });
  });

  it('S20 is broken by energy that nobody paid for', () => {
    const s = cardStage('S20');
    s.opens('A');
    s.bears({ ...AFTER, amountFen: 2 * FEN });
    s.inserts(2 * FEN);
    expect(s.broken()).toMatchObject({ invariant: 'S20' });
  });

  it('S20 is broken by a void of what the meter has taken, or of a card that still bears it', () => {
    for (const isHome of [true, false]) {
      const s = cardStage('S20');
      if (isHome) s.sells('A');
      else s.buys('A');
      s.opens('V', cardVoidOf('A'));
      s.voids('V', 'A');
      s.over();
      expect(s.broken()).toMatchObject({ invariant: 'S20' });
    }
  });

  it('S20 is broken by a purchase that is lost: paid, and neither in the meter nor on the card', () => {
    const s = cardStage('S20');
    s.buys('A');
    s.bears(BEFORE, BEFORE.count);
    s.over();
    expect(s.broken()).toMatchObject({ invariant: 'S20', order: idOf('A') });
  });

  it('lets a case name what differs, by its own amount and no other', () => {
    const lost = cardStage('S20');
    lost.buys('A');
    lost.write(named('A'));
    lost.bears(BEFORE, BEFORE.count);
    lost.over();
    expect(lost.broken()).toBeUndefined();
    const other = cardStage('S20');
    other.buys('A');
    other.write(named('A'));
    other.bears({ ...AFTER, amountFen: FEN - 100 });
    other.over();
    expect(other.broken()).toMatchObject({ invariant: 'S20' });
  });
});
