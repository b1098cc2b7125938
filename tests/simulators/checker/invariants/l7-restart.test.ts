import { describe, expect, it } from 'vitest';
import { CARRIER, idOf, stage } from '../stage.ts';

const A = idOf('A');
const MINUTE = 60_000;
const place = { kind: 'counterpart', counterpart: 'china-mobile', instance: '1' } as const;

describe('L7', () => {
  function restarted() {
    const s = stage('L7');
    s.openDay();
    s.write(s.opened('A'));
    s.restart();
    return s;
  }
  type Stage = ReturnType<typeof restarted>;
  const later = (s: Stage, ms: number) => {
    s.pass(ms);
    s.quiet();
  };

  it('is content where records flow and the order in doubt is inquired once somebody is there', () => {
    const s = restarted();
    s.write({ type: 'started', epoch: 'e2' });
    later(s, 10 * MINUTE);
    s.write({ type: 'cameOnline', place, epoch: 'e2' });
    later(s, MINUTE);
    s.send(CARRIER, 'carrier.inquire', `${A}.1.i1`, A, {});
    later(s, 10 * MINUTE);
    expect(s.broken()).toBeUndefined();
    expect(s.checked('L7')).toBeGreaterThan(0);
  });

  it('L7 is broken by an order that nobody asks about', () => {
    const s = restarted();
    s.write({ type: 'started', epoch: 'e2' }, { type: 'cameOnline', place, epoch: 'e2' });
    later(s, 2 * MINUTE + 1);
    expect(s.broken()).toMatchObject({ invariant: 'L7', order: A });
  });

  it('waits for a counterpart that went away again, and takes no other message for an inquiry', () => {
    const s = restarted();
    s.write({ type: 'started', epoch: 'e2' }, { type: 'cameOnline', place, epoch: 'e2' });
    s.pass(MINUTE);
    s.write({ type: 'wentOffline', place, epoch: 'e2' });
    later(s, 10 * MINUTE);
    expect(s.broken()).toBeUndefined();
    s.write({ type: 'cameOnline', place, epoch: 'e3' });
    s.perform('A');
    s.pass(MINUTE);
    // Another session of the same counterpart: it has been there all the time.
    s.write({ type: 'cameOnline', place, epoch: 'e4' });
    later(s, MINUTE + 1);
    expect(s.broken()).toMatchObject({ invariant: 'L7', order: A });
  });

  it('asks nothing about an order that ends by itself', () => {
    const s = restarted();
    s.write({ type: 'started', epoch: 'e2' }, { type: 'cameOnline', place, epoch: 'e2' });
    s.write(s.ended('A', 'succeeded'));
    later(s, 10 * MINUTE);
    expect(s.broken()).toBeUndefined();
  });

  it('L7 is broken by a platform that writes nothing after its recovery', () => {
    const s = restarted();
    later(s, 30_001);
    expect(s.broken()).toMatchObject({ invariant: 'L7' });
  });
});
