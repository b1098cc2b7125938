import type { Mechanism } from './mechanism.ts';

export interface Personality {
  serialNumber: string;
  /** Answers as the paper prints them where it contradicts itself, instead of as its own table of commands has it. */
  strictPaper: boolean;
  /** Fetches 61xx and repeats 6Cxx by itself: the paper does not say whether it does. */
  fetches: boolean;
}

/** A refusal's reason. */
export const BAD_COMMAND = 0x00;
export const BAD_PARAMETER = 0x01;
export const CANNOT = 0x02;
export const BAD_DATA = 0x04;
export const VOLTAGE = 0x05;
export const ABNORMAL_CARD = 0x06;
export const MAIN_OFF = 0x07;

/** The answer behind the echo, or the reason of a refusal; `echo` where the paper prints another one than the command's own. */
export type Answer =
  | readonly number[]
  | { refuse: number }
  | { echo: readonly number[]; data: readonly number[] };

export type Handler = (
  data: readonly number[],
  context: { mechanism: Mechanism; personality: Personality; parameter: number },
) => Answer;
