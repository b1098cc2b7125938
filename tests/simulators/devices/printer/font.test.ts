import { describe, expect, test } from 'vitest';
import { glyphOf, MISSING } from '../../../../simulators/devices/printer/font.ts';

const decoder = new TextDecoder('gb18030');

/** All characters of GBK's double-byte area, without those left to the user (private use). */
function gbk(): string[] {
  const chars: string[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const char = decoder.decode(Uint8Array.of(lead, trail));
      if (trail !== 0x7f && !/[\ufffd\ue000-\uf8ff]/.test(char)) chars.push(char);
    }
  return chars;
}

describe('the character ROM', () => {
  test('has a glyph with ink for every hanzi of GBK', () => {
    const hanzi = gbk().filter((char) => /\p{Script=Han}/u.test(char));
    expect(hanzi.length).toBeGreaterThanOrEqual(21_003);
    const blank = (char: string) => !glyphOf(char, 'hanzi')?.rows.some((row) => row !== 0);
    expect(hanzi.filter(blank)).toEqual([]);
  });

  test('has all other characters of GBK but one', () => {
    expect(gbk().filter((char) => glyphOf(char, 'hanzi') === undefined)).toEqual(['≒']);
  });

  test('has every ASCII character in both single-byte faces, and only the space is blank', () => {
    const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
    for (const face of ['a', 'b'] as const)
      expect(ascii.filter((char) => !glyphOf(char, face)?.rows.some((row) => row !== 0))).toEqual([' ']);
  });

  test('has what receipts need: ￥ ¥ 〓 and frames, and no two digits alike', () => {
    for (const char of `￥¥${MISSING}─│┌┐└┘├┤┬┴┼━┃═，。：（）×`)
      expect(glyphOf(char, 'hanzi'), char).toBeDefined();
    const digits = [...'0123456789'].map((char) => glyphOf(char, 'a')?.rows.join());
    expect(new Set(digits).size).toBe(10);
  });
});
