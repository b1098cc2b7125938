import { describe, expect, it } from 'vitest';
import { cardStage } from '../card-stage.ts';
import { idOf, PHONE, payment, stage } from '../stage.ts';

describe('S5', () => {
  function asked() {
    const s = stage('S5');
    s.openDay();
    s.intend('A');
    s.write({ type: 'orderOpened', order: payment('A', s.now()) });
    s.perform('A');
    return s;
  }
  const key = `${idOf('A')}.1`;

  it('is content with one charge under one key', () => {
    const s = asked();
    s.perform('A');
    s.checker.carrier(s.now(), key, 'taken', PHONE, 5_000);
    s.checker.carrier(s.now(), key, 'charged', PHONE, 5_000);
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S5')).toBeGreaterThan(0);
  });

  it('S5 is broken by a second charge, also under another key', () => {
    const s = asked();
    s.checker.carrier(s.now(), key, 'charged', PHONE, 5_000);
    s.checker.carrier(s.now(), `${idOf('A')}.2`, 'charged', PHONE, 5_000);
    expect(s.broken()).toMatchObject({ invariant: 'S5', order: idOf('A') });
  });

  it('S5 is broken by a charge under a key that no durable order has', () => {
    const s = asked();
    s.checker.carrier(s.now(), `${idOf('B')}.1`, 'charged', PHONE, 5_000);
    expect(s.broken()).toMatchObject({ invariant: 'S5', order: idOf('B') });
  });

  it('S5 is broken by a charge of another amount', () => {
    const s = asked();
    s.checker.carrier(s.now(), key, 'charged', PHONE, 6_000);
    expect(s.broken()).toMatchObject({ invariant: 'S5' });
  });

  it.each([
    ['key', { account: PHONE, amountFen: 5_000 }, `${idOf('A')}.1b`],
    ['amount', { account: PHONE, amountFen: 50_000 }, key],
    ['account', { account: '13808009999', amountFen: 5_000 }, key],
  ])('S5 is broken by a request with another %s', (_, data, other) => {
    const s = asked();
    s.perform('A', data, other);
    expect(s.broken()).toMatchObject({ invariant: 'S5', order: idOf('A') });
  });
});

describe('S5, of a meter card', () => {
  it('is content with one order at the utility, of what the customer wants', () => {
    const s = cardStage('S5');
    s.sells('A');
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S5')).toBe(2);
  });

  it.each([
    ['amount', { amountFen: 30_000 }],
    ['count', { count: 9 }],
    ['meter', { meterNo: '000100000002' }],
    ['card', { cardSerial: '0051010000000002' }],
  ])('S5 is broken by a request for another %s', (_, data) => {
    const s = cardStage('S5');
    s.wants('A');
    s.opens('A');
    s.asks('A', data);
    expect(s.broken()).toMatchObject({ invariant: 'S5' });
  });

  it('S5 is broken by what the utility orders twice, or under a key that the log does not know', () => {
    const twice = cardStage('S5');
    twice.opens('A');
    twice.books('A', 'ordered');
    twice.books('A', 'ordered');
    expect(twice.broken()).toMatchObject({ invariant: 'S5' });
    const unknown = cardStage('S5');
    unknown.books('A', 'ordered');
    expect(unknown.broken()).toMatchObject({ invariant: 'S5' });
  });
});
