import { describe, expect, test } from 'vitest';
import { WIRE_ERRORS, type WireErrorCode } from '../../../../contracts/errors.ts';
import { MINUTE, SECOND } from '../../../../contracts/time.ts';
import { chinaMobileTopUp } from '../../../../platform/core/services/china-mobile.ts';
import { orderId } from '../../../support/ids.ts';
import { carrierOf, PHONE, START, smallPlatform } from '../../../support/small-platform.ts';

const A = orderId(1);
const CODES = Object.keys(WIRE_ERRORS) as WireErrorCode[];
const LISTED = CODES.filter((code) => chinaMobileTopUp.declines.includes(code));
const UNLISTED = CODES.filter((code) => !chinaMobileTopUp.declines.includes(code));

const paid = () => {
  const platform = smallPlatform({ printer: false });
  platform.pay(A);
  return { platform, carrier: carrierOf(platform) };
};

/** The outcome is open and the money is where it was. */
function expectOpen(
  { platform }: ReturnType<typeof paid>,
  state: 'processing' | 'unknown' | 'manual' = 'unknown',
) {
  expect(platform.order(A)).toMatchObject({ state, transfers: [{ kind: 'hold' }] });
  expect(platform.available()).toBe(95_000);
}

describe('settled rule 1: money is released on effect «none» and a listed code, and on nothing else', () => {
  test.each(LISTED)('%s with effect none releases', (code) => {
    const { platform, carrier } = paid();
    carrier.failed(A, code);
    expect(platform.order(A)).toMatchObject({ state: 'failed', problem: code });
    expect(platform.available()).toBe(100_000);
  });

  test.each(LISTED)('%s with effect unknown or applied releases nothing', (code) => {
    for (const effect of ['unknown', 'applied']) {
      const bench = paid();
      bench.carrier.failed(A, code, { effect });
      expectOpen(bench);
    }
  });

  test.each(UNLISTED)('%s is not on the list: nothing, whatever effect it claims', (code) => {
    for (const effect of ['none', 'unknown', 'applied']) {
      const bench = paid();
      bench.carrier.failed(A, code, { effect });
      expectOpen(bench);
    }
  });

  test.each(['counterpart.madeUp', 'x.toString', 'contract.hasOwnProperty'])(
    'a code outside the vocabulary (%s)',
    (code) => {
      const bench = paid();
      bench.carrier.failed(A, 'counterpart.declined', { code });
      expectOpen(bench);
    },
  );

  test('a listed code under the outcome «unknown» is unknown', () => {
    const bench = paid();
    bench.carrier.say(A, 'perform.completed', {
      outcome: 'unknown',
      error: { code: 'counterpart.declined', effect: 'none', retry: 'never', action: 'none' },
    });
    expectOpen(bench);
  });

  test.each([
    {},
    { outcome: 'success' },
    { outcome: 'failure' },
    { outcome: 'failed', error: { code: 'counterpart.declined', effect: 'none' } },
    { outcome: 'success', result: { account: PHONE, amountFen: '5000', counterpartNo: 'X' } },
    { outcome: 'success', result: { account: PHONE, amountFen: 5_000 } },
    { outcome: 'failure', error: { code: 'counterpart.declined' } },
    { outcome: 'failure', error: 'counterpart.declined' },
  ])('an answer that does not fit its schema is unknown: %j', (data) => {
    const bench = paid();
    bench.carrier.say(A, 'perform.completed', data);
    expectOpen(bench);
    bench.carrier.told(A, 1, {});
    expectOpen(bench);
  });

  test('the books’ «failed» releases on a listed code only', () => {
    for (const errorCode of ['counterpart.timeout', 'counterpart.madeUp', undefined]) {
      const bench = paid();
      bench.platform.runTo(START + MINUTE);
      bench.carrier.told(A, 1, { standing: 'failed', ...(errorCode ? { errorCode } : {}) });
      expectOpen(bench);
    }
    const { platform, carrier } = paid();
    platform.runTo(START + MINUTE);
    carrier.told(A, 1, { standing: 'failed', errorCode: 'counterpart.accountClosed' });
    expect(platform.order(A)).toMatchObject({ state: 'failed', problem: 'counterpart.accountClosed' });
  });

  test('the books’ «unknown» and «processing» end nothing; «succeeded» captures', () => {
    const bench = paid();
    const { platform, carrier } = bench;
    platform.runTo(START + 40 * SECOND);
    carrier.told(A, 1, { standing: 'processing', counterpartNo: 'CM7' });
    // Settled rule 2: it was late to be accepted, but it is under way and its time is not over.
    expect(platform.order(A)).toMatchObject({ state: 'processing', transfers: [{ kind: 'hold' }] });
    carrier.told(A, 1, { standing: 'unknown' });
    expectOpen(bench);
    carrier.told(A, 1, { standing: 'succeeded', account: PHONE, amountFen: 5_000 });
    expect(platform.order(A)).toMatchObject({ state: 'succeeded', legs: [{ counterpartNo: 'CM7' }] });
    expect(platform.marks()).toContain('late-success-unknown');
  });
});

describe('settled rule 1: «not found»', () => {
  const notFound = { standing: 'notFound' };

  test('is final after ten minutes and two answers a minute apart', () => {
    const { platform, carrier } = paid();
    platform.runTo(START + 5 * MINUTE);
    carrier.told(A, 4, notFound);
    platform.runTo(START + 10 * MINUTE);
    carrier.told(A, 5, notFound);
    expect(platform.order(A)).toMatchObject({ state: 'failed', problem: 'contract.notFound' });
    expect(platform.available()).toBe(100_000);
  });

  test('never releases what the carrier said it has: that is a contradiction for a person', () => {
    const bench = paid();
    bench.carrier.processing(A, 'CM7');
    bench.platform.runTo(START + 5 * MINUTE);
    bench.carrier.told(A, 4, notFound);
    bench.platform.runTo(START + 30 * MINUTE);
    bench.carrier.told(A, 5, notFound);
    expectOpen(bench);
  });

  test('never before the grace is over, however often it is said', () => {
    const bench = paid();
    for (let n = 1; n <= 4; n++) {
      bench.platform.runTo(START + ([40 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE][n - 1] ?? 0));
      bench.carrier.told(A, n, notFound);
    }
    bench.platform.runTo(START + 10 * MINUTE - 1);
    bench.carrier.told(A, 4, notFound);
    expectOpen(bench);
  });

  test('one answer is not enough, however late', () => {
    const bench = paid();
    bench.platform.runTo(START + 3 * 60 * MINUTE);
    bench.carrier.told(A, 9, notFound);
    expectOpen(bench);
  });

  test('one answer that comes twice counts once', () => {
    const bench = paid();
    bench.platform.runTo(START + 11 * MINUTE);
    bench.carrier.told(A, 5, notFound);
    bench.platform.runTo(START + 13 * MINUTE);
    bench.carrier.told(A, 5, notFound);
    expectOpen(bench);
    expect(bench.platform.order(A).legs[0]?.notFound).toHaveLength(1);
  });

  test('two answers less than a minute apart are one', () => {
    const bench = paid();
    bench.platform.runTo(START + 15 * MINUTE);
    bench.carrier.told(A, 5, notFound);
    bench.platform.advance(MINUTE - 1);
    bench.carrier.told(A, 6, notFound);
    expectOpen(bench);
    bench.platform.runTo(START + 30 * MINUTE);
    bench.carrier.told(A, 7, notFound);
    expect(bench.platform.order(A).state).toBe('failed');
  });

  test.each(['', '0', '-1', '1.5', '1e0', 'x', '6', '99', 'NaN', '05'])(
    'an answer to an inquiry that was never sent («.i%s») counts for nothing',
    (number) => {
      const bench = paid();
      bench.platform.runTo(START + 10 * MINUTE);
      for (const wait of [0, 2, 4]) {
        bench.platform.advance(wait * MINUTE);
        bench.carrier.told(A, number, notFound);
      }
      expect(bench.platform.order(A).legs[0]?.notFound).toEqual([]);
      expectOpen(bench);
    },
  );

  test('an answer to the request itself is no answer to an inquiry', () => {
    const bench = paid();
    bench.platform.runTo(START + 12 * MINUTE);
    bench.carrier.say(A, 'inquire.completed', { outcome: 'success', result: notFound });
    expect(bench.platform.order(A).legs[0]?.notFound).toEqual([]);
  });
});

describe('CRR-001 a success of something else is no success', () => {
  test.each([
    ['another amount', { amountFen: 50_000 }],
    ['another account', { account: '13808009999' }],
  ])('%s: a case, an alert, unknown, and the hold stays', (_, over) => {
    const bench = paid();
    bench.carrier.succeeded(A, over);
    expectOpen(bench);
    expect(bench.platform.order(A).cases).toMatchObject([{ kind: 'mismatch' }]);
    expect(bench.platform.alerts()).toEqual(['alert.case']);
    bench.carrier.succeeded(A, over);
    expect(bench.platform.order(A).cases, 'the same news twice is one case').toHaveLength(1);
  });

  test('the books that leave account or amount out prove nothing', () => {
    const bench = paid();
    bench.platform.runTo(START + MINUTE);
    bench.carrier.told(A, 1, { standing: 'succeeded', counterpartNo: 'CM1' });
    expectOpen(bench);
  });

  test('the right success afterwards still ends it', () => {
    const { platform, carrier } = paid();
    carrier.succeeded(A, { amountFen: 1_000 });
    carrier.succeeded(A);
    expect(platform.order(A)).toMatchObject({ state: 'succeeded', cases: [{ kind: 'mismatch' }] });
  });
});

describe('S8 final states never change', () => {
  test('a success after the failure: one case, one alert, no money, however often it comes', () => {
    const { platform, carrier } = paid();
    carrier.failed(A, 'counterpart.declined');
    const before = structuredClone(platform.state.ledger);
    for (let i = 0; i < 3; i++) carrier.succeeded(A);
    expect(platform.order(A)).toMatchObject({
      state: 'failed',
      cases: [{ kind: 'lateSuccess', evidence: 'CM1' }],
      transfers: [{ kind: 'hold' }, { kind: 'release' }],
    });
    expect(platform.order(A).receipt).toBeUndefined();
    expect(platform.alerts()).toEqual(['alert.case']);
    expect(platform.state.ledger).toEqual(before);
  });

  test('a decline after the success: one case, one alert, no money', () => {
    const { platform, carrier } = paid();
    carrier.succeeded(A);
    const before = structuredClone(platform.state.ledger);
    for (let i = 0; i < 3; i++) carrier.failed(A, 'counterpart.declined');
    expect(platform.order(A)).toMatchObject({ state: 'succeeded', cases: [{ kind: 'lateFailure' }] });
    expect(platform.alerts()).toEqual(['alert.case']);
    expect(platform.state.ledger).toEqual(before);
  });

  test('a success with another amount after the failure is contrary news, too', () => {
    const { platform, carrier } = paid();
    carrier.failed(A, 'counterpart.declined');
    carrier.succeeded(A, { amountFen: 1_000 });
    expect(platform.order(A)).toMatchObject({ state: 'failed', cases: [{ kind: 'mismatch' }] });
    expect(platform.alerts()).toEqual(['alert.case']);
  });

  test('a time-out, «not found» and repeats after the end say nothing new', () => {
    const { platform, carrier } = paid();
    platform.runTo(START + MINUTE);
    carrier.succeeded(A);
    const said = platform.turns.length;
    carrier.succeeded(A);
    carrier.unknown(A);
    carrier.accepted(A);
    carrier.processing(A, 'CM2');
    carrier.told(A, 1, { standing: 'notFound' });
    expect(platform.turns.slice(said).flatMap((turn) => [...turn.records, ...turn.effects])).toEqual([]);
  });
});

test('S9 a repeat of «accepted» and «processing» moves nothing', () => {
  const { platform, carrier } = paid();
  carrier.accepted(A);
  carrier.processing(A);
  const said = platform.turns.length;
  carrier.accepted(A);
  carrier.processing(A);
  expect(platform.turns.slice(said).flatMap((turn) => turn.records)).toEqual([]);
  expect(platform.order(A).legs[0]?.stage).toBe('processing');
});
