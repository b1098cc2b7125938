import { describe, expect, it } from 'vitest';
import { idOf, PHONE, stage } from '../stage.ts';

const A = idOf('A');

describe('S8', () => {
  function ended(state: 'succeeded' | 'failed', more: object = {}) {
    const s = stage('S8');
    s.openDay();
    s.write(s.opened('A'));
    s.write(s.ended('A', state, more));
    return s;
  }
  type Stage = ReturnType<typeof ended>;
  const opens = (s: Stage, kind: string) =>
    s.write({ type: 'caseOpened', order: A, case: { kind, evidence: 'x' } });

  const NEWS: [string, string, () => Stage, (s: Stage) => void][] = [
    ['lateSuccess', 'a success after a failure', () => ended('failed'), (s) => s.succeeds('A')],
    ['lateFailure', 'a decline after a success', () => ended('succeeded'), (s) => s.fails('A')],
    [
      'secondSuccess',
      'a success under another number',
      () => ended('succeeded'),
      (s) => s.succeeds('A', 'CM2'),
    ],
    [
      'mismatch',
      'a success of another amount',
      () => ended('succeeded'),
      (s) => s.succeeds('A', 'CM1', { account: PHONE, amountFen: 1 }),
    ],
    [
      'lateProcessing',
      '«processing» after «not found»',
      () => ended('failed', { problem: 'contract.notFound' }),
      (s) => s.reply('A', 'perform.processing', {}),
    ],
  ];

  it.each(NEWS)('is content with a case %s for %s', (kind, _, begin, news) => {
    const s = begin();
    news(s);
    opens(s, kind);
    s.quiet();
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S8')).toBeGreaterThan(0);
  });

  it.each(NEWS)('S8 is broken where no case %s is opened for %s', (_, __, begin, news) => {
    const s = begin();
    news(s);
    s.quiet();
    expect(s.broken()).toMatchObject({ invariant: 'S8', order: A });
  });

  it('asks for no case where the same is said again, or nothing is proven', () => {
    const s = ended('succeeded');
    s.succeeds('A');
    s.fails('A', 'counterpart.timeout', 'unknown', 'unknown');
    s.reply('A', 'perform.processing', {});
    s.quiet();
    expect(s.broken()).toBeUndefined();
  });

  it('asks for no case of what a crash made the platform forget', () => {
    const s = ended('failed');
    s.succeeds('A');
    s.restart();
    s.quiet();
    expect(s.broken()).toBeUndefined();
  });

  it('S8 is broken by a second end, a move after the end, and a memory that says otherwise', () => {
    const second = ended('failed');
    second.write(second.ended('A', 'succeeded'));
    expect(second.broken()).toMatchObject({ invariant: 'S8' });
    const moved = ended('failed');
    moved.write({ type: 'orderMoved', order: A, state: 'unknown', why: '' });
    expect(moved.broken()).toMatchObject({ invariant: 'S8' });
    const memory = ended('failed');
    memory.quiet({ orders: [[A, 'succeeded']] });
    expect(memory.broken()).toMatchObject({ invariant: 'S8' });
  });
});
