import { readFileSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeyRecord } from '../../../contracts/endpoint/behaviour.ts';
import { type Journal, openJournal } from '../../../contracts/endpoint/journal-file.ts';
import { DAY } from '../../../contracts/time.ts';

const NOW = 100 * DAY;
let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
  path = join(folder, 'new', 'keys.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const fail = (error: Error) => {
  throw error;
};
const open = () => openJournal(path, { now: () => NOW, failed: fail });
const record = (key: string, more: Partial<KeyRecord> = {}): KeyRecord => ({
  key,
  operation: 'perform',
  content: '{}',
  requestId: `R-${key}`,
  at: NOW,
  ...more,
});
const append = (journal: Journal, each: KeyRecord) => new Promise<void>((done) => journal.append(each, done));

test('OPR-009 what was durable is known after a restart, the later record of a key for the earlier, in order of acceptance', async () => {
  const journal = await open();
  const ended = record('A', { completion: { outcome: 'success', result: {} } });
  await Promise.all([append(journal, record('A')), append(journal, record('B')), append(journal, ended)]);
  expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(4);
  await journal.close();
  const again = await open();
  expect(again.known).toEqual([ended, record('B')]);
  await again.close();
});

test('appends are durable in order, and onDurable comes after the line is in the file', async () => {
  const journal = await open();
  const order: string[] = [];
  const lengths: number[] = [];
  await new Promise<void>((done) => {
    journal.append(record('A'), () => {
      order.push('A');
      journal.append(record('C'), () => {
        order.push('C');
        done();
      });
      lengths.push(readFileSync(path, 'utf8').split('\n').length);
    });
    journal.append(record('B'), () => order.push('B'));
  });
  expect(order).toEqual(['A', 'B', 'C']);
  expect(lengths[0]).toBeGreaterThanOrEqual(3);
  await journal.close();
});

test('DSK-TORN a torn last line is ignored and does not spoil what is appended after it', async () => {
  const journal = await open();
  await append(journal, record('A'));
  await journal.close();
  await appendFile(path, '{"key":"B","operat');
  const second = await open();
  expect(second.known).toEqual([record('A')]);
  await append(second, record('C'));
  await second.close();
  const third = await open();
  expect(third.known).toEqual([record('A'), record('C')]);
  await third.close();
});

test('a broken line in the middle is refused with file, line and remedy', async () => {
  const journal = await open();
  await journal.close();
  await writeFile(path, `${JSON.stringify(record('A'))}\nrubbish\n${JSON.stringify(record('B'))}\n`);
  await expect(open()).rejects.toThrow(/keys\.jsonl, line 2, is not JSON.*backup/);
});

test('OPR-009 ended keys older than 30 days are dropped from the file at opening, open ones never: the clock may be wrong', async () => {
  const journal = await open();
  const end = { outcome: 'success', result: {} } as const;
  await append(journal, record('old', { at: NOW - 30 * DAY - 1, completion: end }));
  await append(journal, record('open', { at: NOW - 300 * DAY }));
  await append(journal, record('young', { at: NOW - 30 * DAY }));
  await journal.close();
  const again = await open();
  expect(again.known.map(({ key }) => key)).toEqual(['open', 'young']);
  await again.close();
  expect(await readFile(path, 'utf8')).not.toContain('"old"');
});
