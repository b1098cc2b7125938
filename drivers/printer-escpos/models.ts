/** What differs between printers, as data. */
export interface Model {
  /** Half-width characters a row. */
  columns: number;
  /** It answers GS ( H when a job is on the paper. Without it a fence and a clean status must do. */
  processId: boolean;
  cutter: boolean;
  /** `gb2312`: only characters whose two bytes are both A1 or above; `gbk`: every two-byte code of GB18030. */
  charset: 'gb2312' | 'gbk';
  /**
   * How long a row takes, in ms, where the fence's answer may come before the paper (clones answer when they have read it):
   * the status that proves the job is asked only after that time.
   */
  rowMs: number;
}

export const MODELS = {
  /** 80 mm, TM-T82III and relatives. */
  'epson-80': { columns: 48, processId: true, cutter: true, charset: 'gbk', rowMs: 0 },
  /** 58 mm at about 80 mm/s, the usual board without GS ( H. */
  'clone-58': { columns: 32, processId: false, cutter: true, charset: 'gb2312', rowMs: 45 },
} as const satisfies Record<string, Model>;

export type ModelName = keyof typeof MODELS;
