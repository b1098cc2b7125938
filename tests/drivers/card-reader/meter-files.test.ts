import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  fileOfWallet,
  parametersOf,
  returnedOf,
  walletOf,
} from '../../../drivers/card-reader/meter-files.ts';
import { hex, parameters, returned } from './test-card.ts';

const PARAMETERS =
  '680100270100000000000000000000000000200000001000000001000001000012345678000088880001028216';
const RETURNED =
  '6811002B01000001000001000012345678000088880001000013A60000000500000000000000000000002611231859ED16';

it('DEV-02 the sample parameters file: whose card it is', () => {
  expect(parametersOf(hex(PARAMETERS))).toEqual({
    meterNo: '000012345678',
    customerNo: '000088880001',
    kind: 'purchase',
    isWhole: true,
  });
  expect(parametersOf(parameters('open'))?.kind).toBe('open');
  expect(parametersOf(parameters('replacement'))?.kind).toBe('replacement');
});

it('DEV-02 the sample return file: balance and count, and itself as hex', () => {
  expect(returnedOf(hex(RETURNED))).toEqual({ count: 5, balanceFen: 5_030, data: RETURNED });
});

it('DEV-02 the longer return file of 2013 says the same', () => {
  expect(returnedOf(returned(5, 5_030, '2013'))).toMatchObject({ count: 5, balanceFen: 5_030 });
});

it('DEV-02 a return file is empty by its first byte alone', () => {
  expect(returnedOf(new Uint8Array(49))).toBe('empty');
  expect(returnedOf(new Uint8Array(49).fill(0xff))).toBe('empty');
  expect(returnedOf(Uint8Array.of(0, ...hex(RETURNED).subarray(1)))).toBe('empty');
});

it('DEV-02 any changed byte of a return file is noticed', () => {
  const change = fc.record({ at: fc.integer({ min: 1, max: 48 }), by: fc.integer({ min: 1, max: 255 }) });
  fc.assert(
    fc.property(change, ({ at, by }) => {
      const file = hex(RETURNED);
      file[at] = (file[at] ?? 0) ^ by;
      expect(returnedOf(file)).toBe('damaged');
    }),
  );
});

it('DEV-02 any changed byte of a parameters file is noticed; what can still be read is read', () => {
  const change = fc.record({ at: fc.integer({ min: 0, max: 44 }), by: fc.integer({ min: 1, max: 255 }) });
  fc.assert(
    fc.property(change, ({ at, by }) => {
      const file = hex(PARAMETERS);
      file[at] = (file[at] ?? 0) ^ by;
      expect(parametersOf(file)?.isWhole ?? false).toBe(false);
    }),
  );
  const flagged = hex(PARAMETERS);
  flagged[5] = 0x80;
  expect(parametersOf(flagged)).toMatchObject({ meterNo: '000012345678', isWhole: false });
});

it('DEV-02 a file that was never issued, or no number or kind in it: nobody’s card', () => {
  expect(parametersOf(new Uint8Array(45))).toBeUndefined();
  expect(parametersOf(new Uint8Array(45).fill(0xff))).toBeUndefined();
  const otherKind = hex(PARAMETERS);
  otherKind[42] = 4;
  expect(parametersOf(otherKind)).toBeUndefined();
  const letters = hex(PARAMETERS);
  letters[30] = 0xab;
  expect(parametersOf(letters)).toBeUndefined();
});

it('DEV-02 a wallet is four bytes of fen and four of count, the highest first', () => {
  expect(walletOf(hex('0000271000000008'))).toEqual({ amountFen: 10_000, count: 8 });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2_000_000_000 }),
      fc.integer({ min: 0, max: 0xffffffff }),
      (amountFen, count) => {
        expect(walletOf(fileOfWallet({ amountFen, count }))).toEqual({ amountFen, count });
      },
    ),
  );
  expect(walletOf(hex('FFFFFFFFFFFFFFFF'))).toBeUndefined();
});

it('DEV-02 anything at all is read without an error', () => {
  const file = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  const begun = file(49).map((bytes) =>
    Uint8Array.of(0x68, 0x11, 0x00, 0x2b, ...bytes.subarray(4, 48), 0x16),
  );
  fc.assert(
    fc.property(file(45), file(8), fc.oneof(file(49), file(50), begun), (whose, carried, back) => {
      parametersOf(whose);
      walletOf(carried);
      const read = returnedOf(back);
      if (typeof read === 'object') expect(read.balanceFen).toBeLessThanOrEqual(2_000_000_000);
    }),
  );
});
