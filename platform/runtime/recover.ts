import { apply } from '../core/apply.ts';
import { isSettled } from '../core/order.ts';
import { orderOfRow, type Row } from '../core/orders.ts';
import type { Record } from '../core/records.ts';
import { addSettled, restore, type Snapshot, sortDays } from '../core/snapshot.ts';
import { findOrder, putToRest, type State } from '../core/state.ts';
import { type Block, chainHash, decodeBody, GENESIS, type Hash, sealOf } from './block.ts';

/** What the store kept: the last snapshot, the blocks after it, and the rows of the two days in memory, asked for last. */
export interface Kept {
  snapshot?: { last: number; hash: string; body: string; seal: string };
  blocks: Iterable<Omit<Block, 'rows' | 'snapshot'>>;
}

export interface Recovered {
  state: State;
  /** The number of the last durable record. */
  last: number;
  /** Records since the last snapshot. */
  sinceSnapshot: number;
  hash: string;
}

/** The chain of records is broken: somebody or something changed what was written (S18). The platform may not start on it. */
export class BrokenChain extends Error {
  constructor(at: number, why: string) {
    super(
      `the record chain is broken at record ${at}: ${why}. Do not continue on this store: restore the last proven backup`,
    );
    this.name = 'BrokenChain';
  }
}

/** The state as it was when the last block became durable. Throws {@link BrokenChain}. */
export function recover(kept: Kept, hash: Hash): Recovered {
  const { snapshot } = kept;
  if (snapshot && sealOf(hash, snapshot.hash, snapshot.body) !== snapshot.seal)
    throw new BrokenChain(snapshot.last, 'the snapshot does not match its seal');
  const state = restore(snapshot && (JSON.parse(snapshot.body) as Snapshot));
  const found = { state, last: snapshot?.last ?? 0, sinceSnapshot: 0, hash: snapshot?.hash ?? GENESIS };
  for (const block of kept.blocks) goOn(found, block, hash);
  return found;
}

/**
 * The next block of the chain is folded into what was found so far; `seen` is told of each record once it is. Throws
 * {@link BrokenChain}.
 */
export function goOn(
  found: Recovered,
  block: Omit<Block, 'rows' | 'snapshot'>,
  hash: Hash,
  seen?: (record: Record) => void,
): void {
  if (block.first !== found.last + 1)
    throw new BrokenChain(block.first, `record ${found.last + 1} is missing`);
  if (block.prev !== found.hash) throw new BrokenChain(block.first, 'it does not follow the block before it');
  if (chainHash(hash, block) !== block.hash)
    throw new BrokenChain(block.first, 'its content does not match its hash');
  for (const record of decodeBody(block.body)) {
    apply(found.state, record);
    seen?.(record);
  }
  found.sinceSnapshot += block.last - found.last;
  found.last = block.last;
  found.hash = block.hash;
}

/** The second half of a recovery: the settled orders of the two days that stay in memory. */
export function addDays(state: State, rows: readonly Row[]): void {
  addSettled(state, rows.map(orderOfRow));
  sortDays(state);
  // What the records brought back unsettled is newer than its row.
  for (const row of rows) {
    const order = findOrder(state, row.id);
    if (order && isSettled(order)) putToRest(state, row);
  }
}
