import { describe, expect, it } from 'vitest';
import type { LoggedOrder } from '../../../../simulators/checker/records.ts';
import { cardStage, cardVoidOf, FEN } from '../card-stage.ts';
import { idOf, OFFICE, OUTLET, stage } from '../stage.ts';

const P = idOf('P');

describe('S17', () => {
  function bought() {
    const s = stage('S17');
    s.openDay();
    s.write(s.bought('P'));
    return s;
  }
  type Stage = ReturnType<typeof bought>;

  function takeBack(s: Stage, name: string, more: Partial<LoggedOrder> = {}, fen = 100_000): void {
    const back = {
      id: 'void',
      kind: 'single',
      debit: `credit:${OUTLET}`,
      credit: `cash:${OFFICE}`,
      amountFen: fen,
      at: s.now(),
      postingDate: '2026-11-23',
    };
    s.write(
      { type: 'orderVoided', order: P, by: idOf(name) },
      s.bought(name, fen, { kind: 'creditVoid', voids: P, transfers: [back], ...more }),
    );
  }

  it('is content with one void of the same day, and its cash once', () => {
    const s = bought();
    takeBack(s, 'V');
    s.checker.cash(s.now(), idOf('V'), -100_000);
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S17')).toBeGreaterThan(0);
  });

  it('S17 is broken by a second void', () => {
    const s = bought();
    takeBack(s, 'V');
    takeBack(s, 'W');
    expect(s.broken()).toMatchObject({ invariant: 'S17' });
  });

  it.each<[string, Partial<LoggedOrder>, number?]>([
    ['of another day', { businessDate: '2026-11-24' }],
    ['for another outlet', { outlet: '51010002' }],
    ['of another amount', {}, 50_000],
    ['of nothing', { voids: idOf('X') }],
  ])('S17 is broken by a void %s', (_, more, fen) => {
    const s = bought();
    takeBack(s, 'V', more, fen);
    expect(s.broken()).toMatchObject({ invariant: 'S17', order: idOf('V') });
  });

  it('S17 is broken by a void whose purchase is not marked', () => {
    const s = bought();
    s.write(s.bought('V', 100_000, { kind: 'creditVoid', voids: P }));
    expect(s.broken()).toMatchObject({ invariant: 'S17' });
  });

  it('S17 is broken by cash that goes back twice', () => {
    const s = bought();
    takeBack(s, 'V');
    s.checker.cash(s.now(), idOf('V'), -100_000);
    s.checker.cash(s.now(), idOf('V'), -100_000);
    expect(s.broken()).toMatchObject({ invariant: 'S17' });
  });
});

describe('S17, of a purchase on a meter card', () => {
  function bought() {
    const s = cardStage('S17');
    s.buys('A');
    return s;
  }

  it('is content with one void of the same day, in full', () => {
    const s = bought();
    s.opens('V', cardVoidOf('A'));
    s.voids('V', 'A');
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S17')).toBe(2);
  });

  it.each<[string, Partial<LoggedOrder>]>([
    ['of another day', { businessDate: '2026-11-24' }],
    ['by another outlet', { outlet: '51010002' }],
    ['of another amount', { amountFen: 10_000 }],
    ['of nothing', { voids: idOf('X') }],
  ])('S17 is broken by a void %s', (_, more) => {
    const s = bought();
    s.opens('V', { ...cardVoidOf('A'), ...more });
    expect(s.broken()).toMatchObject({ invariant: 'S17', order: idOf('V') });
  });

  it('S17 is broken by a second void, and by one that gives back less', () => {
    const twice = bought();
    twice.opens('V', cardVoidOf('A'));
    twice.voids('V', 'A');
    twice.opens('W', cardVoidOf('A'));
    expect(twice.broken()).toMatchObject({ invariant: 'S17', order: idOf('W') });
    const less = bought();
    less.opens('V', cardVoidOf('A'));
    less.voids('V', 'A', FEN - 100);
    expect(less.broken()).toMatchObject({ invariant: 'S17', order: idOf('V') });
  });
});
