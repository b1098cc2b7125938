import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** One character's dots: `height` rows of ceil(width / 8) bytes, most significant bit leftmost, 1 = black. */
export type Glyph = { width: number; height: number; rows: Uint8Array };

/** `a` is 12×24, `b` 9×17 (both single byte), `hanzi` 24×24. */
export type Face = 'a' | 'b' | 'hanzi';

/** What a printer puts where its character ROM has nothing (U+3013). */
export const MISSING = '〓';

type Table = { width: number; height: number; offsets: Map<number, number>; bytes: Uint8Array };

let faces: Record<Face, Table> | undefined;

/** The glyph of one character, or undefined where the face has none. The font is read from disk at the first call. */
export function glyphOf(char: string, face: Face): Glyph | undefined {
  faces ??= load();
  const table = faces[face];
  const offset = table.offsets.get(char.codePointAt(0) ?? 0);
  if (offset === undefined) return undefined;
  const { width, height } = table;
  return { width, height, rows: table.bytes.subarray(offset, offset + height * Math.ceil(width / 8)) };
}

/** The file's format is described in font/README.md. */
function load(): Record<Face, Table> {
  const bytes = gunzipSync(readFileSync(new URL('./font/receipt-24.bin.gz', import.meta.url)));
  if (bytes.toString('latin1', 0, 4) !== 'YZRF' || bytes[4] !== 1)
    throw new Error(
      'font/receipt-24.bin.gz is not a version 1 receipt font; make it again with font/make-font.py',
    );
  let at = 6;
  const next = (): Table => {
    const width = bytes.readUInt8(at);
    const height = bytes.readUInt8(at + 1);
    const count = bytes.readUInt32LE(at + 2);
    const size = height * Math.ceil(width / 8);
    const codes = at + 6;
    const glyphs = codes + 4 * count;
    const offsets = new Map<number, number>();
    for (let i = 0; i < count; i++) offsets.set(bytes.readUInt32LE(codes + 4 * i), glyphs + i * size);
    at = glyphs + count * size;
    return { width, height, offsets, bytes };
  };
  return { a: next(), b: next(), hanzi: next() };
}
