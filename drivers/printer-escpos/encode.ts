import type { Line } from '../../contracts/devices/printer.ts';
import { CHINESE_OFF, CHINESE_ON, CUT, INIT } from './bytes.ts';
import { wrap } from './columns.ts';
import type { Model } from './models.ts';
import { gb18030, printable } from './printable.ts';

/** One row of paper: text that fits the columns, in the style of the line it comes from. */
export type Row = Required<Omit<Line, 'rule'>>;

/** The rows that lines take on this printer: unprintable characters replaced (PRN-006), wide text wrapped. */
export function rowsOf(
  lines: readonly Line[],
  { columns, charset }: Pick<Model, 'columns' | 'charset'>,
): Row[] {
  return lines.flatMap(({ text, align = 'left', size = 'normal', bold = false, rule }) => {
    if (rule) return { text: '-'.repeat(columns), align: 'left' as const, size: 'normal' as const, bold };
    return wrap(printable(text, charset), size === 'double' ? Math.floor(columns / 2) : columns).map(
      (row) => ({
        text: row,
        align,
        size,
        bold,
      }),
    );
  });
}

/** The bytes of a whole job, from a known state of the printer to a known state. Never throws. */
export function encodeRows(rows: readonly Row[], cut: boolean, model: Pick<Model, 'cutter'>): number[] {
  // ESC @ sets the Chinese mode back to the model's default, so FS & follows it.
  const out: number[] = [...INIT, ...CHINESE_ON];
  let style = styleOf({ text: '', align: 'left', size: 'normal', bold: false }).join();
  for (const row of rows) {
    const next = styleOf(row);
    if (next.join() !== style) out.push(...next);
    style = next.join();
    out.push(...gb18030(row.text), 0x0a);
    if (row.size !== 'normal') out.push(...GAP);
  }
  out.push(...CHINESE_OFF);
  if (cut) out.push(...endOfPiece(model));
  return out;
}

/** Ends a piece of paper: by the cutter, or by feeding it to the tear-off edge. */
export function endOfPiece(model: Pick<Model, 'cutter'>): readonly number[] {
  return model.cutter ? CUT : [0x1b, 0x64, 0x05];
}

/** ESC a (only valid at the start of a row), GS ! (for Chinese characters, too), ESC E. */
function styleOf({ align, size, bold }: Row): number[] {
  return [0x1b, 0x61, ALIGN[align], 0x1d, 0x21, SIZE[size], 0x1b, 0x45, bold ? 1 : 0];
}

/** ESC J: a printer feeds a large row by its height and no more, so the next row would touch it. 8 dots. */
const GAP = [0x1b, 0x4a, 0x08];

const ALIGN = { left: 0, center: 1, right: 2 } as const;
/** High nibble: width less one; low nibble: height less one. */
const SIZE = { normal: 0x00, tall: 0x01, double: 0x11 } as const;
