import { describe, expect, it } from 'vitest';
import { AFTER, BEFORE, cardStage, FEN, READER, UTILITY } from '../card-stage.ts';
import { idOf } from '../stage.ts';

type Stage = ReturnType<typeof cardStage>;

describe('L9', () => {
  it('is content with a card that is home in its meter, or can be', () => {
    for (const isHome of [true, false]) {
      const s = cardStage('L9');
      if (isHome) s.sells('A');
      else s.buys('A');
      s.over();
      expect(s.broken()).toBeUndefined();
      expect(s.checked('L9')).toBe(1);
    }
  });

  it.each<[string, (s: Stage) => void]>([
    [
      'an order that is open in the utility’s books',
      (s) => {
        s.opens('A');
        s.books('A', 'ordered');
        s.ends('A', 'failed');
        s.moves('A', 'closed');
      },
    ],
    [
      'an order that is open here',
      (s) => {
        s.buys('A');
        s.moves('A', 'closing');
      },
    ],
    [
      'a card whose file is torn',
      (s) => {
        s.buys('A');
        s.bears(undefined);
      },
    ],
    [
      'a card that does not bear what the utility’s books say',
      (s) => {
        s.buys('A');
        s.bears(BEFORE, BEFORE.count);
      },
    ],
    [
      'a return file of another count, which no meter takes',
      (s) => {
        s.buys('A');
        s.bears(AFTER, 5);
      },
    ],
    [
      'a card that its meter has refused, as it still is',
      (s) => {
        s.buys('A');
        s.inserts(0, 'Err-36 购电次数错');
      },
    ],
  ])('L9 is broken by %s', (_, happens) => {
    const s = cardStage('L9');
    happens(s);
    s.over();
    expect(s.broken()).toMatchObject({ invariant: 'L9' });
  });

  it('a refusal is forgotten when the card was written anew, or the meter has taken it', () => {
    const s = cardStage('L9');
    s.buys('A');
    s.inserts(0, 'Err-36 返写区不空');
    s.bears(AFTER);
    s.inserts(0, 'Err-36 返写区不空');
    s.inserts(FEN);
    s.over();
    expect(s.broken()).toBeUndefined();
  });

  it('expects nothing where a person has it, a case names it, or nobody is there to end it', () => {
    const open = (s: Stage) => {
      s.opens('A');
      s.books('A', 'ordered');
    };
    const manual = cardStage('L9');
    open(manual);
    manual.write({ type: 'orderMoved', order: idOf('A'), state: 'manual', why: 'counterpart.wrongStanding' });
    manual.over();
    expect(manual.broken()).toBeUndefined();
    for (const place of [UTILITY, READER]) {
      const s = cardStage('L9');
      open(s);
      s.checker.online(s.now(), place, false);
      s.over();
      expect(s.broken()).toBeUndefined();
    }
  });
});
