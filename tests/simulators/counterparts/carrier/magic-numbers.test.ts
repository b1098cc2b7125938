import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { MINUTE } from '../../../../contracts/time.ts';
import type { ConductName } from '../../../../simulators/counterparts/carrier/conduct.ts';
import { MAGIC_NUMBERS } from '../../../../simulators/counterparts/carrier/magic-numbers.ts';
import { CarrierBench } from './bench.ts';

interface Story {
  /** `what@ms` as the platform is told within two hours. */
  told: string[];
  /** What an inquiry says a minute after the request, and after two hours. */
  soon: string;
  later: string;
  charged: boolean;
}

const LATE = 40 * MINUTE;
const declined = (code: string): Story => ({
  told: [`${code}@0`],
  soon: `failed ${code}`,
  later: `failed ${code}`,
  charged: false,
});
const charged = (...told: string[]): Story => ({
  told,
  soon: 'succeeded',
  later: 'succeeded',
  charged: true,
});

const STORIES: Record<Exclude<ConductName, 'success'>, Story> = {
  noSuchAccount: declined('counterpart.accountInvalid'),
  closedAccount: declined('counterpart.accountClosed'),
  lateSuccess: {
    told: ['processing@0', `success@${LATE}`],
    soon: 'processing',
    later: 'succeeded',
    charged: true,
  },
  lateSuccessUntold: { told: ['processing@0'], soon: 'processing', later: 'succeeded', charged: true },
  lateFailure: {
    told: ['processing@0', `counterpart.declined@${LATE}`],
    soon: 'processing',
    later: 'failed counterpart.declined',
    charged: false,
  },
  lostReply: charged(),
  timeoutCharged: charged('counterpart.timeout@30000'),
  timeoutNotCharged: {
    told: ['counterpart.timeout@30000'],
    soon: 'notFound',
    later: 'notFound',
    charged: false,
  },
  down: {
    told: ['counterpart.unreachable@0'],
    soon: 'failed counterpart.unreachable',
    later: 'failed counterpart.unreachable',
    charged: false,
  },
  processingForEver: { told: ['processing@0'], soon: 'processing', later: 'processing', charged: false },
  wrongAmount: charged('success@0'),
  toldTwice: charged('success@0', 'success@0'),
  inArrears: charged('success@0'),
};

const standing = ({ standing, errorCode }: Record<string, unknown>) =>
  errorCode ? `${standing} ${errorCode}` : standing;

test.each(MAGIC_NUMBERS)('MOB-02 MOB-04 a number that ends in $digits: $en', ({ digits, conduct }) => {
  const story = STORIES[conduct as keyof typeof STORIES];
  const bench = new CarrierBench();
  const account = `1380800${digits}`;
  const told = bench.topUp('K1', account);
  bench.pass(MINUTE);
  // The journal of the endpoint remembers the end that was told.
  const soon = bench.ask('inquire', 'K1', told.at(-1)?.completion);
  expect(standing(soon)).toBe(story.soon);
  bench.pass(2 * 60 * MINUTE);
  expect(told.map(({ at, what }) => `${what}@${at}`)).toEqual(story.told);
  expect(standing(bench.ask('inquire', 'K1', told.at(-1)?.completion))).toBe(story.later);
  expect(bench.balance(account)).toBe(story.charged ? 5_000 : 0);
  expect(bench.carrier.busy()).toBe(false);
});

test('any other number of this carrier is in processing and succeeds; one of another carrier is declined', () => {
  const bench = new CarrierBench();
  const told = bench.topUp('K1', '13808001234');
  const foreign = bench.topUp('K2', '13008001234');
  bench.pass(MINUTE);
  expect(told.map(({ what }) => what)).toEqual(['processing', 'success']);
  expect(told.at(-1)?.completion?.result).toEqual({
    account: '13808001234',
    amountFen: 5_000,
    counterpartNo: 'CM0000000001',
  });
  expect(foreign.map(({ what }) => what).at(-1)).toBe('counterpart.accountInvalid');
});

test('CAR-WRONG the wrong amount is only in the reply, not in the books', () => {
  const bench = new CarrierBench();
  const [told] = bench.topUp('K1', '13808009911');
  expect(told?.completion?.result).toMatchObject({ amountFen: 4_900 });
  expect(bench.ask('inquire', 'K1')).toMatchObject({ standing: 'succeeded', amountFen: 5_000 });
});

test('MOB-08 a subscriber more than 20 yuan in arrears is refused the reversal, and the charge stays', () => {
  const bench = new CarrierBench();
  bench.topUp('K1', '13808009913');
  expect(bench.apply('V1', 'K1').map(({ what }) => what)).toEqual(['success']);
  bench.pass(30 * MINUTE);
  expect(bench.ask('inquireReversal', 'V1')).toEqual({
    standing: 'refused',
    errorCode: 'counterpart.reversalRefused',
  });
  expect(bench.ask('inquire', 'K1')).toMatchObject({ standing: 'succeeded' });
  expect(bench.balance('13808009913')).toBe(5_000);
});

test('the README’s table is the data', async () => {
  const readme = await readFile('simulators/counterparts/carrier/README.md', 'utf8');
  const rows = readme
    .split('\n')
    .filter((line) => /^\| \d{4} /.test(line))
    .map((line) => line.replace(/ +/g, ' '));
  expect(rows).toEqual(
    MAGIC_NUMBERS.map(({ digits, conduct, en }) => `| ${digits} | \`${conduct}\` | ${en} |`),
  );
});
