import { bytesOf, four, fourAt, hexOf, isSame } from './bytes.ts';

/**
 * The files of a State Grid purchase card, as the issuer and the meter write them. The driver has its own reading of the same
 * layout: a mistake in one of them shows against the other.
 */
export type FileName = 'parameters' | 'wallet' | 'returned';
export type LayoutName = '2009' | '2013';

/** By generation: the file's short id and its length in bytes. */
export const FILES: {
  readonly [L in LayoutName]: { readonly [F in FileName]: { id: number; length: number } };
} = {
  '2009': {
    parameters: { id: 1, length: 45 },
    wallet: { id: 2, length: 8 },
    returned: { id: 5, length: 49 },
  },
  '2013': {
    parameters: { id: 1, length: 45 },
    wallet: { id: 2, length: 8 },
    returned: { id: 6, length: 50 },
  },
};

export const CARD_KINDS = { open: 1, purchase: 2, replacement: 3 } as const;
export type CardKind = keyof typeof CARD_KINDS;

export interface Parameters {
  meterNo: string;
  customerNo: string;
  kind: CardKind;
}

/** `amountFen` and the purchase count. */
export interface WalletFile {
  amountFen: number;
  count: number;
}

export interface ReturnFile extends WalletFile {
  meterNo: string;
  customerNo: string;
  /** What the meter has left, fen; its `amountFen` is not in the file. */
  balanceFen: number;
  /** When it was written: YYMMDDhhmm. */
  at: string;
}

/** User type, no flags (a purchase changes no tariff), reserved, switch time, reserved, the two alarms of a plain household. */
const HEAD = bytesOf('0100000000000000000000000000200000001000');
/** Of the current and voltage transformers: one to one. */
const RATIOS = bytesOf('000001000001');

export function parametersFile({ meterNo, customerNo, kind }: Parameters): Uint8Array {
  return frame(0x01, [...HEAD, ...RATIOS, ...bytesOf(meterNo), ...bytesOf(customerNo), CARD_KINDS[kind]]);
}

export function readParameters(file: Uint8Array): Parameters | undefined {
  const data = dataOf(file, 0x01);
  if (data?.length !== 39) return undefined;
  const kind = (Object.keys(CARD_KINDS) as CardKind[]).find((name) => CARD_KINDS[name] === data[38]);
  return kind && { meterNo: hexOf(data.subarray(26, 32)), customerNo: hexOf(data.subarray(32, 38)), kind };
}

export const walletFile = ({ amountFen, count }: WalletFile): Uint8Array =>
  Uint8Array.from([...four(amountFen), ...four(count)]);

export const readWallet = (file: Uint8Array): WalletFile => ({
  amountFen: fourAt(file, 0),
  count: fourAt(file, 4),
});

export const emptyReturn = (layout: LayoutName): Uint8Array => new Uint8Array(FILES[layout].returned.length);

export function returnFile(
  layout: LayoutName,
  { meterNo, customerNo, balanceFen, count, at }: Omit<ReturnFile, 'amountFen'>,
): Uint8Array {
  const { length } = FILES[layout].returned;
  const data = [
    1,
    ...RATIOS,
    ...bytesOf(meterNo),
    ...bytesOf(customerNo),
    ...four(balanceFen),
    ...four(count),
  ];
  // Overdraft, key information, illegal cards; the newer generation has a byte more of them.
  const rest = new Uint8Array(length - 6 - data.length - 5);
  return frame(0x11, [...data, ...rest, ...bytesOf(at)]);
}

/** The members that a station and a meter look at; `undefined` where the file is empty or torn. */
export function readReturn(file: Uint8Array): { count: number; balanceFen: number } | undefined {
  const data = dataOf(file, 0x11);
  return data && { balanceFen: fourAt(data, 19), count: fourAt(data, 23) };
}

/** What a meter asks of the return file, and nothing else: is there anything? */
export const isEmptyReturn = (file: Uint8Array): boolean => file[0] !== 0x68;

/** `68 command length data check 16`; the check is the sum from the command on. */
function frame(command: number, data: readonly number[]): Uint8Array {
  const inner = [command, data.length >> 8, data.length & 0xff, ...data];
  return Uint8Array.from([0x68, ...inner, inner.reduce((sum, byte) => sum + byte, 0) & 0xff, 0x16]);
}

function dataOf(file: Uint8Array, command: number): Uint8Array | undefined {
  const data = file.subarray(4, -2);
  return isSame(file, frame(command, [...data])) ? data : undefined;
}
