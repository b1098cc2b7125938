/**
 * Randomness by name: the same seed and name always give the same number, whatever else was drawn before or between. So a
 * decision can be taken away without moving any other, which is what lets a failing run shrink.
 */
export function lot(seed: number, name: string): number {
  return hash32(name, seed) / 0x1_0000_0000;
}

/** A whole number from `least` to `most`, both included. */
export function lotBetween(seed: number, name: string, least: number, most: number): number {
  return least + Math.floor(lot(seed, name) * (most - least + 1));
}

/** One of a list that is not empty. */
export function lotOf<T>(seed: number, name: string, list: readonly T[]): T {
  return list[Math.floor(lot(seed, name) * list.length)] as T;
}

/** 32 bits of a text and a seed: every bit of both moves every bit of it. */
export function hash32(text: string, seed: number): number {
  let hash = (0x9e3779b9 ^ seed) | 0;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
