/**
 * A running digest of everything that happens: equal for equal runs, on every release of Node. 53 bits, not against anybody's
 * malice: a hash that is taken millions of times must cost nanoseconds.
 */
export interface Digest {
  add(at: number, text: string): void;
  value(): string;
}

export function createDigest(): Digest {
  let a = 0xdeadbeef | 0;
  let b = 0x41c6ce57 | 0;
  const mix = (code: number) => {
    a = Math.imul(a ^ code, 0x9e3779b1);
    b = Math.imul(b ^ code, 0x5f356495);
  };
  return {
    add(at, text) {
      mix(at | 0);
      mix((at / 0x1_0000_0000) | 0);
      for (let i = 0; i < text.length; i++) mix(text.charCodeAt(i));
    },
    value: () => finish(a, b),
  };
}

/** The same digest of one text: the chain's hash in a world where nobody forges. */
export function digestOf(text: string): string {
  let a = 0xdeadbeef | 0;
  let b = 0x41c6ce57 | 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x9e3779b1);
    b = Math.imul(b ^ code, 0x5f356495);
  }
  return finish(a, b);
}

function finish(a: number, b: number): string {
  const x = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  const y = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (x >>> 0).toString(16).padStart(8, '0') + (y >>> 0).toString(16).padStart(8, '0');
}
