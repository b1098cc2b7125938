import { expect, test } from 'vitest';
import type { Block } from '../../../platform/runtime/block.ts';
import { createDisk } from '../../../simulators/world/disk.ts';

const row = (id: string, date: string, state: string) => ({ id, date, text: JSON.stringify({ id, state }) });
const block = (...rows: Block['rows']): Block => ({
  first: 1,
  last: 1,
  at: 0,
  prev: '',
  hash: '',
  body: '',
  rows,
});

test('a simulated disk gives back the rows of the days it is asked for, and of an order its newest', () => {
  const disk = createDisk();
  disk.take(block(row('A', '2026-11-22', 'succeeded'), row('B', '2026-11-23', 'failed')))();
  disk.take(block(row('C', '2026-11-21', 'succeeded'), row('A', '2026-11-22', 'again')))();
  const lost = disk.take(block(row('D', '2026-11-23', 'succeeded')));
  expect(disk.ordersOfDays(['2026-11-22', '2026-11-23', ''])).toEqual([
    row('A', '2026-11-22', 'again'),
    row('B', '2026-11-23', 'failed'),
  ]);
  expect(disk.load(['C', 'D', 'A'])).toEqual([
    { id: 'C', state: 'succeeded' },
    { id: 'A', state: 'again' },
  ]);
  lost();
  expect(disk.load(['D'])).toEqual([{ id: 'D', state: 'succeeded' }]);
});
