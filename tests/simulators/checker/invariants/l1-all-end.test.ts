import { describe, expect, it } from 'vitest';
import { idOf, job, stage } from '../stage.ts';

const A = idOf('A');

describe('L1', () => {
  function opened() {
    const s = stage('L1');
    s.openDay();
    s.write(s.opened('A'));
    return s;
  }

  it('is content with orders that have ended, or are with a person for a reason', () => {
    const s = opened();
    s.write(s.opened('B'), {
      type: 'orderMoved',
      order: idOf('B'),
      state: 'manual',
      why: 'the ladder has ended',
    });
    s.write(s.ended('A', 'succeeded'), job('A'));
    s.write({ type: 'printMoved', order: A, job: 1, state: 'printed' });
    s.checker.end(s.now());
    expect(s.broken()).toBeUndefined();
    expect(s.checked('L1')).toBeGreaterThan(0);
  });

  it('L1 is broken by an order that never ends', () => {
    const s = opened();
    s.checker.end(s.now());
    expect(s.broken()).toMatchObject({ invariant: 'L1', kind: 'liveness', order: A });
  });

  it('L1 is broken by a person who is given no reason', () => {
    const s = opened();
    s.write({ type: 'orderMoved', order: A, state: 'manual', why: '' });
    s.checker.end(s.now());
    expect(s.broken()).toMatchObject({ invariant: 'L1' });
  });

  it('L1 is broken by an order that is with a person though its counterpart has said how it ended', () => {
    const s = opened();
    s.succeeds('A');
    s.quiet();
    s.write({ type: 'orderMoved', order: A, state: 'manual', why: 'the ladder has ended' });
    s.checker.end(s.now());
    expect(s.broken()).toMatchObject({ invariant: 'L1', order: A });
    const forgotten = opened();
    forgotten.succeeds('A');
    forgotten.restart();
    forgotten.write({ type: 'orderMoved', order: A, state: 'manual', why: 'the ladder has ended' });
    forgotten.quiet();
    forgotten.checker.end(forgotten.now());
    expect(forgotten.broken()).toBeUndefined();
  });

  it('takes no unclear word for a clear one, and asks nothing of a platform that is down', () => {
    const s = opened();
    s.reply('A', 'perform.processing', {});
    s.fails('A', 'counterpart.timeout', 'unknown', 'unknown');
    s.quiet();
    s.write({ type: 'orderMoved', order: A, state: 'manual', why: 'the ladder has ended' });
    s.checker.end(s.now());
    expect(s.broken()).toBeUndefined();
    const down = opened();
    down.checker.crashed(down.now());
    down.checker.end(down.now());
    expect(down.broken()).toBeUndefined();
  });

  it('L1 is broken by a sheet that nobody decides about', () => {
    const s = opened();
    s.write(s.ended('A', 'succeeded'), job('A'));
    s.checker.end(s.now());
    expect(s.broken()).toMatchObject({ invariant: 'L1' });
  });
});
