import { fill, setDot } from './bitmap.ts';
import { code128 } from './code128.ts';
import { RASTER_LIMIT } from './framer.ts';
import { type Cell, cellOf, drawLine, lineHeight, lineWidth } from './line.ts';
import type { Machine } from './machine.ts';
import { areaWidth, startOf } from './modes.ts';

/** GS v 0: m (b0 double width, b1 double height), bytes across, rows, data; the part beyond the area is cut off. */
export function printRaster(
  m: Machine,
  [mode = 0, xL = 0, xH = 0, yL = 0, yH = 0, ...data]: readonly number[],
): void {
  const across = xL + 256 * xH;
  const rows = yL + 256 * yH;
  if (across === 0 || rows === 0 || data.length < across * rows) {
    const { bytesAcross, rows: most } = RASTER_LIMIT;
    m.problem(`GS v 0 ${across} bytes × ${rows} rows: allowed are 1…${bytesAcross} × 1…${most}; no image`);
    return;
  }
  const wide = mode & 1 ? 2 : 1;
  const tall = mode & 2 ? 2 : 1;
  const width = Math.min(across * 8 * wide, areaWidth(m.modes, m.model));
  const x = startOf(width, m.modes, m.model);
  m.picture(rows * tall, `[image ${across * 8}×${rows}]`, (bitmap, y) => {
    for (let row = 0; row < rows * tall; row++)
      for (let dot = 0; dot < width; dot++) {
        const from = Math.floor(dot / wide);
        const byte = data[Math.floor(row / tall) * across + (from >> 3)] ?? 0;
        if (byte & (0x80 >> (from & 7))) setDot(bitmap, x + dot, y + row);
      }
  });
}

/** GS k: CODE128 (73) only, with its readable text above (HRI 1), below (2) or both (3). */
export function printBarcode(m: Machine, [kind = 0, , ...data]: readonly number[]): void {
  if (kind !== 73) {
    m.problem(`GS k ${kind}: only 73 (CODE128) is drawn here`);
    return;
  }
  const code = code128(data);
  const { height, module, hri } = m.modes.barcode;
  const width = (code?.modules.reduce((sum, n) => sum + n, 0) ?? 0) * module;
  if (code === undefined || width > areaWidth(m.modes, m.model)) {
    m.problem(
      code ? `GS k: a barcode of ${width} dots is wider than the area` : 'GS k: not valid CODE128 data',
    );
    return;
  }
  const x = startOf(width, m.modes, m.model);
  const label = hriCells(m, code.text);
  const above = hri & 1 ? lineHeight(label) : 0;
  const below = hri & 2 ? lineHeight(label) : 0;
  const middle = x + Math.floor((width - lineWidth(label)) / 2);
  m.picture(above + height + below, `[code128 ${code.text}]`, (bitmap, y) => {
    let left = x;
    for (const [at, modules] of code.modules.entries()) {
      if (at % 2 === 0) fill(bitmap, left, y + above, modules * module, height);
      left += modules * module;
    }
    if (above) drawLine(bitmap, label, middle, y);
    if (below) drawLine(bitmap, label, middle, y + above + height);
  });
}

/** The readable text stands in plain font A, whatever the text around it looks like. */
function hriCells(m: Machine, text: string): Cell[] {
  const plain = { ...m.modes, font: 'a', bold: false, reverse: false, underline: 0, spacing: 0 } as const;
  return [...text].map((char) => cellOf({ char, hanzi: false }, { ...plain, size: { wide: 1, tall: 1 } }));
}
