/** The n-th order id of a test: a well-formed ULID that sorts by n. */
export function orderId(n: number): string {
  return `01J${String(n).padStart(23, '0')}`;
}
