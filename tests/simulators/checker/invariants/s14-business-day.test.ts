import { describe, expect, it } from 'vitest';
import { idOf, payment, stage, transfer } from '../stage.ts';

const HOUR = 3_600_000;

describe('S14', () => {
  function open() {
    const s = stage('S14');
    s.openDay();
    return s;
  }

  it('is content with days that only go forward, and orders that keep theirs', () => {
    const s = open();
    s.write(s.opened('A'));
    s.pass(13 * HOUR);
    s.write({ type: 'dayOpened', businessDate: '2026-11-24' });
    s.write(
      s.ended('A', 'failed', { transfers: [transfer('release', s.now(), { postingDate: '2026-11-24' })] }),
    );
    s.tell('A', 'failed');
    // Made up for at a start two days later: straight to the day of the clock.
    s.pass(48 * HOUR);
    s.write({ type: 'dayOpened', businessDate: '2026-11-26' });
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S14')).toBeGreaterThan(0);
  });

  it.each([
    ['again', '2026-11-23'],
    ['of before', '2026-11-22'],
    ['far ahead', '2026-11-26'],
  ])('S14 is broken by a day that is opened %s', (_, businessDate) => {
    const s = open();
    s.write({ type: 'dayOpened', businessDate });
    expect(s.broken()).toMatchObject({ invariant: 'S14' });
  });

  it('S14 is broken by an order that is dated otherwise than the open day, or changes its day', () => {
    const dated = open();
    dated.write(dated.opened('A', { businessDate: '2026-11-24' }));
    expect(dated.broken()).toMatchObject({ invariant: 'S14', order: idOf('A') });
    const changed = open();
    changed.write(changed.opened('A'));
    changed.write({
      type: 'orderTakenUp',
      order: payment('A', changed.now(), { businessDate: '2026-11-24' }),
    });
    expect(changed.broken()).toMatchObject({ invariant: 'S14' });
    const told = open();
    told.write(told.opened('A'));
    told.tell('A', 'processing', { businessDate: '2026-11-24' });
    expect(told.broken()).toMatchObject({ invariant: 'S14' });
  });

  it('S14 is broken by a transfer that posts in a day that is not open', () => {
    const s = open();
    s.write(s.opened('A'));
    s.write({ type: 'dayOpened', businessDate: '2026-11-24' });
    s.write(s.ended('A', 'failed'));
    expect(s.broken()).toMatchObject({ invariant: 'S14' });
  });

  it('S14 is broken by a platform time that goes back, or is not the acceptance’s', () => {
    const back = open();
    back.write({ type: 'signedIn', at: back.now() - 1 });
    expect(back.broken()).toMatchObject({ invariant: 'S14' });
    const other = open();
    other.write(other.opened('A', { createdAt: other.now() - 1 }));
    expect(other.broken()).toMatchObject({ invariant: 'S14' });
  });
});
