import iconv from 'iconv-lite';

/** 〓, the mark for a character that the sign has no glyph for (SGN-002). */
const MISSING = '\u3013';

/** The text with every character replaced that is not in GB2312; control characters are among them. */
export function showable(text: string): string {
  return Array.from(text, (character) => (hasGlyph(character) ? character : MISSING)).join('');
}

/** GB2312 bytes of a text that {@link showable} has passed. */
export function gb2312(text: string): Uint8Array {
  return iconv.encode(text, 'gb18030');
}

function hasGlyph(character: string): boolean {
  if (character < '\u0080') return character >= ' ' && character <= '~';
  if (character >= '\ue000' && character <= '\uf8ff') return false;
  const bytes = gb2312(character);
  const [lead = 0, trail = 0] = bytes;
  return bytes.length === 2 && lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1;
}
