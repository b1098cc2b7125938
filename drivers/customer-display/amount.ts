/** The amount in yuan as a display has it: two decimals, no grouping. `5` fen is `0.05`. */
export function amountText(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** How many of the display's places it takes: a point shares the place of the digit before it. */
export function placesOf(text: string): number {
  return text.replace('.', '').length;
}
