import type { Order } from '../core/order.ts';
import type { Row } from '../core/orders.ts';
import type { Block } from '../runtime/block.ts';
import type { Kept } from '../runtime/recover.ts';

/** Where the records live. One writer; reads have a connection of their own and see what is durable. */
export interface Store {
  /** The last snapshot and the blocks after it. */
  kept(): Promise<Kept>;
  /** Resolves when the block is on the disk, whole. Rejects only where nothing may be trusted any more: stop then. */
  append(block: Block): Promise<void>;
  /** The settled orders with these ids; ids without a row are left out. */
  load(ids: readonly string[]): Promise<Order[]>;
  /** Every settled order of these business dates. */
  ordersOfDays(dates: readonly string[]): Promise<Row[]>;
  /** The id of a settled order by its outlet's journal number. */
  findByNumber(outlet: string, journalNo: string): Promise<string | undefined>;
  close(): Promise<void>;
}
