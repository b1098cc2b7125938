import type { Model } from './models.ts';

/** Everything that ESC @ puts back: how the next characters look and where they stand. Lengths in dots. */
export type Modes = {
  chinese: boolean;
  font: 'a' | 'b';
  bold: boolean;
  reverse: boolean;
  size: { wide: number; tall: number };
  hanziSize: { wide: number; tall: number };
  underline: number;
  hanziUnderline: number;
  spacing: number;
  hanziSpacing: readonly [before: number, after: number];
  align: 'left' | 'centre' | 'right';
  lineSpacing: number;
  leftMargin: number;
  areaWidth: number;
  barcode: { height: number; module: number; hri: number };
};

/** The state after power-up and after ESC @. 30 dots are the 3.75 mm of ESC 2. */
export function defaultModes(model: Model): Modes {
  return {
    chinese: model.chineseAtStart,
    font: 'a',
    bold: false,
    reverse: false,
    size: { wide: 1, tall: 1 },
    hanziSize: { wide: 1, tall: 1 },
    underline: 0,
    hanziUnderline: 0,
    spacing: 0,
    hanziSpacing: [0, 0],
    align: 'left',
    lineSpacing: 30,
    leftMargin: 0,
    areaWidth: model.dots,
    barcode: { height: 162, module: 3, hri: 0 },
  };
}

/** The printable width: a margin or an area beyond the paper's edge is cut there. */
export function areaWidth(modes: Modes, model: Model): number {
  return Math.max(1, Math.min(modes.areaWidth, model.dots - modes.leftMargin));
}

/** Where something of that width begins, under the margin and the alignment. */
export function startOf(width: number, modes: Modes, model: Model): number {
  const free = Math.max(0, areaWidth(modes, model) - width);
  return modes.leftMargin + { left: 0, centre: Math.floor(free / 2), right: free }[modes.align];
}
