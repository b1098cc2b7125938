import type { CpuChip } from '../../../simulators/devices/cards/chip.ts';
import {
  type CardKind,
  emptyReturn,
  FILES,
  type FileName,
  type LayoutName,
  parametersFile,
  returnFile,
  walletFile,
} from '../../../simulators/devices/cards/meter-files.ts';
import { createPurchaseCard, type PurchaseCard } from '../../../simulators/devices/cards/purchase-card.ts';

export type Files = { -readonly [F in FileName]: Uint8Array };

/** A simulated purchase card whose dealings are counted, and which can be told to keep less than it says. */
export interface TestCard extends CpuChip {
  /** The card itself, past the counting and the lies. */
  chip: PurchaseCard;
  files: Files;
  /** Sealed writes that reached the chip, whole or in part, whatever it answered. */
  writes: number;
  authorizations: number;
  /** Says 9000 to writes and keeps nothing of them. */
  lies: boolean;
  /** Keeps so many bytes less than it was given and says 9000. */
  short: number;
}

export const SERIAL = '0011223344556677';
export const WHOSE = { meterNo: '000012345678', customerNo: '000088880001' };

export const parameters = (kind: CardKind) => parametersFile({ ...WHOSE, kind });
export const wallet = (amountFen: number, count: number) => walletFile({ amountFen, count });
export const returned = (count: number, balanceFen: number, layout: LayoutName = '2009') =>
  returnFile(layout, { ...WHOSE, balanceFen, count, at: '2611231859' });
export const EMPTY = emptyReturn('2009');

/** The layout is that of the return file's length. */
export function testCard(files: Files, { serial = SERIAL } = {}): TestCard {
  const layout = files.returned.length === FILES['2013'].returned.length ? '2013' : '2009';
  const chip = createPurchaseCard({
    serial,
    layout,
    parameters: { ...WHOSE, kind: 'open' },
    wallet: { amountFen: 0, count: 0 },
  });
  const copy = (of: Files): Files => ({ ...of });
  Object.assign(chip.files, copy(files));

  function count(apdu: Uint8Array): void {
    if (apdu[1] === 0x82) card.authorizations++;
    if (apdu[1] === 0xd6) card.writes++;
  }

  const card: TestCard = {
    kind: 'cpu',
    chip,
    files: chip.files,
    writes: 0,
    authorizations: 0,
    lies: false,
    short: 0,
    powerOn: chip.powerOn,
    powerOff: chip.powerOff,
    transmit(apdu) {
      count(apdu);
      const before = copy(chip.files);
      const answer = chip.transmit(apdu);
      for (const name of Object.keys(before) as FileName[]) {
        const kept = card.lies ? 0 : before[name].length - card.short;
        Object.assign(chip.files, {
          [name]: Uint8Array.of(...chip.files[name].subarray(0, kept), ...before[name].subarray(kept)),
        });
      }
      return answer;
    },
    tear(apdu, bytes) {
      count(apdu);
      chip.tear(apdu, card.lies ? 0 : bytes);
    },
  };
  return card;
}

export const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
export const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
