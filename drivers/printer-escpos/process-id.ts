import type { BackEvent } from './status.ts';

/**
 * Four printable characters for GS ( H, made of the job's key. A counter would start again with the process, and the late
 * answer to a job of the process before would pass for the proof of this one.
 */
export function processIdOf(key: string): string {
  // FNV-1a, then base 94 on the characters 21 to 7E.
  let hash = 0x811c9dc5;
  for (const character of key) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  let id = '';
  for (let i = 0; i < 4; i++) {
    id += String.fromCharCode(0x21 + (hash % 94));
    hash = Math.floor(hash / 94);
  }
  return id;
}

/** The id in an answer to GS ( H function 48; `undefined` for any other event. */
export function processIdIn(event: BackEvent): string | undefined {
  if (event.kind !== 'block' || event.header !== 0x37 || event.bytes[0] !== 0x22 || event.bytes.length !== 5)
    return undefined;
  return String.fromCharCode(...event.bytes.slice(1));
}
