/** Bar and space widths of the 107 symbols, in modules (ISO/IEC 15417). */
const SYMBOLS = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'
).split(' ');

const STOP = 106;
const START = { A: 103, B: 104, C: 105 };
type Set = 'A' | 'B' | 'C';

/**
 * A CODE128 barcode from the data of GS k 73: `{A`, `{B` or `{C` first and wherever the set changes, `{S` shift, `{1` to
 * `{4` functions, `{{` a brace; in set C one byte from 0 to 99 is one pair of digits.
 * Answers the widths of bars and spaces in turn, in modules, and the readable text; undefined where the data is not valid.
 */
export function code128(data: readonly number[]): { modules: number[]; text: string } | undefined {
  let set: Set | undefined;
  let shifted = false;
  let text = '';
  const values: number[] = [];
  for (let i = 0; i < data.length; i++) {
    const byte = data[i] ?? 0;
    if (byte === 0x7b && data[i + 1] !== 0x7b) {
      const mark = String.fromCharCode(data[++i] ?? 0);
      if (mark === 'A' || mark === 'B' || mark === 'C') {
        values.push(set === undefined ? START[mark] : { A: 101, B: 100, C: 99 }[mark]);
        set = mark;
        continue;
      }
      const value = set && special(mark, set);
      if (value === undefined) return undefined;
      shifted = mark === 'S';
      values.push(value);
      continue;
    }
    if (byte === 0x7b) i++;
    if (set === undefined) return undefined;
    const value = symbolOf(byte, shifted ? (set === 'A' ? 'B' : 'A') : set);
    if (value === undefined) return undefined;
    shifted = false;
    values.push(value);
    text += set === 'C' ? String(byte).padStart(2, '0') : byte < 0x20 ? ' ' : String.fromCharCode(byte);
  }
  if (values.length < 2) return undefined;
  const check = values.reduce((sum, value, at) => sum + value * Math.max(1, at), 0) % 103;
  return {
    modules: [...values, check, STOP].flatMap((value) => [...(SYMBOLS[value] ?? '')].map(Number)),
    text,
  };
}

function special(mark: string, set: Set): number | undefined {
  if (mark === '1') return 102;
  if (set === 'C') return undefined;
  return { '2': 97, '3': 96, '4': set === 'A' ? 101 : 100, S: 98 }[mark];
}

function symbolOf(byte: number, set: Set): number | undefined {
  if (set === 'C') return byte <= 99 ? byte : undefined;
  if (byte >= 0x20 && byte <= 0x5f) return byte - 0x20;
  if (set === 'A') return byte < 0x20 ? byte + 64 : undefined;
  return byte >= 0x60 && byte <= 0x7f ? byte - 0x20 : undefined;
}
