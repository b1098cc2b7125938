import { amountText } from './amount.ts';

const ESC = 0x1b;

/** Sets the display's power-on state. */
export const INITIALISE: readonly number[] = [ESC, 0x40];

export const CLEAR: readonly number[] = [0x0c];

export type Label = 'price' | 'total' | 'received' | 'change';

/** 单价, 总计, 收款, 找零: one lamp at a time. */
const LAMPS = { price: 0x31, total: 0x32, received: 0x33, change: 0x34 } as const;
const DARK = 0x30;

/** Lights the lamp of a label; without one, none. */
export function lamp(label: Label | undefined): number[] {
  return [ESC, 0x73, label ? LAMPS[label] : DARK];
}

/** Shows an amount in fen instead of the one shown. */
export function number(fen: number): number[] {
  return [ESC, 0x51, 0x41, ...Buffer.from(amountText(fen), 'ascii'), 0x0d];
}
