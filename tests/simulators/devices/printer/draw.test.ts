import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { type Bitmap, createBitmap, dotAt, setDot } from '../../../../simulators/devices/printer/bitmap.ts';
import { drawPng } from '../../../../simulators/devices/printer/draw-png.ts';
import { drawSvg } from '../../../../simulators/devices/printer/draw-svg.ts';
import { createPrinter } from '../../../../simulators/devices/printer/interpreter.ts';
import { CHINESE_ON, job, LF, RECEIPT_TITLE } from './bytes.ts';

function printed(): Bitmap {
  const printer = createPrinter();
  printer.input(job(CHINESE_ON, RECEIPT_TITLE, ' 123.45', LF));
  return printer.current.bitmap;
}

function eachDot(bitmap: Bitmap, is: (x: number, y: number) => boolean): boolean {
  for (let y = 0; y < bitmap.height; y++)
    for (let x = 0; x < bitmap.width; x++) if (is(x, y) !== dotAt(bitmap, x, y)) return false;
  return true;
}

describe('the paper’s picture', () => {
  test('as PNG is the bitmap with a white margin', () => {
    const bitmap = printed();
    const png = PNG.sync.read(Buffer.from(drawPng(bitmap, { margin: 10 })));
    expect([png.width, png.height]).toEqual([576 + 20, 30 + 20]);
    const dark = (x: number, y: number) => (png.data[4 * (y * png.width + x)] ?? 255) < 128;
    expect(eachDot(bitmap, (x, y) => dark(x + 10, y + 10))).toBe(true);
    expect(Array.from({ length: png.width }, (_, x) => dark(x, 5)).some(Boolean)).toBe(false);
  });

  test('with a torn edge is longer, and its dots are the same', () => {
    const bitmap = printed();
    const torn = PNG.sync.read(Buffer.from(drawPng(bitmap, { margin: 0, tornEdge: true })));
    expect(torn.height).toBeGreaterThan(bitmap.height);
    expect(eachDot(bitmap, (x, y) => (torn.data[4 * (y * torn.width + x)] ?? 255) < 128)).toBe(true);
  });

  test('as SVG has the same dots, as runs', () => {
    const bitmap = printed();
    const drawn = createBitmap(bitmap.width, bitmap.height);
    for (const [, x, y, run] of drawSvg(bitmap).matchAll(/M(\d+) (\d+)h(\d+)v1/g))
      for (let i = 0; i < Number(run); i++) setDot(drawn, Number(x) + i, Number(y));
    expect(Buffer.from(drawn.data).equals(Buffer.from(bitmap.data))).toBe(true);
  });

  test('as SVG carries its title as text, never as markup', () => {
    expect(drawSvg(createBitmap(8, 1), { title: '<script>&' })).toContain(
      '<title>&#60;script&#62;&#38;</title>',
    );
  });
});
