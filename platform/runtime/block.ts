import type { Row } from '../core/orders.ts';
import type { Record } from '../core/records.ts';
import { RECORD_VERSION } from '../core/records.ts';

/**
 * What one commit makes durable, all or nothing: the records decided since the last one, hash-chained to it, and the rows of
 * the orders that are settled after them.
 */
export interface Block {
  /** The numbers of its first and last record; records count from 1. */
  first: number;
  last: number;
  /** When it was cut, platform time, ms. */
  at: number;
  prev: string;
  hash: string;
  /** `{"v":1,"records":[…]}` */
  body: string;
  rows: readonly Row[];
  /** The state after its last record, now and then. */
  snapshot?: { body: string; seal: string };
}

/** A one-way digest of text; the same in every run of one installation. */
export type Hash = (text: string) => string;

/** The hash before the first block. */
export const GENESIS = '';

export function encodeBody(records: readonly Record[]): string {
  return JSON.stringify({ v: RECORD_VERSION, records });
}

/** The records of a block. Throws where it was written by a release whose records this one does not know. */
export function decodeBody(body: string): Record[] {
  const { v, records } = JSON.parse(body) as { v: number; records: Record[] };
  if (v !== RECORD_VERSION)
    throw new Error(`records of version ${v} can not be read: this release knows version ${RECORD_VERSION}`);
  return records;
}

/** The chain: a block's hash covers its body, its place and time, and all before it. */
export function chainHash(
  hash: Hash,
  { prev, first, last, at, body }: Omit<Block, 'hash' | 'rows' | 'snapshot'>,
): string {
  return hash(`${prev}\n${first}\n${last}\n${at}\n${body}`);
}

/** Binds a snapshot to the block it stands in. Snapshots come and go, so they are not part of the chain itself. */
export function sealOf(hash: Hash, blockHash: string, body: string): string {
  return hash(`${blockHash}\n${body}`);
}
