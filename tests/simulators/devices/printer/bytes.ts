import { createPrinter, type PrinterOptions } from '../../../../simulators/devices/printer/interpreter.ts';

/** Bytes of a job: numbers are bytes, texts are ASCII. */
export function job(...parts: (number | string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.of(part) : Buffer.from(part))));
}

export const LF = 0x0a;
export const CHINESE_ON = job(0x1c, 0x26);
export const CHINESE_OFF = job(0x1c, 0x2e);
export const CUT = job(0x1d, 0x56, 66, 0);
export const INIT = job(0x1b, 0x40);
/** 缴费凭证 in GBK, written out by hand. */
export const RECEIPT_TITLE = job(0xbd, 0xc9, 0xb7, 0xd1, 0xc6, 0xbe, 0xd6, 0xa4);
export const status = (n: number): Uint8Array => job(0x10, 0x04, n);
export const processId = (id: string): Uint8Array => job(0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, id);

/** A printer whose answers are kept, as hexadecimal; `answers()` takes them. */
export function listenedTo(options: PrinterOptions = {}) {
  let heard = '';
  const printer = createPrinter({
    ...options,
    output: (bytes) => (heard += Buffer.from(bytes).toString('hex')),
  });
  const answers = (): string => {
    const all = heard;
    heard = '';
    return all;
  };
  const ask = (bytes: Uint8Array): string => {
    printer.input(bytes);
    return answers();
  };
  return { printer, answers, ask };
}
