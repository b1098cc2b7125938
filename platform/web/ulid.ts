const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: 48 bits of time in ms and 80 of chance, 26 characters. `crypto.getRandomValues` works without a secure context. */
export function ulid(now = Date.now()): string {
  let id = '';
  for (let rest = now, i = 0; i < 10; i++) {
    id = DIGITS.charAt(rest % 32) + id;
    rest = Math.floor(rest / 32);
  }
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) id += DIGITS.charAt(byte % 32);
  return id;
}
