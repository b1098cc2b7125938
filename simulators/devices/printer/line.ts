import { type Bitmap, drawGlyph, fill } from './bitmap.ts';
import type { Character } from './characters.ts';
import { type Face, glyphOf, MISSING } from './font.ts';
import type { Modes } from './modes.ts';

/** One character in the print buffer with the looks it had when it arrived. Spacing is in dots. */
export type Cell = {
  char: string;
  face: Face;
  wide: number;
  tall: number;
  bold: boolean;
  reverse: boolean;
  underline: number;
  before: number;
  after: number;
};

const SIZES: Record<Face, readonly [width: number, height: number]> = {
  a: [12, 24],
  b: [9, 17],
  hanzi: [24, 24],
};

/** A character under the modes of this moment. */
export function cellOf({ char, hanzi }: Character, modes: Modes): Cell {
  const { wide, tall } = hanzi ? modes.hanziSize : modes.size;
  const [before, after] = hanzi ? modes.hanziSpacing : [0, modes.spacing];
  return {
    char,
    face: hanzi ? 'hanzi' : modes.font,
    wide,
    tall,
    bold: modes.bold,
    reverse: modes.reverse,
    underline: hanzi ? modes.hanziUnderline : modes.underline,
    before: before * wide,
    after: after * wide,
  };
}

export const cellWidth = (cell: Cell): number => cell.before + SIZES[cell.face][0] * cell.wide + cell.after;
export const cellHeight = (cell: Cell): number => SIZES[cell.face][1] * cell.tall;
export const lineWidth = (cells: readonly Cell[]): number =>
  cells.reduce((sum, cell) => sum + cellWidth(cell), 0);
export const lineHeight = (cells: readonly Cell[]): number => Math.max(0, ...cells.map(cellHeight));

/** What a person reads on the line; spaces at its end cannot be seen. */
export const lineText = (cells: readonly Cell[]): string =>
  cells
    .map((cell) => cell.char)
    .join('')
    .trimEnd();

/** Draws cells from left to right, their feet on one line, the tallest one's head at y. */
export function drawLine(bitmap: Bitmap, cells: readonly Cell[], x: number, y: number): void {
  const height = lineHeight(cells);
  let left = x;
  for (const cell of cells) {
    const top = y + height - cellHeight(cell);
    const glyph = glyphOf(cell.char, cell.face) ?? glyphOf(MISSING, 'hanzi');
    if (glyph) drawGlyph(bitmap, glyph, left + cell.before, top, cell);
    if (cell.underline > 0 && !cell.reverse)
      fill(bitmap, left, y + height - cell.underline, cellWidth(cell), cell.underline);
    left += cellWidth(cell);
  }
}
