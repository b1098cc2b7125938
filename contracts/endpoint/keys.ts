import type { CancelStanding } from '../cancel.ts';
import type { Completion } from '../operation.ts';
import { DAY } from '../time.ts';
import type { KeyRecord } from './behaviour.ts';
import type { Asker } from './voice.ts';

/** How long a key is remembered; OPR-009 asks for 7 days. In ms. */
export const KEYS_KEPT = 30 * DAY;

/** An idempotency key from its first request until its end is on stable storage. Of an ended one the record is all there is. */
export interface OpenKey {
  record: KeyRecord;
  /** Who asked first. */
  first: Asker;
  /** Whether the first record is on stable storage: nothing may be said of the key before (OPR-001). */
  durable: boolean;
  /** The end that the behaviour told. */
  end: Completion | undefined;
  /** What «processing» told, for whoever asks again. */
  processing: { counterpartNo?: string } | undefined;
  /** Requests that still wait for the completion. */
  askers: Asker[];
  /** Somebody wants it not to begin (OPR-011). */
  canceled: boolean;
  /** To be told when it has ended. */
  cancelers: ((standing: CancelStanding) => void)[];
}

/** Two requests have the same content where these texts are equal (OPR-004). Members in any order are the same content. */
export function canonical(value: unknown): string {
  const parts: string[] = [];
  spell(value, parts);
  // Joined once: what is kept of a key is then one flat text, not a tree of pieces.
  return parts.join('');
}

function spell(value: unknown, parts: string[]): void {
  if (typeof value !== 'object' || value === null) {
    parts.push(JSON.stringify(value) ?? 'null');
    return;
  }
  const isList = Array.isArray(value);
  parts.push(isList ? '[' : '{');
  let comma = '';
  for (const name of isList ? value.keys() : Object.keys(value).sort()) {
    parts.push(comma);
    comma = ',';
    if (!isList) parts.push(JSON.stringify(name), ':');
    spell((value as { [name: string | number]: unknown })[name], parts);
  }
  parts.push(isList ? ']' : '}');
}

/** Contents up to this many characters are kept as they are. */
const SHORT = 160;

/**
 * What a journal keeps of a request's data to know it again: short data whole, longer data (a receipt) by its length and 64
 * bits of it. A conflict is a mistake of a sender, never an attack, so this need not withstand one.
 */
export function contentOf(data: unknown): string {
  const text = canonical(data);
  if (text.length <= SHORT) return text;
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 15);
  }
  const hex = (n: number) => (n >>> 0).toString(16).padStart(8, '0');
  // Joined, so that it is kept as one flat text, too.
  return [text.length, ':', hex(a), hex(b)].join('');
}

/** Whether the journal's content is this data's; older journals hold long contents whole. */
export const isSameContent = (kept: string, data: unknown) =>
  kept === contentOf(data) || kept === canonical(data);

/** Forgets ended keys past {@link KEYS_KEPT}. They stand in the order of acceptance, so it stops at the first young one. */
export function forgetOld(keys: Map<string, KeyRecord>, now: number): void {
  for (const [key, { at, completion }] of keys) {
    if (now - at <= KEYS_KEPT) return;
    if (completion) keys.delete(key);
  }
}
