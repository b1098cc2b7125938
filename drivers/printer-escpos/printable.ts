import iconv from 'iconv-lite';
import type { Model } from './models.ts';

/** 〓, the mark for a character that the printer has no glyph for (PRN-006). */
export const MISSING = '\u3013';

/** Characters of daily use that are outside the printers' GBK, and their neighbours inside it. */
const NEIGHBOURS: Readonly<Record<string, string>> = { '\u00a5': '￥', '\u00a0': ' ', '\t': ' ' };

/**
 * The text with every character replaced by {@link MISSING} that the printer cannot print. Control characters are among
 * them: an ESC or DLE in a name must never reach the printer as a command.
 */
export function printable(text: string, charset: Model['charset']): string {
  let safe = '';
  for (const character of text) {
    const near = NEIGHBOURS[character] ?? character;
    safe += hasGlyph(near, charset) ? near : MISSING;
  }
  return safe;
}

/** GB18030 bytes of text that {@link printable} has passed: one byte for ASCII, two for the rest. */
export function gb18030(text: string): Uint8Array {
  return iconv.encode(text, 'gb18030');
}

function hasGlyph(character: string, charset: Model['charset']): boolean {
  if (character < '\u0080') return character >= ' ' && character <= '~';
  // The private use area has two-byte codes, too, but no printer has anything drawn there.
  if (character >= '\ue000' && character <= '\uf8ff') return false;
  const [lead = 0, trail = 0, ...more] = gb18030(character);
  if (trail === 0 || more.length > 0) return false;
  // A board that knows only GB2312 would take the rest apart into single bytes.
  return charset === 'gbk' || (lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1);
}
