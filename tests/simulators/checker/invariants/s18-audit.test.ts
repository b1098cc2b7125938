import { describe, expect, it } from 'vitest';
import { CARRIER, idOf, stage } from '../stage.ts';

const A = idOf('A');
const signedIn = (at: number) => JSON.stringify({ v: 1, records: [{ at, type: 'signedIn' }] });

describe('S18', () => {
  function opened() {
    const s = stage('S18');
    s.openDay();
    s.write(s.opened('A'));
    return s;
  }

  it('is content with a chain, and messages that have their records', () => {
    const s = opened();
    s.perform('A');
    s.quiet();
    s.write({ type: 'legInquired', order: A, leg: 1, sent: true });
    s.send(CARRIER, 'carrier.inquire', `${A}.1.i1`, A, {});
    s.write({ type: 'legInquired', order: A, leg: 1, sent: false });
    s.quiet();
    s.checker.tampered(s.now(), true);
    s.checker.refusedToStart(s.now(), 'broken at record 3');
    s.checker.tampered(s.now(), false);
    s.restart();
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S18')).toBeGreaterThan(0);
  });

  it.each<[string, object]>([
    ['a hash that is not its content’s', { hash: '#made-up' }],
    ['another predecessor', { prev: '#made-up' }],
    ['a gap', { first: 5, last: 5 }],
    ['more numbers than records', { last: 9 }],
  ])('S18 is broken by a block with %s', (_, wrong) => {
    const s = opened();
    s.block({ body: signedIn(s.now()), first: 4, last: 4, ...wrong });
    expect(s.broken()).toMatchObject({ invariant: 'S18' });
  });

  it('S18 is broken by a request that was written down and never left', () => {
    const s = opened();
    s.quiet();
    expect(s.broken()).toMatchObject({ invariant: 'S18', order: A });
  });

  it('leaves a request whose record came after it to the rule about that', () => {
    const s = stage('S18');
    s.openDay();
    s.perform('A');
    s.write(s.opened('A'));
    s.send(CARRIER, 'carrier.applyForReversal', 'x', A, {});
    s.quiet();
    expect(s.broken()).toBeUndefined();
  });

  it('does not ask for a request that a crash prevented', () => {
    const s = opened();
    s.restart();
    s.quiet();
    expect(s.broken()).toBeUndefined();
  });

  it('S18 is broken by a request or inquiry that no record tells of', () => {
    const s = opened();
    s.perform('A');
    s.send(CARRIER, 'carrier.inquire', `${A}.1.i1`, A, {});
    s.quiet();
    expect(s.broken()).toMatchObject({ invariant: 'S18', order: A });
    const crashed = stage('S18');
    crashed.openDay();
    crashed.perform('B');
    crashed.restart();
    expect(crashed.broken()).toMatchObject({ invariant: 'S18', order: idOf('B') });
  });

  it('S18 is broken by a start on a tampered log, and by a refusal of a whole one', () => {
    const started = opened();
    started.perform('A');
    started.checker.crashed(started.now());
    started.checker.tampered(started.now(), true);
    started.checker.recovered(started.now(), started.image());
    expect(started.broken()).toMatchObject({ invariant: 'S18' });
    const refused = opened();
    refused.perform('A');
    refused.checker.crashed(refused.now());
    refused.checker.refusedToStart(refused.now(), 'no reason');
    refused.checker.end(refused.now());
    expect(refused.broken()).toMatchObject({ invariant: 'S18' });
  });

  it('S18 is broken by a record of an order that was never opened', () => {
    const s = opened();
    s.write({ type: 'orderMoved', order: idOf('X'), state: 'unknown', why: '' });
    expect(s.broken()).toMatchObject({ invariant: 'S18' });
  });
});
