/** What differs between printers, as data. */
export type Model = {
  name: string;
  /** Dots across the paper: 576 are 48 columns (80 mm paper), 384 are 32 (58 mm). */
  dots: number;
  /** GS ( H (process id, offline response). Without it the command is swallowed and never answered. */
  processId: boolean;
  /** Chinese mode at power-up and after ESC @. */
  chineseAtStart: boolean;
  /** `gb2312`: lead bytes from A1 only, its rows only, the rest prints 〓. `gb18030`: GBK and four-byte codes. */
  charset: 'gb2312' | 'gb18030';
  /** Acts on a real-time command inside another command's data, too (hence the rule never to let one occur there). */
  realTimeInsideData: boolean;
  /** Receive buffer in bytes: what may wait while nothing can be printed. */
  receiveBuffer: number;
  /** Paper left, in dots, at which the near-end sensor speaks; 0 where there is no such sensor. */
  nearEndDots: number;
  /** From the head to the cutter: a cut after less feed than this goes through the last lines. */
  headToCutter: number;
  /** Answers to GS I 1, 2 and 3 (model, type, ROM version). */
  ids: readonly [number, number, number];
  /** Answers to GS I 65…68 (firmware, maker, model, serial number) where the model knows them. */
  texts?: readonly [string, string, string, string];
};

/** An 80 mm printer as the Epson family is documented, with a Chinese character ROM. */
export const EPSON_80: Model = {
  name: 'Epson-like 80 mm',
  dots: 576,
  processId: true,
  chineseAtStart: false,
  charset: 'gb18030',
  realTimeInsideData: true,
  receiveBuffer: 4096,
  nearEndDots: 8000,
  headToCutter: 96,
  ids: [0x20, 0x02, 0x01],
  texts: ['1.00 YZ', 'EPSON', 'TM-T82III', 'EMU0000001'],
};

/** A 58 mm clone: no process id, no near-end sensor, GB2312 only, and in Chinese mode from power-up. */
export const CLONE_58: Model = {
  name: 'clone 58 mm',
  dots: 384,
  processId: false,
  chineseAtStart: true,
  charset: 'gb2312',
  realTimeInsideData: false,
  receiveBuffer: 65_536,
  nearEndDots: 0,
  headToCutter: 80,
  ids: [0x01, 0x02, 0x01],
};
