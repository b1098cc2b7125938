import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeSnapshot } from '../../../platform/core/snapshot.ts';
import { type Block, chainHash, GENESIS, sealOf } from '../../../platform/runtime/block.ts';
import { BrokenChain, recover } from '../../../platform/runtime/recover.ts';
import { orderId } from '../../support/ids.ts';
import { openShop, sha256 } from '../../support/scripted-runtime.ts';
import { PHONE, TELLER } from '../../support/small-platform.ts';

/** Some blocks of a working day. */
function written(): Block[] {
  const { shop, disk } = openShop();
  for (let n = 1; n <= 4; n++) {
    const fields = { phone: PHONE };
    shop.command(TELLER, {
      type: 'pay',
      id: orderId(n),
      service: 'mobile-topup',
      fields,
      amountFen: 1_000 * n,
    });
    shop.settle();
  }
  return disk.blocks;
}

const BLOCKS = written();

test('S18 an untouched chain is accepted, from any block that starts it', () => {
  expect(BLOCKS.length).toBeGreaterThan(4);
  expect(recover({ blocks: BLOCKS }, sha256)).toMatchObject({
    last: BLOCKS.at(-1)?.last,
    hash: BLOCKS.at(-1)?.hash,
  });
  expect(recover({ blocks: [] }, sha256)).toMatchObject({ last: 0, hash: GENESIS });
});

test('S18 any single character changed anywhere is refused', () => {
  const fields = ['body', 'hash', 'prev', 'first', 'last'] as const;
  const change = fc.record({
    at: fc.nat(BLOCKS.length - 1),
    name: fc.constantFrom(...fields),
    place: fc.nat(),
    by: fc.integer({ min: 1, max: 255 }),
  });
  fc.assert(
    fc.property(change, ({ at, name, place, by }) => {
      const block = BLOCKS[at] as Block;
      const value = block[name];
      let changed: number | string;
      if (typeof value === 'number') changed = value + by;
      else {
        const i = place % Math.max(1, value.length);
        const other = String.fromCharCode((value.charCodeAt(i) || 0) ^ by);
        changed = value.slice(0, i) + other + value.slice(i + 1);
      }
      const blocks = BLOCKS.with(at, { ...block, [name]: changed });
      expect(() => recover({ blocks }, sha256)).toThrow(BrokenChain);
    }),
    { numRuns: 500 },
  );
});

test('S18 a block that is missing, twice, or in another place is refused, and the message says where and what to do', () => {
  for (let i = 0; i < BLOCKS.length - 1; i++) {
    const missing = BLOCKS.toSpliced(i, 1);
    expect(() => recover({ blocks: missing }, sha256)).toThrow(BrokenChain);
    const twice = BLOCKS.toSpliced(i, 0, BLOCKS[i] as Block);
    expect(() => recover({ blocks: twice }, sha256)).toThrow(BrokenChain);
    const swapped = BLOCKS.with(i, BLOCKS[i + 1] as Block).with(i + 1, BLOCKS[i] as Block);
    expect(() => recover({ blocks: swapped }, sha256)).toThrow(BrokenChain);
  }
  const [first, second] = BLOCKS;
  expect(() => recover({ blocks: BLOCKS.slice(1) }, sha256)).toThrow(
    `the record chain is broken at record ${second?.first}: record ${first?.first} is missing. Do not continue on this store: restore the last proven backup`,
  );
});

test('S18 a chain that was made anew from a changed record does not fit the block behind it', () => {
  const blocks = BLOCKS.map((block) => ({ ...block }));
  const [first] = blocks as [Block];
  first.body = first.body.replace('"businessDate":"2026-11-23"', '"businessDate":"2026-11-22"');
  first.hash = chainHash(sha256, first);
  expect(() => recover({ blocks }, sha256)).toThrow(
    /broken at record \d+: it does not follow the block before it/,
  );
});

test('a torn tail is what was durable before it', () => {
  for (let n = 0; n <= BLOCKS.length; n++)
    expect(recover({ blocks: BLOCKS.slice(0, n) }, sha256).last).toBe(BLOCKS[n - 1]?.last ?? 0);
});

test('records of another version are refused by name', () => {
  const [first] = BLOCKS as [Block];
  const body = first.body.replace('"v":1', '"v":2');
  const block = { ...first, body, hash: chainHash(sha256, { ...first, prev: GENESIS, body }) };
  expect(() => recover({ blocks: [block] }, sha256)).toThrow(
    'records of version 2 can not be read: this release knows version 1',
  );
});

test('a snapshot of another version is refused with the remedy', () => {
  const body = JSON.stringify({ v: 9 });
  const snapshot = { last: 5, hash: 'x', body, seal: sealOf(sha256, 'x', body) };
  expect(() => recover({ snapshot, blocks: [] }, sha256)).toThrow(
    'snapshot version 9 is not 1: it was written by another release; start that release, or restore its backup',
  );
});

test('S18 a snapshot that was changed is refused: a balance in it would be believed', () => {
  const body = JSON.stringify(takeSnapshot(recover({ blocks: BLOCKS }, sha256).state));
  const { last, hash } = BLOCKS.at(-1) as Block;
  const seal = sealOf(sha256, hash, body);
  expect(recover({ snapshot: { last, hash, body, seal }, blocks: [] }, sha256).last).toBe(last);
  const richer = body.replace('"credit":', '"credit":9');
  expect(richer).not.toBe(body);
  expect(() => recover({ snapshot: { last, hash, body: richer, seal }, blocks: [] }, sha256)).toThrow(
    /the snapshot does not match its seal/,
  );
});

test('S18 the time a block was written at is part of the chain', () => {
  const blocks = BLOCKS.map((block, i) => (i === 0 ? { ...block, at: block.at + 1 } : block));
  expect(() => recover({ blocks }, sha256)).toThrow(/does not match its hash/);
});
