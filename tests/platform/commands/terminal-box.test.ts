import { describe, expect, it } from 'vitest';
import { beside, box, columnsOf } from '../../../platform/commands/terminal-box.ts';

describe('boxes in a terminal', () => {
  it('a hanzi, a full-width sign and a picture take two columns, everything else one', () => {
    expect(['abc', '电卡', '￥12.00', '第 7 次', '「卡」', '·—’', '✔', '📄'].map(columnsOf)).toEqual([
      3, 4, 7, 7, 6, 3, 1, 2,
    ]);
  });

  it('every line of a box is equally wide, whatever stands in it, and its title fits', () => {
    for (const [title, lines] of [
      ['电卡 card 0001 张三', ['购电 purchase   第 8 次 ￥200.00', 'x']],
      ['a title that is much longer than its only line', ['短']],
      ['', []],
    ] as const) {
      const drawn = box(title, lines);
      expect(new Set(drawn.map(columnsOf)).size, drawn.join('\n')).toBe(1);
      expect(drawn[0]).toContain(title);
    }
    expect(columnsOf(box('x', ['y'], 30)[0] ?? '')).toBe(34);
  });

  it('the right picture begins in one column beside a shorter left one', () => {
    const drawn = beside(['电'], ['a', 'b'], ' | ');
    expect(drawn).toEqual(['电 | a', '   | b']);
  });
});
