import { describe, expect, test } from 'vitest';
import { dotAt } from '../../../../simulators/devices/printer/bitmap.ts';
import { code128 as encode } from '../../../../simulators/devices/printer/code128.ts';
import { createPrinter } from '../../../../simulators/devices/printer/interpreter.ts';
import { job, LF } from './bytes.ts';

const code128 = (data: Uint8Array) => encode([...data]);
const barcode = (data: Uint8Array) => job(0x1d, 0x6b, 73, data.length, data);
const pattern = (modules: readonly number[]) =>
  modules.map((width, at) => (at % 2 === 0 ? '1' : '0').repeat(width)).join('');

describe('CODE128', () => {
  test('encodes the known example PJJ123C in set A with check symbol 54', () => {
    // Start A, P, J, J, 1, 2, 3, C, check V (54), stop: from the symbology's published example.
    const symbols =
      '11010000100 11101110110 10110111000 10110111000 10011100110 11001110010 11001011100 10001000110';
    const check = '11101011000 1100011101011';
    const code = code128(job('{APJJ123C'));
    expect(pattern(code?.modules ?? [])).toBe(`${symbols} ${check}`.replaceAll(' ', ''));
    expect(code?.text).toBe('PJJ123C');
  });

  test('packs pairs of digits in set C and changes sets', () => {
    expect(code128(job('{C', 12, 34))?.modules).toHaveLength(6 * 4 + 7);
    expect(code128(job('{BA{C', 12, '{B{{'))?.text).toBe('A12{');
  });

  test('refuses data without a set, outside its set, or with an unknown mark', () => {
    for (const data of [job('123'), job('{C', 100), job('{Aa'), job('{X1'), job('{B'), job()])
      expect(code128(data)).toBeUndefined();
  });

  test('GS k draws it with the module width and height asked for, and its text below', () => {
    const printer = createPrinter();
    printer.input(job(0x1d, 0x68, 40, 0x1d, 0x77, 2, 0x1d, 0x48, 2, barcode(job('{BPJJ123C'))));
    const { bitmap, text } = printer.current;
    expect([bitmap.height, text]).toEqual([40 + 24, '[code128 PJJ123C]']);
    const row = Array.from({ length: 112 * 2 }, (_, x) => (dotAt(bitmap, x, 20) ? '1' : '0')).join('');
    const modules = code128(job('{BPJJ123C'))?.modules ?? [];
    expect(row).toBe(pattern(modules.map((n) => 2 * n)));
  });

  test('other kinds, and a barcode wider than the paper, are told and skipped without losing the next byte', () => {
    const printer = createPrinter();
    printer.input(job(0x1d, 0x6b, 2, '4006381333931', 0, barcode(job('{B', 'W'.repeat(60))), 'ok', LF));
    expect(printer.current.text).toBe('ok');
    expect(printer.problems).toHaveLength(2);
  });
});
