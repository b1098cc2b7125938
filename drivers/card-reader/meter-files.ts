import type { MeterCard } from '../../contracts/devices/card-reader.ts';
import { bytesOf, hexOf } from './hex.ts';
import { COMMANDS, IN_PARAMETERS, IN_RETURNED, IN_WALLET, KINDS, NUMBER_BYTES } from './meter-layouts.ts';

export type Wallet = MeterCard['wallet'];
export type Parameters = Pick<MeterCard, 'meterNo' | 'customerNo' | 'kind'> & { isWhole: boolean };

/** The most a meter takes, in fen. More in a file is no amount. */
const MOST_FEN = 2_000_000_000;

/**
 * Whose card it is; `undefined` where the file was never issued.
 *
 * A file whose check byte is wrong is read all the same (`isWhole`: false): it was left by an interrupted write, and the card must be
 * known for that write to be repeated. Both files, the one before and the one of the write, carry the same two numbers.
 */
export function parametersOf(file: Uint8Array): Parameters | undefined {
  const isWhole = isWholeFrame(file, COMMANDS.parameters);
  if (isWhole === undefined) return undefined;
  const meterNo = numberAt(file, IN_PARAMETERS.meterNo);
  const customerNo = numberAt(file, IN_PARAMETERS.customerNo);
  const kind = (KINDS as Record<number, Parameters['kind'] | undefined>)[file[IN_PARAMETERS.kind] ?? 0];
  if (meterNo === undefined || customerNo === undefined || kind === undefined) return undefined;
  return { meterNo, customerNo, kind, isWhole };
}

/** `undefined` where the bytes are no amount: a card that was never issued. */
export function walletOf(file: Uint8Array): Wallet | undefined {
  const amountFen = uintAt(file, IN_WALLET.amount);
  return amountFen > MOST_FEN ? undefined : { amountFen, count: uintAt(file, IN_WALLET.count) };
}

/** The wallet file that carries this. */
export function fileOfWallet({ amountFen, count }: Wallet): Uint8Array {
  return bytesOf([amountFen, count].map((value) => value.toString(16).padStart(8, '0')).join(''));
}

/**
 * What the meter wrote back. `empty`: the first byte is not 68, which is all that a meter looks at. `damaged`: it begins like a return
 * file and is none: a meter refuses a purchase over it as over a full one.
 */
export function returnedOf(file: Uint8Array): NonNullable<MeterCard['returned']> | 'empty' | 'damaged' {
  if (file[0] !== 0x68) return 'empty';
  const balanceFen = uintAt(file, IN_RETURNED.balance);
  if (!isWholeFrame(file, COMMANDS.returned) || balanceFen > MOST_FEN) return 'damaged';
  return { count: uintAt(file, IN_RETURNED.count), balanceFen, data: hexOf(file) };
}

/** `68 command length data check 16`: whether the check is right; `undefined` where it is no such frame. */
function isWholeFrame(file: Uint8Array, command: number): boolean | undefined {
  const length = ((file[2] ?? 0) << 8) | (file[3] ?? 0);
  const isFrame =
    file[0] === 0x68 && file[1] === command && length === file.length - 6 && file.at(-1) === 0x16;
  if (!isFrame) return undefined;
  const sum = file.subarray(1, -2).reduce((total, byte) => total + byte, 0);
  return (sum & 0xff) === file.at(-2);
}

function numberAt(file: Uint8Array, offset: number): string | undefined {
  const digits = hexOf(file.subarray(offset, offset + NUMBER_BYTES));
  return /^\d{12}$/.test(digits) ? digits : undefined;
}

/** Four bytes, the highest first. */
function uintAt(file: Uint8Array, offset: number): number {
  return new DataView(file.buffer, file.byteOffset, file.byteLength).getUint32(offset);
}
