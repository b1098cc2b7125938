import { describe, expect, it } from 'vitest';
import { cardStage, UTILITY } from '../card-stage.ts';
import { idOf, PHONE, stage } from '../stage.ts';

const A = idOf('A');
const MINUTE = 60_000;

describe('S7', () => {
  function asked() {
    const s = stage('S7');
    s.intend('A');
    s.openDay();
    s.write(s.opened('A'));
    s.perform('A');
    s.pass(1_000);
    return s;
  }
  type Stage = ReturnType<typeof asked>;

  function inquired(s: Stage, number: number, result: object): void {
    s.write({ type: 'legInquired', order: A, leg: 1, sent: true });
    s.reply('A', 'inquire.completed', { outcome: 'success', result }, `${A}.1.i${number}`);
  }
  const notFound = (s: Stage, number: number) => {
    inquired(s, number, { standing: 'notFound' });
    s.write({ type: 'legNotFound', order: A, leg: 1, inquiry: number });
  };

  it.each<[string, 'succeeded' | 'failed', (s: Stage) => void]>([
    ['its own success', 'succeeded', (s) => s.succeeds('A')],
    [
      'the books’ success',
      'succeeded',
      (s) => inquired(s, 1, { standing: 'succeeded', account: PHONE, amountFen: 5_000 }),
    ],
    ['a listed decline', 'failed', (s) => s.fails('A')],
    [
      'a listed decline of the books',
      'failed',
      (s) => inquired(s, 1, { standing: 'failed', errorCode: 'counterpart.declined' }),
    ],
    ['a person', 'failed', (s) => s.checker.settledByHand(s.now(), A, 'failed')],
    [
      '«not found» twice, a minute apart, late enough',
      'failed',
      (s) => {
        s.pass(9 * MINUTE);
        notFound(s, 1);
        s.pass(MINUTE);
        notFound(s, 2);
      },
    ],
  ])('is content with an end by %s', (_, state, prove) => {
    const s = asked();
    prove(s);
    s.write(s.ended('A', state));
    s.tell('A', state);
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S7')).toBeGreaterThan(0);
  });

  it.each<[string, 'succeeded' | 'failed', (s: Stage) => void]>([
    ['nothing at all', 'failed', (s) => s.pass(MINUTE)],
    ['a timeout', 'failed', (s) => s.fails('A', 'counterpart.timeout', 'unknown', 'unknown')],
    ['a timeout that calls itself «none»', 'failed', (s) => s.fails('A', 'counterpart.timeout', 'none')],
    ['a decline whose effect is unknown', 'failed', (s) => s.fails('A', 'counterpart.declined', 'unknown')],
    ['a code that nobody listed', 'failed', (s) => s.fails('A', 'counterpart.madeUp')],
    [
      'a success of another amount',
      'succeeded',
      (s) => s.succeeds('A', 'CM1', { account: PHONE, amountFen: 4_900 }),
    ],
    [
      'a success of another account',
      'succeeded',
      (s) => s.succeeds('A', 'CM1', { account: '13808009999', amountFen: 5_000 }),
    ],
    [
      'a success that does not fit',
      'succeeded',
      (s) => s.succeeds('A', 'CM1', { account: PHONE, amountFen: '5000' }),
    ],
    ['a success of another order', 'succeeded', (s) => s.succeeds('B')],
    [
      'a success about a key that was not asked',
      'succeeded',
      (s) =>
        s.reply(
          'A',
          'perform.completed',
          { outcome: 'success', result: { account: PHONE, amountFen: 5_000, counterpartNo: 'CM1' } },
          'other',
        ),
    ],
    [
      'half a message',
      'succeeded',
      (s) => s.checker.delivered(s.now(), 'yz/1/cp/china-mobile/1/rep', '{"specversion":"1.0","id'),
    ],
    [
      '«not found» once',
      'failed',
      (s) => {
        s.pass(11 * MINUTE);
        notFound(s, 1);
      },
    ],
    [
      '«not found» twice within a minute',
      'failed',
      (s) => {
        s.pass(11 * MINUTE);
        notFound(s, 1);
        s.pass(59_000);
        notFound(s, 2);
      },
    ],
    [
      '«not found» twice before ten minutes',
      'failed',
      (s) => {
        notFound(s, 1);
        s.pass(9 * MINUTE);
        notFound(s, 2);
      },
    ],
    [
      'the same «not found» twice',
      'failed',
      (s) => {
        s.pass(11 * MINUTE);
        notFound(s, 1);
        s.pass(2 * MINUTE);
        s.write({ type: 'legNotFound', order: A, leg: 1, inquiry: 1 });
      },
    ],
    [
      '«not found» after «processing»',
      'failed',
      (s) => {
        s.reply('A', 'perform.processing', { counterpartNo: 'CM1' });
        s.write({ type: 'legMoved', order: A, leg: 1, stage: 'processing' });
        s.pass(9 * MINUTE);
        notFound(s, 1);
        s.pass(MINUTE);
        notFound(s, 2);
      },
    ],
    ['the opposite', 'failed', (s) => s.succeeds('A')],
  ])('S7 is broken by an end on %s', (_, state, prove) => {
    const s = asked();
    prove(s);
    s.write(s.ended('A', state));
    expect(s.broken()).toMatchObject({ invariant: 'S7', order: A });
  });

  it('S7 is broken by a failure that is told without evidence, whatever the log says', () => {
    const s = asked();
    s.tell('A', 'failed');
    expect(s.broken()).toMatchObject({ invariant: 'S7' });
  });

  it('S7 is broken by cash that goes back while the outcome is unknown', () => {
    const s = asked();
    s.tell('A', 'unknown');
    s.checker.cash(s.now(), A, 5_000);
    s.checker.cash(s.now(), A, -5_000);
    expect(s.broken()).toMatchObject({ invariant: 'S7' });
    expect(s.broken()?.en).toContain('50.00');
  });

  it('lets cash go back when it was refused and never taken', () => {
    const s = stage('S7');
    s.tell('A', 'refused');
    s.checker.cash(s.now(), A, -5_000);
    expect(s.broken()).toBeUndefined();
  });

  it('S7 is broken by cash that goes back because a repeat of what was taken is refused', () => {
    const s = asked();
    s.tell('A', 'refused');
    s.checker.cash(s.now(), A, -5_000);
    expect(s.broken()).toMatchObject({ invariant: 'S7' });
  });
});

describe('S7, of a meter card', () => {
  const K = idOf('K');
  const MINUTES = 60_000;

  function opened(more: object = {}) {
    const s = cardStage('S7');
    s.wants('K');
    s.opens('K', more);
    return s;
  }

  const cancelled = { outcome: 'success', result: { counterpartNo: 'U1' } };
  const declined = (code: string, effect = 'none') => ({
    outcome: 'failure',
    error: { code, effect, retry: 'never', action: 'none' },
  });

  it.each<[string, string, string, object]>([
    ['a cancellation that was answered', 'cancel', `${K}.2.1`, cancelled],
    ['an order that was declined', 'order', `${K}.1`, declined('counterpart.countMismatch')],
    [
      'an order that the books say has failed',
      'inquire',
      `${K}.1.i1`,
      { outcome: 'success', result: { standing: 'failed', errorCode: 'counterpart.declined' } },
    ],
  ])('gives the money back on %s', (_, operation, causation, data) => {
    const s = opened();
    s.says(UTILITY, `utility.${operation}.completed`, 'K', causation, data);
    s.ends('K', 'failed');
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S7')).toBe(1);
  });

  it.each<[string, string, object]>([
    [
      'a cancellation that timed out',
      'cancel',
      { outcome: 'unknown', error: { code: 'counterpart.timeout' } },
    ],
    ['a decline of a code that is none', 'order', declined('counterpart.timeout')],
    ['a failure that may have an effect', 'order', declined('counterpart.declined', 'unknown')],
    ['an order in the books', 'inquire', { outcome: 'success', result: { standing: 'ordered' } }],
  ])('S7 is broken by money that goes back on %s', (_, operation, data) => {
    const s = opened();
    s.says(UTILITY, `utility.${operation}.completed`, 'K', `${K}.1.i1`, data);
    s.ends('K', 'failed');
    expect(s.broken()).toMatchObject({ invariant: 'S7', order: K });
  });

  it('«not found» counts when it was said twice, a minute apart, late enough', () => {
    const asked = (times: readonly number[]) => {
      const s = opened();
      for (const [i, minutes] of times.entries()) {
        s.pass(minutes * MINUTES);
        const said = { outcome: 'success', result: { standing: 'notFound' } };
        s.says(UTILITY, 'utility.inquire.completed', 'K', `${K}.1.i${i + 1}`, said);
        s.write({ type: 'legNotFound', order: K, leg: 1, inquiry: i + 1 });
      }
      s.ends('K', 'failed');
      return s.broken()?.invariant;
    };
    expect(asked([5, 6])).toBeUndefined();
    expect(asked([11])).toBe('S7');
    expect(asked([1, 2])).toBe('S7');
    expect(asked([11, 0.5])).toBe('S7');
  });
});
