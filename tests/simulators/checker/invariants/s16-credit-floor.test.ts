import { describe, expect, it } from 'vitest';
import { idOf, OFFICE, OUTLET, stage } from '../stage.ts';

describe('S16', () => {
  function bought(fen: number) {
    const s = stage('S16');
    s.openDay();
    s.write(s.bought('P', fen));
    return s;
  }

  it('is content with an outlet that spends its last fen', () => {
    const s = bought(5_000);
    s.write(s.opened('A'));
    s.write(s.ended('A', 'succeeded'));
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S16')).toBeGreaterThan(0);
  });

  it('S16 is broken by one fen too much, though it is only held', () => {
    const s = bought(9_999);
    s.write(s.opened('A'));
    s.write(s.opened('B'));
    expect(s.broken()).toMatchObject({ invariant: 'S16', order: idOf('B') });
    expect(s.broken()?.en).toContain('-0.01');
  });

  it('S16 is broken by a void of credit that is held', () => {
    const s = bought(100_000);
    s.write(s.opened('A'));
    const back = {
      id: 'void',
      kind: 'single',
      debit: `credit:${OUTLET}`,
      credit: `cash:${OFFICE}`,
      amountFen: 100_000,
      at: s.now(),
      postingDate: '2026-11-23',
    };
    s.write(s.bought('V', 100_000, { kind: 'creditVoid', transfers: [back] }));
    expect(s.broken()).toMatchObject({ invariant: 'S16' });
  });
});
