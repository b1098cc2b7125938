import { describe, expect, it } from 'vitest';
import { idOf, payment, stage, transfer } from '../stage.ts';

describe('S1', () => {
  it('is content with whole amounts between two accounts that stay as they are', () => {
    const s = stage('S1');
    s.openDay();
    s.write(s.opened('A'));
    s.write(s.ended('A', 'failed'));
    const whole = payment('A', s.now(), {
      transfers: [transfer('hold', s.now()), transfer('release', s.now())],
    });
    s.write({ type: 'orderTakenUp', order: whole });
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S1')).toBeGreaterThan(0);
  });

  it.each([
    ['half a fen', { amountFen: 0.5 }],
    ['nothing', { amountFen: 0 }],
    ['less than nothing', { amountFen: -5_000 }],
    ['from an account to itself', { credit: 'credit:51010001' }],
  ])('S1 is broken by a transfer of %s', (_, more) => {
    const s = stage('S1');
    s.openDay();
    s.write(s.opened('A', { transfers: [transfer('hold', s.now(), more)] }));
    expect(s.broken()).toMatchObject({ invariant: 'S1', order: idOf('A') });
  });

  it('S1 is broken by a transfer that is written down again with another amount', () => {
    const s = stage('S1');
    s.openDay();
    s.write(s.opened('A'));
    const changed = payment('A', s.now(), { transfers: [transfer('hold', s.now(), { amountFen: 4_000 })] });
    s.write({ type: 'orderTakenUp', order: changed });
    expect(s.broken()).toMatchObject({ invariant: 'S1' });
    expect(s.broken()?.en).toContain('50.00');
  });

  it('S1 is broken by a transfer that no record posted', () => {
    const s = stage('S1');
    s.openDay();
    s.write(s.opened('A'));
    const more = payment('A', s.now(), {
      transfers: [transfer('hold', s.now()), transfer('release', s.now())],
    });
    s.write({ type: 'orderTakenUp', order: more });
    expect(s.broken()).toMatchObject({ invariant: 'S1' });
  });

  it('S1 is broken by an ending under the id of another transfer', () => {
    const s = stage('S1');
    s.openDay();
    s.write(s.opened('A'));
    s.write(s.ended('A', 'succeeded', { transfers: [transfer('capture', s.now(), { id: 'hold.1' })] }));
    expect(s.broken()).toMatchObject({ invariant: 'S1' });
  });

  it('S1 is broken by a transfer that a station is shown otherwise', () => {
    const s = stage('S1');
    s.openDay();
    s.write(s.opened('A'));
    s.tell('A', 'processing', { transfers: [{ ...transfer('hold', s.now()), amountFen: 1 }] });
    expect(s.broken()).toMatchObject({ invariant: 'S1' });
  });
});
