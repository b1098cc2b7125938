import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { clausesOf } from '../../contracts/clauses.ts';
import { PROFILES } from '../../contracts/profiles.ts';

const common = clausesOf();
const all = [...common, ...PROFILES.flatMap((profile) => profile.clauses)];

/** The titles of all tests, but for this file's. */
function titles(): string {
  const files = readdirSync('tests', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.test.ts') && !file.endsWith('clauses.test.ts'),
  );
  const title = /(?:\b(?:describe|it|test)(?:\.\w+)?\(|\)\(|\)`?\()\s*(['"`])((?:(?!\1).)*)\1/gs;
  return files
    .flatMap((file) => [...readFileSync(`tests/${file}`, 'utf8').matchAll(title)].map(([, , text]) => text))
    .join('\n');
}

it('every clause has an id of its own, in one form, a level and a text', () => {
  expect(all.length).toBeGreaterThan(40);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
  for (const { id, level, text } of all) {
    expect(id).toMatch(/^[A-Z]{3}-\d{3}$/);
    expect(['MUST', 'SHOULD'], id).toContain(level);
    // A sentence: it begins like one or with a name of the wire, and ends like one.
    expect(text, id).toMatch(/^[«\p{L}].{20,}\.$/su);
  }
});

it('the ids of a family run from 001 without a gap', () => {
  const families = new Set(all.map(({ id }) => id.slice(0, 3)));
  for (const family of families) {
    const numbers = all
      .flatMap(({ id }) => (id.startsWith(family) ? [Number(id.slice(4))] : []))
      .sort((a, b) => a - b);
    expect(numbers, family).toEqual(numbers.map((_, i) => i + 1));
  }
});

it('a profile is bound by the common clauses and its own, and by no other’s', () => {
  for (const profile of PROFILES) expect(clausesOf(profile.name)).toEqual([...common, ...profile.clauses]);
  expect(clausesOf('nobody')).toEqual(common);
});

it('every clause is named by the title of a test that proves it', () => {
  const named = titles();
  const missing = all.map(({ id }) => id).filter((id) => !named.includes(id));
  expect(missing).toEqual([]);
});

it('no title names a clause that there is not', () => {
  const families = new Set(all.map(({ id }) => id.slice(0, 3)));
  const known = new Set(all.map(({ id }) => id));
  const strangers = [...titles().matchAll(/\b([A-Z]{3})-\d{3}\b/g)]
    .filter(([id, family = '']) => families.has(family) && !known.has(id))
    .map(([id]) => id);
  expect(strangers).toEqual([]);
});
