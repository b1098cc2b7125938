/** What takes two columns in a terminal: hanzi, kana, full-width signs, pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** How many columns a text takes in a terminal. */
export const columnsOf = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);

/** To so many columns. */
export const padColumns = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - columnsOf(text)));

/** A box as wide as its widest line, and at least `columns` inside. */
export function box(title: string, lines: readonly string[], columns = 0): string[] {
  const width = Math.max(columns, columnsOf(title) + 3, ...lines.map(columnsOf));
  return [
    `┌─ ${title} ${'─'.repeat(width - columnsOf(title) - 1)}┐`,
    ...lines.map((line) => `│ ${padColumns(line, width)} │`),
    `└${'─'.repeat(width + 2)}┘`,
  ];
}

/** One picture beside the other. */
export function beside(left: readonly string[], right: readonly string[], gap = '   '): string[] {
  const width = Math.max(0, ...left.map(columnsOf));
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) =>
    `${padColumns(left[i] ?? '', width)}${gap}${right[i] ?? ''}`.trimEnd(),
  );
}
