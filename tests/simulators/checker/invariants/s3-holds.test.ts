import { describe, expect, it } from 'vitest';
import { idOf, stage, transfer } from '../stage.ts';

describe('S3', () => {
  function held() {
    const s = stage('S3');
    s.openDay();
    s.write(s.opened('A'));
    return s;
  }

  it('is content with a hold that ends once, in full', () => {
    const s = held();
    s.write(s.ended('A', 'succeeded'));
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S3')).toBeGreaterThan(0);
  });

  it.each([
    ['captured twice', [{}, {}]],
    ['captured twice under two ids', [{}, { id: 'capture.2' }]],
    ['captured and released', [{}, { id: 'release.1', kind: 'release' }]],
    ['captured in part', [{ amountFen: 4_000 }]],
    ['captured for another outlet', [{ debit: 'credit:51010002' }]],
    ['another one’s', [{ hold: 'hold.2' }]],
  ])('S3 is broken by a hold that is %s', (_, endings) => {
    const s = held();
    s.write(
      s.ended('A', 'succeeded', { transfers: endings.map((more) => transfer('capture', s.now(), more)) }),
    );
    expect(s.broken()).toMatchObject({ invariant: 'S3', order: idOf('A') });
  });

  it('S3 is broken by a second ending in a later block', () => {
    const s = held();
    s.write(s.ended('A', 'succeeded'));
    s.write(s.ended('A', 'failed'));
    expect(s.broken()).toMatchObject({ invariant: 'S3' });
  });

  it('S3 is broken by an order that holds twice under one id', () => {
    const s = stage('S3');
    s.openDay();
    s.write(s.opened('A', { transfers: [transfer('hold', s.now()), transfer('hold', s.now())] }));
    expect(s.broken()).toMatchObject({ invariant: 'S3' });
  });
});
