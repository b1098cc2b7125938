import { describe, expect, it } from 'vitest';
import { OUTLET, stage } from '../stage.ts';

const CREDIT = `credit:${OUTLET}`;

describe('S2', () => {
  function sold() {
    const s = stage('S2');
    s.openDay();
    s.write(s.bought('P'), s.opened('A'));
    return s;
  }

  it('is content with balances that are the log’s sums', () => {
    const s = sold();
    s.quiet();
    s.write(s.ended('A', 'succeeded'));
    s.quiet({ accounts: s.image().accounts });
    s.restart();
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S2')).toBeGreaterThan(0);
  });

  it('S2 is broken by a balance that the log does not add up to', () => {
    const s = sold();
    s.quiet({ accounts: [[CREDIT, [0, 99_999, 5_000, 0]]] });
    expect(s.broken()).toMatchObject({ invariant: 'S2' });
    expect(s.broken()?.en).toContain('1000.00');
    expect(s.broken()?.en).toContain('999.99');
  });

  it('S2 is broken by pending sums that differ', () => {
    const s = sold();
    s.quiet({ accounts: [[CREDIT, [0, 100_000, 4_999, 0]]] });
    expect(s.broken()).toMatchObject({ invariant: 'S2' });
  });

  it('S2 is broken by a recovery with one side of a transfer without the other', () => {
    const s = sold();
    s.restart({ accounts: [[CREDIT, [0, 100_000, 5_000, 0]]] });
    expect(s.broken()).toMatchObject({ invariant: 'S2' });
    expect(s.broken()?.en).toContain('differ by -1000.00');
  });

  it('S2 is broken by an account that a recovery lost, or made up', () => {
    const lost = sold();
    lost.restart({ accounts: [...lost.image().accounts].filter(([name]) => name !== CREDIT) });
    expect(lost.broken()).toMatchObject({ invariant: 'S2' });
    const extra = sold();
    extra.restart({ accounts: [...extra.image().accounts, ['credit:51010002', [0, 1, 0, 0]]] });
    expect(extra.broken()).toMatchObject({ invariant: 'S2' });
  });
});
