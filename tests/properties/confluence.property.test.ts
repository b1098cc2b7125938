import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wireError } from '../../contracts/errors.ts';
import { orderId } from '../support/ids.ts';
import { carrierOf, PHONE, START, smallPlatform } from '../support/small-platform.ts';

const A = orderId(1);
const MINUTE = 60_000;
type Carrier = ReturnType<typeof carrierOf>;

/** What a carrier may say of an order on the way, whatever its end; none of it is evidence. */
const ON_THE_WAY: readonly ((carrier: Carrier) => unknown)[] = [
  (c) => c.accepted(A),
  (c) => c.processing(A, 'CM7'),
  (c) => c.unknown(A),
  (c) => c.say(A, 'perform.completed', { outcome: 'success' }),
  (c) => c.say(A, 'perform.completed', { outcome: 'failure', error: wireError('counterpart.timeout') }),
  (c) => c.told(A, 1, { standing: 'notFound' }),
  (c) => c.told(A, 2, { standing: 'processing' }),
  (c) => c.told(A, 3, { standing: 'notFound' }),
  (c) => c.told(A, 3, { standing: 'unknown' }),
];

const ENDS: { [end: string]: readonly ((carrier: Carrier) => unknown)[] } = {
  succeeded: [
    (c) => c.succeeded(A),
    (c) => c.succeeded(A),
    (c) => c.told(A, 2, { standing: 'succeeded', account: PHONE, amountFen: 5_000, counterpartNo: 'CM1' }),
  ],
  failed: [
    (c) => c.failed(A, 'counterpart.declined'),
    (c) => c.failed(A, 'counterpart.declined'),
    (c) => c.told(A, 3, { standing: 'failed', errorCode: 'counterpart.declined' }),
  ],
};

test.each(['succeeded', 'failed'])(
  'S10 the order of a carrier’s messages does not change an order that %s',
  (end) => {
    const all = [...ON_THE_WAY, ...(ENDS[end] ?? [])];
    const shuffled = fc.shuffledSubarray(
      all.map((_, i) => i),
      { minLength: all.length },
    );
    const final = (indices: readonly number[]) => {
      const platform = smallPlatform();
      platform.pay(A);
      platform.runTo(START + 3 * MINUTE);
      const carrier = carrierOf(platform);
      for (const i of indices) all[i]?.(carrier);
      const { state, transfers, cases } = platform.order(A);
      return { state, transfers, cases, ledger: platform.state.ledger };
    };
    const straight = final(all.map((_, i) => i));
    expect(straight.state).toBe(end);
    fc.assert(
      fc.property(shuffled, (indices) => {
        expect(final(indices)).toEqual(straight);
      }),
      { numRuns: 150 },
    );
  },
);
