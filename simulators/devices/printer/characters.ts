import { glyphOf, MISSING } from './font.ts';
import type { Model } from './models.ts';

/** One character to be printed; a hanzi is twice as wide as a single-byte character. */
export type Character = { char: string; hanzi: boolean };

const GB = new TextDecoder('gb18030');

/** Code page 437 from 80 on: what high bytes print outside Chinese mode. */
const CODE_PAGE =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const GARBAGE: Character = { char: MISSING, hanzi: true };

/**
 * Turns text bytes into characters as a Chinese printer does: in Chinese mode a byte from 81 on (A1 on for GB2312)
 * takes the next one with it, and on GB18030 models a digit in second place takes three.
 * `problem` hears of broken pairs and of codes without a character; they print 〓.
 */
export function createDecoder(model: Model, problem: (text: string) => void) {
  const firstLead = model.charset === 'gb2312' ? 0xa1 : 0x81;
  let code: number[] = [];

  const broken = (): Character => {
    problem(`broken character code ${code.map((b) => b.toString(16)).join(' ')}`);
    code = [];
    return GARBAGE;
  };
  const decoded = (): Character => {
    const char = GB.decode(Uint8Array.from(code));
    const known = inCharset(code, model) && glyphOf(char, 'hanzi') !== undefined;
    if (!known) problem(`no character for code ${code.map((b) => b.toString(16)).join(' ')}`);
    code = [];
    return known ? { char, hanzi: true } : GARBAGE;
  };

  return {
    /** Takes one byte from 20 on; answers none, one or (after a broken code) several characters. */
    push(byte: number, chinese: boolean): Character[] {
      if (code.length === 0) {
        if (!chinese || byte < firstLead || byte === 0xff) return [single(byte)];
        code = [byte];
        return [];
      }
      const digit = byte >= 0x30 && byte <= 0x39;
      if (code.length === 1 && byte >= 0x40 && byte !== 0x7f && byte !== 0xff) {
        code.push(byte);
        return [decoded()];
      }
      const fits = code.length === 2 ? byte >= 0x81 && byte !== 0xff : digit && model.charset === 'gb18030';
      if (!fits) return [broken(), ...this.push(byte, chinese)];
      code.push(byte);
      return code.length < 4 ? [] : [decoded()];
    },
    /** A command interrupts a code begun: its rest will not come. */
    flush(): Character[] {
      return code.length === 0 ? [] : [broken()];
    },
    reset(): void {
      code = [];
    },
  };
}

function single(byte: number): Character {
  return { char: byte < 0x80 ? String.fromCharCode(byte) : (CODE_PAGE[byte - 0x80] ?? ' '), hanzi: false };
}

function inCharset(code: readonly number[], model: Model): boolean {
  if (model.charset === 'gb18030') return true;
  const [lead = 0, trail = 0] = code;
  return trail >= 0xa1 && (lead <= 0xa9 || (lead >= 0xb0 && lead <= 0xf7));
}
