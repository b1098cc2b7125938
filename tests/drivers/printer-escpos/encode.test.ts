import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Line } from '../../../contracts/devices/printer.ts';
import { widthOf, wrap } from '../../../drivers/printer-escpos/columns.ts';
import { encodeRows, rowsOf } from '../../../drivers/printer-escpos/encode.ts';
import { MODELS } from '../../../drivers/printer-escpos/models.ts';
import { printable } from '../../../drivers/printer-escpos/printable.ts';

const hex = (bytes: readonly number[]) => Buffer.from(bytes).toString('hex');
const epson = MODELS['epson-80'];
const clone = MODELS['clone-58'];
const encode = (lines: Line[], cut = true) => encodeRows(rowsOf(lines, epson), cut, epson);

const lineArbitrary: fc.Arbitrary<Line> = fc.record(
  {
    text: fc.string({ unit: 'binary', maxLength: 200 }),
    align: fc.constantFrom('left', 'center', 'right'),
    size: fc.constantFrom('normal', 'tall', 'double'),
    bold: fc.boolean(),
  },
  { requiredKeys: ['text'] },
);

describe('rowsOf', () => {
  it('draws a rule as wide as the paper', () => {
    const wide = (model: typeof epson | typeof clone) =>
      rowsOf([{ text: '', rule: true }], model).map((row) => widthOf(row.text));
    expect(wide(epson)).toEqual([48]);
    expect(wide(clone)).toEqual([32]);
  });
});

describe('encodeRows', () => {
  it('is these bytes for a short receipt', () => {
    const bytes = encode([
      { text: '驿站', align: 'center', size: 'double', bold: true },
      { text: 'A1', align: 'center', size: 'double', bold: true },
      { text: '￥5' },
    ]);
    expect(hex(bytes)).toBe(
      [
        '1b40', // init
        '1c26', // Chinese on, although a clone starts so
        '1b61011d21111b4501', // centre, double, bold
        'e6e4d5be0a', // 驿站
        '1b4a08', // a little air behind a large row
        '41310a', // the same style is not repeated
        '1b4a08',
        '1b61001d21001b4500',
        'a3a4350a',
        '1c2e', // Chinese off
        '1d564200', // feed and cut
      ].join(''),
    );
  });

  it('feeds to the tear-off edge where the model has no cutter, and leaves the paper alone without a cut', () => {
    const rows = rowsOf([{ text: 'x' }], clone);
    expect(hex(encodeRows(rows, true, { cutter: false }))).toBe('1b401c26780a1c2e1b6405');
    expect(hex(encodeRows(rows, false, clone))).toBe('1b401c26780a1c2e');
  });

  it('PRN-006 prints 〓 for what the device has no glyph for, and the rest', () => {
    expect(printable('张𠮷三😀ḿ\ue000é', 'gbk').slice(0, 5)).toBe('张〓三〓ḿ');
    expect(printable('\ue000\ud800', 'gbk')).toBe('〓〓');
    expect(printable('¥5 €', 'gbk')).toBe('￥5 €');
  });

  it('PRN-006 prints 〓 for a GBK character on a device that knows only GB2312', () => {
    expect(printable('朱镕基', 'gbk')).toBe('朱镕基');
    expect(printable('朱镕基', 'gb2312')).toBe('朱〓基');
  });

  it('never lets text become a command', () => {
    const bytes = encode([{ text: 'a\u001b@b\u0010\u0004\u0001c\nd\u007f' }]);
    expect(hex(bytes)).toContain('61a1fe4062a1fea1fea1fe63a1fe64a1fe0a');
  });

  it('carries any printable text unchanged (GB18030 both ways)', () => {
    const decoder = new TextDecoder('gb18030');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const expected = printable(text, 'gbk');
        const bytes = encode([{ text }], false).slice(4, -2);
        expect(decoder.decode(Uint8Array.from(bytes)).replaceAll('\n', '')).toBe(expected);
      }),
    );
  });

  it('never throws, and sends no control byte of the text', () => {
    fc.assert(
      fc.property(fc.array(lineArbitrary, { minLength: 1, maxLength: 20 }), (lines) => {
        // Without the style commands only LF remains below the space.
        const plain = lines.map(({ text }) => ({ text }));
        const bytes = encode(plain, false).slice(4, -2);
        expect(bytes.filter((byte) => byte < 0x20 && byte !== 0x0a)).toEqual([]);
        expect(() => encode(lines)).not.toThrow();
      }),
    );
  });
});

describe('wrap', () => {
  it('keeps a hanzi whole at the edge', () => {
    expect(wrap('abc中文', 4)).toEqual(['abc', '中文']);
    expect(wrap('', 32)).toEqual(['']);
  });

  it('drops nothing and fits the columns, in every size', () => {
    fc.assert(
      fc.property(
        fc.array(lineArbitrary, { maxLength: 10 }),
        fc.constantFrom(epson, clone),
        (lines, model) => {
          const rows = rowsOf(lines, model);
          for (const { text, size } of rows)
            expect(widthOf(text) * (size === 'double' ? 2 : 1)).toBeLessThanOrEqual(model.columns);
          expect(rows.map((row) => row.text).join('')).toBe(
            lines.map((line) => printable(line.text, model.charset)).join(''),
          );
        },
      ),
    );
  });
});
