import type { TObject } from 'typebox';
import { checkOf } from '../../contracts/operation.ts';

/** Where something is wrong with the JSON of a scenario: told to a person, each with what to write instead. */
export type Tell = (problem: string) => void;

type Members = { [name: string]: unknown };

/** Whether the value is an object with these members and no other; tells what is wrong, all of it. */
export function fitsShape(
  tell: Tell,
  path: string,
  value: unknown,
  members: TObject,
  kind?: string,
): boolean {
  if (!isObject(value)) {
    tell(
      `${path || 'the scenario'} ${shown(path, value)} must be an object with ${Object.keys(members.properties).join(', ')}`,
    );
    return false;
  }
  const names = Object.keys(members.properties);
  let fits = true;
  const wrong = (problem: string) => {
    fits = false;
    tell(problem);
  };
  for (const name of Object.keys(value))
    if (!names.includes(name) && name !== kind)
      wrong(
        `${memberAt(path, name)} is no member here; allowed are ${names.join(', ')}${suggestion(name, names)}`,
      );
  for (const [name, schema] of Object.entries(members.properties)) {
    const described = (schema as { description?: string }).description ?? 'as docs/simulate.md says';
    const at = memberAt(path, name);
    if (value[name] === undefined) {
      if (members.required?.includes(name)) wrong(`${at} is missing; write ${described}`);
    } else if (checkOf(schema)(value[name]) !== undefined)
      wrong(
        `${at} ${shown(at, value[name])} must be ${described}${suggestion(value[name], wordsOf(described))}`,
      );
  }
  return fits;
}

const memberAt = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

/** The members of the kind that the value names; tells where there is no such kind. */
export function kindOf<K extends string>(
  tell: Tell,
  path: string,
  value: unknown,
  member: string,
  kinds: readonly K[],
): K | undefined {
  const kind = isObject(value) ? value[member] : undefined;
  if (kinds.includes(kind as K)) return kind as K;
  if (!isObject(value)) tell(`${path} ${shown(path, value)} must be an object with «${member}»`);
  else if (kind === undefined) tell(`${path}.${member} is missing; write one of ${kinds.join(', ')}`);
  else
    tell(
      `${path}.${member} ${shown(member, kind)} must be one of ${kinds.join(', ')}${suggestion(kind, kinds)}`,
    );
  return undefined;
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value between « », cut where it is long; of a phone number only what tells it from another. */
export function shown(path: string, value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  if (path.endsWith('account')) return `«${text.slice(0, 3)}…${text.slice(-2)}»`;
  return `«${text.length > 60 ? `${text.slice(0, 57)}…` : text}»`;
}

const wordsOf = (described: string) => described.replace(/^one of /, '').split(', ');

/** The allowed word that was probably meant, where one is close. */
function suggestion(value: unknown, allowed: readonly string[]): string {
  if (typeof value !== 'string') return '';
  const [best] = allowed
    .map((word) => ({ word, steps: distance(value.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, steps }) => steps <= Math.max(2, word.length / 4))
    .sort((a, b) => a.steps - b.steps);
  return best && best.word !== value ? `; did you mean «${best.word}»?` : '';
}

/** How many letters must be put in, taken out or changed. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let k = 1; k <= to.length; k++)
      next.push(
        Math.min(
          (row[k] ?? 0) + 1,
          (next[k - 1] ?? 0) + 1,
          (row[k - 1] ?? 0) + (from[i - 1] === to[k - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[to.length] ?? 0;
}
