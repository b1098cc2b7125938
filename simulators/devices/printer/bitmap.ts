import type { Glyph } from './font.ts';

/** A 1-bit picture: rows of width / 8 bytes, most significant bit leftmost, 1 = black. The width is a multiple of 8. */
export type Bitmap = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/** How a glyph is put on the paper. `wide` and `tall` multiply its dots, 1 to 8. */
export type Ink = { wide: number; tall: number; bold: boolean; reverse: boolean };

/** A white picture of that many dots. */
export function createBitmap(width: number, height: number): Bitmap {
  return { width, height, data: new Uint8Array((width / 8) * height) };
}

/** Blackens one dot; dots outside the picture are lost, as beside the paper. */
export function setDot(bitmap: Bitmap, x: number, y: number): void {
  if (x < 0 || y < 0 || x >= bitmap.width || y >= bitmap.height) return;
  const at = y * (bitmap.width / 8) + (x >> 3);
  bitmap.data[at] = (bitmap.data[at] ?? 0) | (0x80 >> (x & 7));
}

/** Whether a dot is black; outside the picture it is white. */
export function dotAt(bitmap: Bitmap, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= bitmap.width || y >= bitmap.height) return false;
  return ((bitmap.data[y * (bitmap.width / 8) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
}

/** Blackens a rectangle. */
export function fill(bitmap: Bitmap, x: number, y: number, width: number, height: number): void {
  for (let row = y; row < y + height; row++)
    for (let dot = x; dot < x + width; dot++) setDot(bitmap, dot, row);
}

/** Draws a glyph with its top left corner at (x, y). */
export function drawGlyph(bitmap: Bitmap, glyph: Glyph, x: number, y: number, ink: Ink): void {
  const stride = Math.ceil(glyph.width / 8);
  const black = (dot: number, row: number): boolean =>
    dot >= 0 && ((glyph.rows[row * stride + (dot >> 3)] ?? 0) & (0x80 >> (dot & 7))) !== 0;
  for (let row = 0; row < glyph.height * ink.tall; row++) {
    const from = Math.floor(row / ink.tall);
    for (let dot = 0; dot < glyph.width * ink.wide; dot++) {
      // Emphasis is a double strike: the same dots once more, one dot of the paper to the right.
      const on =
        black(Math.floor(dot / ink.wide), from) ||
        (ink.bold && black(Math.floor((dot - 1) / ink.wide), from));
      if (on !== ink.reverse) setDot(bitmap, x + dot, y + row);
    }
  }
}
