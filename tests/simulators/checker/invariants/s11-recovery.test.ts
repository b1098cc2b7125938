import { describe, expect, it } from 'vitest';
import { idOf, OUTLET, stage } from '../stage.ts';

const A = idOf('A');

describe('S11', () => {
  function told() {
    const s = stage('S11');
    s.openDay();
    s.write(s.bought('P'), s.opened('A'));
    s.tell('A', 'processing');
    return s;
  }

  it('is content with a recovery of exactly what is on the disk', () => {
    const s = told();
    s.restart();
    s.write(s.ended('A', 'succeeded'));
    s.tell('A', 'succeeded');
    // Settled orders of earlier days are rows, and need not be in memory.
    s.restart({ orders: [] });
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S11')).toBe(2);
  });

  it.each<[string, Parameters<ReturnType<typeof told>['restart']>[0]]>([
    ['another state', { orders: [[A, 'unknown']] }],
    ['no trace of an open order', { orders: [[idOf('P'), 'succeeded']] }],
    [
      'an order that was never written',
      {
        orders: [
          [A, 'processing'],
          [idOf('X'), 'processing'],
        ],
      },
    ],
    ['another day', { businessDate: '2026-11-24' }],
    ['another balance', { accounts: [[`credit:${OUTLET}`, [0, 100_000, 0, 0]]] }],
    ['no balances', { accounts: [] }],
  ])('S11 is broken by a recovery with %s', (_, image) => {
    const s = told();
    s.restart(image);
    expect(s.broken()).toMatchObject({ invariant: 'S11' });
  });

  it('S11 is broken where an end that was told is not the end any more', () => {
    const s = told();
    s.tell('A', 'succeeded');
    s.tell('P', 'refused');
    s.restart();
    expect(s.broken()).toMatchObject({ invariant: 'S11', order: A });
  });

  it('S11 is broken where what was told is gone', () => {
    const s = stage('S11');
    s.openDay();
    s.tell('A', 'processing');
    s.restart();
    expect(s.broken()).toMatchObject({ invariant: 'S11', order: A });
  });
});
