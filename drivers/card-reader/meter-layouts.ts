/** The files of a purchase card as its two generations have them: where they lie, how long they are, and what lies where in them. Bytes. */

export type FileName = 'parameters' | 'wallet' | 'returned';
export type LayoutName = '2009' | '2013';

export interface MeterFile {
  shortId: number;
  length: number;
}

export type Layout = Record<FileName, MeterFile>;

const parameters = { shortId: 0x01, length: 45 };
const wallet = { shortId: 0x02, length: 8 };

/** A card is the layout whose return file it has, so no two of them may share that. */
export const LAYOUTS: Record<LayoutName, Layout> = {
  '2009': { parameters, wallet, returned: { shortId: 0x05, length: 49 } },
  '2013': { parameters, wallet, returned: { shortId: 0x06, length: 50 } },
};

export const LAYOUT_NAMES: readonly LayoutName[] = ['2009', '2013'];

/** The byte behind 68 that says which file a frame is. */
export const COMMANDS = { parameters: 0x01, returned: 0x11 } as const;

/** Offsets in the whole parameters file, frame included: the same in both generations. */
export const IN_PARAMETERS = { meterNo: 30, customerNo: 36, kind: 42 } as const;
/** Offsets in the whole return file: the newer one is longer at its end only. */
export const IN_RETURNED = { balance: 23, count: 27 } as const;
export const IN_WALLET = { amount: 0, count: 4 } as const;

/** Numbers of meters and customers are six bytes of BCD. */
export const NUMBER_BYTES = 6;
export const KINDS = { 1: 'open', 2: 'purchase', 3: 'replacement' } as const;
