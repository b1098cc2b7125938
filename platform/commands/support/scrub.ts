/** Dates are no secret, and are needed. */
const DATE = /\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?/;
/** Six digits and more, however they are grouped or set: telephones, cards, customers, passwords. */
const NUMBER = /\p{Nd}(?:[ .-]?\p{Nd}){5,}/u;
const KEY = /-----BEGIN [^-]+-----[\s\S]*?(?:-----END [^-]+-----|$)/;
const NAMED = /(?:\b(?:pass\w*|secret|token|pin|bearer)|密码|口令)["']?\s*[:= ]\s*["']?[^\s"',}]+/i;
/** Random secrets and hashes; a path or a sentence has other signs in it. */
const TOKEN = /[A-Za-z0-9_+/=-]{32,}/;

const PATTERN = new RegExp(
  [DATE, KEY, NAMED, TOKEN, NUMBER].map(({ source }) => `(${source})`).join('|'),
  'giu',
);

/**
 * ACC-04: a text that a person or a program wrote, without what may be anybody's number or secret. `known` are numbers that may
 * stay: outlets, journal numbers.
 */
export function scrub(text: string, known: ReadonlySet<string>): string {
  return text.replace(PATTERN, (found: string, ...groups: unknown[]) => {
    const [date, key, named, token] = groups as (string | undefined)[];
    if (date !== undefined || known.has(found)) return found;
    if (key !== undefined) return '«key»';
    if (named !== undefined || token !== undefined) return '«secret»';
    return `«${found.replace(/\P{Nd}/gu, '').length} digits»`;
  });
}

/** The same for every text in a value, at any depth. */
export function scrubAll<T>(value: T, known: ReadonlySet<string>): T {
  return JSON.parse(JSON.stringify(value), (_key, each: unknown) =>
    typeof each === 'string' ? scrub(each, known) : each,
  ) as T;
}
