import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TEST_CUSTOMERS } from '../../../../simulators/counterparts/utility/customers.ts';
import { bytesOf, hexOf } from '../../../../simulators/devices/cards/bytes.ts';
import { emptyReturn, FILES, returnFile } from '../../../../simulators/devices/cards/meter-files.ts';
import {
  createPurchaseCard,
  imageOf,
  type PurchaseCard,
} from '../../../../simulators/devices/cards/purchase-card.ts';
import { UtilityBench } from './bench.ts';

/** The card of a household as it comes to the counter: the meter has read its last purchase. */
function cardOf(digits: string): { card: PurchaseCard; returned: string } {
  const customer = TEST_CUSTOMERS.find(({ customerNo }) => customerNo.endsWith(digits));
  if (!customer) throw new Error(`there is no customer ${digits}`);
  const { customerNo, meterNo, cardSerial, layout, wallet } = customer;
  const read = { customerNo, meterNo, count: wallet.count, balanceFen: 321, at: '2611220800' };
  const returned = returnFile(layout, read);
  const parameters = { meterNo, customerNo, kind: 'purchase' as const };
  return {
    card: createPurchaseCard({ serial: cardSerial, layout, parameters, wallet, returned }),
    returned: hexOf(returned),
  };
}

/** Opens a session with the card, and answers its challenge. */
function challengeOf(card: PurchaseCard): string {
  card.powerOff();
  card.powerOn();
  card.transmit(bytesOf('00A4000002DF01'));
  return hexOf(card.transmit(bytesOf('0084000008')).subarray(0, 8));
}

type Sealed = NonNullable<ReturnType<UtilityBench['seal']>>['result'];

/** Writes what was sealed, as a reader's driver would; answers the status words that were not 9000. */
function write(card: PurchaseCard, result: Sealed): string[] {
  if (!result) throw new Error('nothing was sealed');
  const words = [card.transmit(bytesOf(`0082000208${result.authorization}`))];
  for (const { file, data, mac } of result.files) {
    const header = `04D6${hexOf(Uint8Array.of(0x80 | FILES[card.layout][file].id, 0, data.length / 2 + 4))}`;
    words.push(card.transmit(bytesOf(`${header}${data}${mac}`)));
  }
  return words.map((word) => hexOf(word.subarray(-2))).filter((word) => word !== '9000');
}

test.each(['0001', '0002'])(
  'UTL-004 UTL-007 card …%s takes a purchase, and its void gives back every byte',
  (digits) => {
    const bench = new UtilityBench();
    const { card, returned } = cardOf(digits);
    const untouched = structuredClone(card.files);
    const { wallet } = bench.customer(digits);
    bench.order('K1', digits, { amountFen: 8_800, returned });

    const purchase = bench.seal('K1', 'purchase', challengeOf(card), card.serial)?.result;
    expect(write(card, purchase)).toEqual([]);
    expect([purchase?.before, purchase?.after]).toEqual([
      wallet,
      { count: wallet.count + 1, amountFen: 8_800 },
    ]);
    expect(imageOf(card)).toMatchObject({ kind: 'purchase', wallet: purchase?.after, returned: undefined });
    expect(card.files.returned).toEqual(emptyReturn(card.layout));

    bench.command('confirm', 'C1', { originalKey: 'K1' });
    bench.command('orderVoid', 'V1', { originalKey: 'K1', amountFen: 8_800 });
    const undone = bench.seal('K1', 'void', challengeOf(card), card.serial)?.result;
    expect([undone?.before, undone?.after]).toEqual([purchase?.after, wallet]);
    expect(write(card, undone)).toEqual([]);
    expect(card.files).toEqual(untouched);
  },
);

test('UTL-004 sealed again for another session only authorization and seals differ, the old ones do not fit, and nothing is kept', () => {
  const bench = new UtilityBench();
  const { card } = cardOf('0001');
  bench.order('K1', '0001');
  const kept = bench.kept.length;
  const first = bench.seal('K1', 'purchase', challengeOf(card), card.serial)?.result;
  const second = bench.seal('K1', 'purchase', challengeOf(card), card.serial)?.result;
  const plain = (sealed: Sealed) => ({
    before: sealed?.before,
    after: sealed?.after,
    files: sealed?.files.map(({ file, data }) => ({ file, data })),
  });
  expect(plain(first)).toEqual(plain(second));
  expect(first?.authorization).not.toBe(second?.authorization);
  for (const [i, { mac }] of (first?.files ?? []).entries()) expect(mac).not.toBe(second?.files[i]?.mac);
  expect(write(card, first)).toHaveLength(4);
  expect(bench.kept).toHaveLength(kept);
  expect(write(card, bench.seal('K1', 'purchase', challengeOf(card), card.serial)?.result)).toEqual([]);
});

test('UTL-004 whatever the challenge and however often, the same order has the same files', () => {
  const bench = new UtilityBench();
  bench.order('K1', '0001', { amountFen: 4_321 });
  const { cardSerial } = bench.customer('0001');
  const challenge = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => hexOf(bytes));
  fc.assert(
    fc.property(challenge, (given) => {
      expect(bench.seal('K1', 'purchase', given, cardSerial)?.result).toMatchObject({
        before: { count: 7, amountFen: 10_000 },
        after: { count: 8, amountFen: 4_321 },
        files: [
          { file: 'parameters' },
          { file: 'wallet', data: '000010E100000008' },
          { file: 'returned', data: '00'.repeat(49) },
        ],
      });
    }),
    { numRuns: 50 },
  );
});

test('UTL-004 CAR-03 nothing is sealed for another card, an order that has ended, or a void that is not ordered', () => {
  const bench = new UtilityBench();
  const { cardSerial } = bench.customer('0001');
  const seal = (key: string, purpose: 'purchase' | 'void', serial = cardSerial) =>
    bench.seal(key, purpose, '0011223344556677', serial)?.error?.code ?? 'sealed';
  bench.order('K1', '0001');
  expect(seal('K1', 'purchase', '0051010000000002')).toBe('counterpart.wrongStanding');
  expect(seal('K1', 'void')).toBe('counterpart.wrongStanding');
  expect(seal('K9', 'purchase')).toBe('counterpart.wrongStanding');
  expect(seal('K1', 'purchase')).toBe('sealed');
  bench.command('cancel', 'X1', { originalKey: 'K1' });
  expect(seal('K1', 'purchase')).toBe('counterpart.wrongStanding');
});
