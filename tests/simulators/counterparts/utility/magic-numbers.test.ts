import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../../contracts/time.ts';
import type { ConductName } from '../../../../simulators/counterparts/utility/conduct.ts';
import { MAGIC_NUMBERS } from '../../../../simulators/counterparts/utility/magic-numbers.ts';
import { UtilityBench } from './bench.ts';

interface Story {
  /** `what@ms` as the platform is told of the order within an hour. */
  told: string[];
  /** What inquiries say at once, a minute later, another minute later, and after an hour. */
  inquired: [string, string, string, string];
  /** How asking three times to seal, and telling three times that it is on the card, ends. */
  sealed?: string[];
  confirmed?: string[];
}

const LATE = 40 * MINUTE;
const all = (standing: string): Story['inquired'] => [standing, standing, standing, standing];
const declined = (code: string): Story => ({ told: [`${code}@0`], inquired: all(`failed ${code}`) });
const ordered = (...told: string[]): Story => ({ told, inquired: all('ordered') });
const timeouts = ['counterpart.timeout', 'counterpart.timeout', 'success'];

const STORIES: Record<Exclude<ConductName, 'success'>, Story> = {
  noSuchCustomer: declined('counterpart.accountInvalid'),
  closedAccount: declined('counterpart.accountClosed'),
  declined: declined('counterpart.declined'),
  lateSuccess: {
    told: ['processing@0', `success@${LATE}`],
    inquired: ['notFound', 'notFound', 'notFound', 'ordered'],
  },
  lateSuccessUntold: { told: ['processing@0'], inquired: ['notFound', 'notFound', 'notFound', 'ordered'] },
  lostReply: ordered(),
  timeoutOrdered: ordered('counterpart.timeout@30000'),
  timeoutNotOrdered: { told: ['counterpart.timeout@30000'], inquired: all('notFound') },
  down: declined('counterpart.unreachable'),
  wrongAmount: ordered('success@0'),
  wrongCard: ordered('success@0'),
  toldTwice: ordered('success@0', 'success@0'),
  noSeal: { ...ordered('success@0'), sealed: timeouts },
  confirmLost: { ...ordered('success@0'), confirmed: timeouts },
  confirmNotTaken: { ...ordered('success@0'), confirmed: timeouts },
  denies: { told: [], inquired: ['notFound', 'notFound', 'ordered', 'ordered'] },
};

test.each(MAGIC_NUMBERS)('CAR-01 a customer that ends in $digits: $en', ({ digits, conduct }) => {
  const story = STORIES[conduct as keyof typeof STORIES];
  const bench = new UtilityBench();
  const told = bench.order('K1', digits);
  const standing = () => {
    // The journal of the endpoint remembers the end that was told.
    const { standing, errorCode } = bench.inquire('K1', told.at(-1)?.completion) ?? {};
    return errorCode ? `${standing} ${errorCode}` : standing;
  };
  const inquired = [standing()];
  for (const ms of [MINUTE, MINUTE, HOUR]) {
    bench.pass(ms);
    inquired.push(standing());
  }
  expect(inquired).toEqual(story.inquired);
  expect(told.map(({ at, what }) => `${what}@${at}`)).toEqual(story.told);
  expect(bench.utility.busy()).toBe(false);
  if (story.inquired[3] !== 'ordered') return expect(bench.books.sums().ordered).toBe(0);

  const { cardSerial, meterNo } = bench.customer(digits);
  const sealed = [1, 2, 3].map(() => {
    const said = bench.seal('K1', 'purchase', '0011223344556677', cardSerial);
    return said?.error?.code ?? said?.outcome;
  });
  expect(sealed).toEqual(story.sealed ?? ['success', 'success', 'success']);
  const confirmed = [1, 2, 3].map((no) => {
    const ends = bench.command('confirm', `C${no}`, { originalKey: 'K1' });
    bench.pass(MINUTE);
    if (no === 1) expect(bench.books.balanceFor(meterNo)).toBe(conduct === 'confirmNotTaken' ? 0 : 5_000);
    return ends.map(({ what }) => what).join();
  });
  expect(confirmed).toEqual(story.confirmed ?? ['success', 'success', 'success']);
  expect(bench.books.balanceFor(meterNo)).toBe(5_000);
});

test('UTL-001 another amount or card is only in the reply, not in the books', () => {
  const bench = new UtilityBench();
  const result = (digits: string) => bench.order(digits, digits)[0]?.completion?.result;
  expect(result('9911')).toMatchObject({ amountFen: 5_100, cardSerial: '0051010000009911' });
  expect(result('9910')).toMatchObject({ amountFen: 5_000, cardSerial: '0000000000000000' });
  expect(bench.inquire('9911')).toMatchObject({ standing: 'ordered', amountFen: 5_000 });
  expect(bench.inquire('9910')).toMatchObject({ cardSerial: '0051010000009910' });
});

test('a late order that comes again on the quick way is ordered once', () => {
  const bench = new UtilityBench();
  const slow = bench.order('K1', '9903');
  const again = bench.order('K1', '9903');
  bench.pass(HOUR);
  expect([slow, again].map((told) => told.map(({ what }) => what).join())).toEqual([
    'processing,success',
    'processing,success',
  ]);
  expect(bench.books.sums().ordered).toBe(5_000);
});

test('a void has the story of its customer: declined it is none, late it is ordered late', () => {
  const bench = new UtilityBench([
    { times: 1, conduct: 'success' },
    { times: 1, conduct: 'declined' },
    { times: 1, conduct: 'lateSuccess' },
  ]);
  const request = { originalKey: 'K1', amountFen: 5_000 };
  bench.order('K1', '0001');
  bench.command('confirm', 'C1', { originalKey: 'K1' });
  expect(bench.end('orderVoid', 'V1', request)).toBe('counterpart.declined');
  const told = bench.command('orderVoid', 'V2', request);
  expect(bench.inquire('K1')?.standing).toBe('confirmed');
  bench.pass(LATE);
  expect(told.map(({ what }) => what)).toEqual(['processing', 'success']);
  expect(bench.inquire('K1')?.standing).toBe('voidOrdered');
});

test('the README’s table is the data', async () => {
  const readme = await readFile('simulators/counterparts/utility/README.md', 'utf8');
  const rows = readme
    .split('\n')
    .filter((line) => /^\| \d{4} /.test(line))
    .map((line) => line.replace(/ +/g, ' '));
  expect(rows).toEqual(
    MAGIC_NUMBERS.map(({ digits, conduct, en }) => `| ${digits} | \`${conduct}\` | ${en} |`),
  );
});
