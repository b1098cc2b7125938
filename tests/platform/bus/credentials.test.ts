import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { loadCredentials, principalOf } from '../../../platform/bus/credentials.ts';
import { closer, temporaryFolder } from './support.ts';

const closing = closer();
afterEach(() => closing.close());
const PRINTER = 'dev.37010001.c1.printer';
const fileIn = (folder: string) => join(folder, 'credentials.json');

test('only the own secret opens a name, also after a restart', () => {
  const file = fileIn(temporaryFolder(closing));
  const credentials = loadCredentials(file);
  const secret = credentials.issueCredential(PRINTER);
  const other = credentials.issueCredential('cp.china-mobile.1');
  for (const kept of [credentials, loadCredentials(file)]) {
    expect(kept.principal(PRINTER, secret)).toMatchObject({ role: 'place', name: PRINTER });
    expect(kept.principal(PRINTER, Buffer.from(secret))).toBeDefined();
    expect(kept.principal(PRINTER, other)).toBeUndefined();
    expect(kept.principal(PRINTER, '')).toBeUndefined();
    expect(kept.principal('dev.37010001.c1.reader', secret)).toBeUndefined();
    expect(kept.principal('constructor', secret)).toBeUndefined();
    expect(kept.names()).toEqual(['cp.china-mobile.1', PRINTER]);
  }
});

test('a new credential ends the old one, and a withdrawn one opens nothing', () => {
  const credentials = loadCredentials(fileIn(temporaryFolder(closing)));
  const first = credentials.issueCredential('platform');
  const second = credentials.issueCredential('platform');
  expect(credentials.principal('platform', first)).toBeUndefined();
  expect(credentials.principal('platform', second)).toEqual({ role: 'platform', name: 'platform' });
  expect(credentials.withdraw('platform')).toBe(true);
  expect(credentials.withdraw('platform')).toBe(false);
  expect(credentials.principal('platform', second)).toBeUndefined();
});

test('secrets are 32 random bytes; the file keeps only hashes and belongs to its owner, whatever a crash left behind', () => {
  const file = fileIn(temporaryFolder(closing));
  writeFileSync(`${file}.new`, 'left over', { mode: 0o644 });
  const secret = loadCredentials(file).issueCredential(PRINTER);
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect(readFileSync(file, 'utf8')).not.toContain(secret);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('where the file can not be written, what was issued before stays valid', () => {
  const folder = join(temporaryFolder(closing), 'data');
  mkdirSync(folder);
  const file = fileIn(folder);
  const credentials = loadCredentials(file);
  const secret = credentials.issueCredential(PRINTER);
  mkdirSync(`${file}.new`);
  expect(() => credentials.issueCredential(PRINTER)).toThrow();
  expect(credentials.principal(PRINTER, secret)).toBeDefined();
});

test('TOP-005 a credential is issued to a place or the platform, and nobody else', () => {
  const credentials = loadCredentials(fileIn(temporaryFolder(closing)));
  for (const name of [
    '',
    'admin',
    'dev.1.c1.printer',
    'dev.37010001.c1',
    'x.china-mobile.1',
    'cp.China.1',
    '__proto__',
  ])
    expect(() => credentials.issueCredential(name)).toThrow(`«${name}»`);
  expect(principalOf('platform')).toEqual({ role: 'platform', name: 'platform' });
});

for (const [what, text] of [
  ['not JSON', '{'],
  ['not an object', '[]'],
  ['no SHA-256', '{"platform":"secret"}'],
  ['«root» is no name', '{"root":"00"}'],
] as const)
  test(`a damaged file (${what}) is named with what to do`, () => {
    const file = fileIn(temporaryFolder(closing));
    writeFileSync(file, text);
    expect(() => loadCredentials(file)).toThrow(new RegExp(`${file} is damaged .*${what}.*issue new`));
  });

test('a credential that another process issues is good at once, and the one it replaces no longer', () => {
  const file = fileIn(temporaryFolder(closing));
  const running = loadCredentials(file);
  const first = running.issueCredential(PRINTER);
  const second = loadCredentials(file).issueCredential(PRINTER);
  expect(running.principal(PRINTER, first)).toBeUndefined();
  expect(running.principal(PRINTER, second)).toMatchObject({ name: PRINTER });
  // And what this process issues next does not forget the other's.
  loadCredentials(file).issueCredential('cp.china-mobile.1');
  running.issueCredential('platform');
  expect(loadCredentials(file).names()).toEqual(['cp.china-mobile.1', PRINTER, 'platform'].sort());
});
