import { describe, expect, it } from 'vitest';
import { idOf, OUTLET, stage, transfer } from '../stage.ts';

const CREDIT = `credit:${OUTLET}`;

describe('N3', () => {
  function sold() {
    const s = stage('N3');
    s.openDay();
    s.write(s.bought('P'));
    s.intend('A');
    s.write(s.opened('A'));
    s.quiet();
    return s;
  }

  it('is content with a platform that comes to the same credit', () => {
    const s = sold();
    s.succeeds('A');
    s.write(s.ended('A', 'succeeded'));
    s.quiet();
    s.intend('B');
    s.write(s.opened('B'));
    s.checker.settledByHand(s.now(), idOf('B'), 'failed');
    s.write(s.ended('B', 'failed'));
    s.quiet();
    s.checker.end(s.now());
    expect(s.broken()).toBeUndefined();
    expect(s.checked('N3')).toBeGreaterThan(0);
  });

  it('follows declines, voids, unclear words and «not found»', () => {
    const s = sold();
    s.reply('A', 'perform.processing', {});
    s.fails('A', 'counterpart.timeout', 'unknown', 'unknown');
    s.quiet();
    s.write({ type: 'legInquired', order: idOf('A'), leg: 1, sent: true });
    s.reply(
      'A',
      'inquire.completed',
      { outcome: 'success', result: { standing: 'notFound' } },
      `${idOf('A')}.1.i1`,
    );
    s.quiet();
    s.write(s.ended('A', 'failed', { problem: 'contract.notFound' }));
    s.quiet();
    s.write(s.opened('B'));
    s.fails('B');
    s.write(s.ended('B', 'failed', { order: idOf('B') }));
    s.quiet();
    s.intend('V', { do: 'void', of: idOf('P'), fen: 0 });
    const back = {
      debit: CREDIT,
      credit: 'cash:51019999',
      amountFen: 100_000,
      at: s.now(),
      postingDate: '2026-11-23',
    };
    s.write(
      s.bought('V', 100_000, {
        kind: 'creditVoid',
        voids: idOf('P'),
        transfers: [{ id: 'void', kind: 'single', ...back }],
      }),
    );
    s.quiet();
    s.checker.end(s.now());
    expect(s.broken()).toBeUndefined();
  });

  it('keeps a word that was on the disk before a crash', () => {
    const s = sold();
    s.fails('A');
    s.write(s.ended('A', 'failed'));
    s.restart();
    s.quiet();
    s.checker.end(s.now());
    expect(s.broken()).toBeUndefined();
  });

  it('N3 is broken by a decline that moves nothing', () => {
    const s = sold();
    s.fails('A');
    s.quiet();
    expect(s.broken()).toMatchObject({ invariant: 'N3' });
  });

  it('forgives a word that a crash made the platform forget, and asks for it when it comes again', () => {
    const s = sold();
    s.succeeds('A');
    s.restart();
    s.quiet();
    expect(s.broken()).toBeUndefined();
    s.succeeds('A');
    s.quiet();
    s.checker.end(s.now());
    expect(s.broken()).toMatchObject({ invariant: 'N3' });
  });

  it('N3 is broken by a success that the platform gave back', () => {
    const s = sold();
    s.succeeds('A');
    s.write(s.ended('A', 'failed'));
    s.quiet();
    expect(s.broken()).toMatchObject({ invariant: 'N3' });
    expect(s.broken()?.en).toContain('950.00');
  });

  it('N3 is broken by a hold that was released on nothing', () => {
    const s = sold();
    s.write(s.ended('A', 'failed'));
    s.quiet();
    expect(s.broken()).toMatchObject({ invariant: 'N3' });
  });

  it('N3 is broken by a capture of more than the customer paid', () => {
    const s = stage('N3');
    s.openDay();
    s.write(s.bought('P'));
    s.intend('A');
    s.write(
      s.opened('A', { amountFen: 6_000, transfers: [transfer('hold', s.now(), { amountFen: 6_000 })] }),
    );
    s.quiet();
    expect(s.broken()).toMatchObject({ invariant: 'N3' });
  });

  it('N3 is broken by a balance at the end that nobody noticed before', () => {
    const s = sold();
    s.quiet({ accounts: [[CREDIT, [0, 100_000, 5_000, 0]]] });
    s.write(s.bought('Q', 50_000));
    s.checker.end(s.now());
    expect(s.broken()).toMatchObject({ invariant: 'N3' });
  });
});
