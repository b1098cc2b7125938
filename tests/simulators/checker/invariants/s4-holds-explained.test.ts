import { describe, expect, it } from 'vitest';
import { idOf, OUTLET, stage } from '../stage.ts';

describe('S4', () => {
  function held() {
    const s = stage('S4');
    s.openDay();
    s.write(s.bought('P'), s.opened('A'));
    return s;
  }

  it('is content with a hold that lasts as long as its order', () => {
    const s = held();
    s.quiet();
    s.write({ type: 'orderMoved', order: idOf('A'), state: 'unknown', why: 'late' });
    s.write({ type: 'orderMoved', order: idOf('A'), state: 'manual', why: 'late' });
    s.quiet();
    s.write(s.ended('A', 'failed'));
    s.restart();
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S4')).toBeGreaterThan(0);
  });

  it('S4 is broken by an ended order that still holds', () => {
    const s = held();
    s.write(s.ended('A', 'failed', { transfers: [] }));
    expect(s.broken()).toMatchObject({ invariant: 'S4', order: idOf('A') });
    expect(s.broken()?.en).toContain('50.00 yuan are');
  });

  it('S4 is broken by an order that was opened without a hold, or with a smaller one', () => {
    const s = stage('S4');
    s.openDay();
    s.write(s.opened('A', { transfers: [] }));
    expect(s.broken()).toMatchObject({ invariant: 'S4' });
  });

  it('S4 is broken by a balance that holds more than the open orders are worth', () => {
    const s = held();
    s.quiet({ accounts: [[`credit:${OUTLET}`, [0, 100_000, 10_000, 0]]] });
    expect(s.broken()).toMatchObject({ invariant: 'S4' });
  });
});
