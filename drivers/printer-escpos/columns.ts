/** Columns that printable text takes: half-width characters are ASCII, everything else is drawn two columns wide. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += character < '\u0080' ? 1 : 2;
  return width;
}

/** Cuts text into rows of at most `columns` (2 or more); nothing is dropped, and an empty text is one empty row. */
export function wrap(text: string, columns: number): string[] {
  const rows: string[] = [];
  let row = '';
  let width = 0;
  for (const character of text) {
    const more = widthOf(character);
    if (width + more > columns) {
      rows.push(row);
      row = '';
      width = 0;
    }
    row += character;
    width += more;
  }
  rows.push(row);
  return rows;
}
