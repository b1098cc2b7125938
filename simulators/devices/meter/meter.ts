import { isSame } from '../cards/bytes.ts';
import { authorizationOf, headerOf, sealOf } from '../cards/issuer.ts';
import {
  type CardKind,
  type FileName,
  isEmptyReturn,
  readParameters,
  readWallet,
  returnFile,
} from '../cards/meter-files.ts';
import type { PurchaseCard } from '../cards/purchase-card.ts';

/** What a meter keeps, over power cuts as well. */
export interface MeterState {
  meterNo: string;
  customerNo: string;
  /** The card that it belongs to, from the opening or the latest replacement; `''` before. */
  cardSerial: string;
  isOpen: boolean;
  count: number;
  balanceFen: number;
}

export interface Inserted {
  creditedFen: number;
  /** The firmware's number of what is wrong. */
  error?: number;
  /** What the display shows. */
  shown: string;
}

/** What is wrong, by the firmware's numbers; the display says Err and a group. */
const ERRORS: { readonly [error: number]: string } = {
  7: 'Err-33 未发行',
  8: 'Err-33 卡类型错',
  11: 'Err-34 表号不符',
  12: 'Err-34 户号不符',
  13: 'Err-34 卡序列号不符',
  14: 'Err-35 数据格式错',
  16: 'Err-35 表未开户',
  17: 'Err-36 购电次数错',
  18: 'Err-36 返写区不空',
  20: 'Err-31 提前拔卡',
  21: 'Err-32 超囤积',
};

/** More than this no meter takes, fen. */
const MOST_FEN = 2_000_000_000;
const HOARDING_FEN = 99_999_999;

/**
 * A prepayment meter with its security chip: takes a card, credits what follows its own count, and writes back what it has.
 * @param at the time for the return file, YYMMDDhhmm
 */
export function insertIntoMeter(
  meter: MeterState,
  card: PurchaseCard,
  at: string,
  /** The card is pulled out after the credit, before the return file is written. */
  pulledEarly = false,
): Inserted {
  const parameters = readParameters(card.files.parameters);
  if (!parameters) return refused(isEmptyReturn(card.files.parameters) ? 7 : 14);
  const { kind, meterNo, customerNo } = parameters;
  if (meterNo !== meter.meterNo) return refused(11);
  const stranger = whoseError(meter, card.serial, kind, customerNo);
  if (stranger) return refused(stranger);

  const { count, amountFen } = readWallet(card.files.wallet);
  const isEmpty = isEmptyReturn(card.files.returned);
  if (kind === 'open' && count > 1) return refused(17);
  if (count > meter.count + 1) return refused(17);
  if (count <= meter.count) {
    // Taken before, or an older card: nothing is credited. Full and equal: it was already here.
    open(meter, card.serial, kind);
    if (isEmpty || count < meter.count) writeBack(meter, card, at);
    return { creditedFen: 0, shown: shownOf(meter) };
  }
  if (!isEmpty) return refused(18);
  if (amountFen > MOST_FEN || meter.balanceFen + amountFen > HOARDING_FEN) return refused(21);
  open(meter, card.serial, kind);
  meter.balanceFen += amountFen;
  meter.count = count;
  if (pulledEarly) return { ...refused(20), creditedFen: amountFen };
  writeBack(meter, card, at);
  return { creditedFen: amountFen, shown: shownOf(meter) };
}

/** What the household has used, fen; a meter goes no deeper than zero here. */
export function useEnergy(meter: MeterState, fen: number): void {
  meter.balanceFen = Math.max(0, meter.balanceFen - fen);
}

/** A replacement takes the old card's place; every other card must be the one the meter knows. */
function whoseError(
  meter: MeterState,
  serial: string,
  kind: CardKind,
  customerNo: string,
): number | undefined {
  if (!meter.isOpen) return kind === 'open' ? undefined : 16;
  if (customerNo !== meter.customerNo) return 12;
  if (kind === 'purchase' && serial !== meter.cardSerial) return 13;
  return undefined;
}

function open(meter: MeterState, serial: string, kind: CardKind): void {
  meter.isOpen = true;
  if (kind !== 'purchase') meter.cardSerial = serial;
}

/** Through the chip, as everybody who writes: the meter's own security chip has the issuer's keys. */
function writeBack(meter: MeterState, card: PurchaseCard, at: string): void {
  const { meterNo, customerNo, balanceFen, count } = meter;
  const file = returnFile(card.layout, { meterNo, customerNo, balanceFen, count, at });
  if (isSame(file, card.files.returned)) return;
  writeSealed(card, 'returned', file);
}

/** Powers the card on, authorizes and writes one file: what an issuer's machine does. Throws where the card refuses. */
export function writeSealed(card: PurchaseCard, name: FileName, file: Uint8Array): void {
  card.powerOn();
  card.transmit(Uint8Array.of(0x00, 0xa4, 0x00, 0x00, 0x02, 0xdf, 0x01));
  const challenge = hex(card.transmit(Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x08)).subarray(0, 8));
  const proof = Buffer.from(authorizationOf(card.serial, challenge), 'hex');
  expect9000(card.transmit(Uint8Array.from([0x00, 0x82, 0x00, 0x02, 0x08, ...proof])), name);
  const header = headerOf(card.layout, name, file.length);
  const seal = Buffer.from(sealOf(card.serial, challenge, header, file), 'hex');
  expect9000(card.transmit(Uint8Array.from([...header, ...file, ...seal])), name);
  card.powerOff();
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();

function expect9000(said: Uint8Array, name: FileName): void {
  if (said[0] !== 0x90) throw new Error(`the card refused ${name} with ${hex(said)}`);
}

const refused = (error: number): Inserted => ({
  creditedFen: 0,
  error,
  shown: ERRORS[error] ?? `Err ${error}`,
});

const shownOf = ({ balanceFen }: MeterState) => `${(balanceFen / 100).toFixed(2)} 元`;
