import type { Order } from '../../platform/core/order.ts';
import { orderOfRow, type Row } from '../../platform/core/orders.ts';
import type { Block } from '../../platform/runtime/block.ts';
import type { Kept } from '../../platform/runtime/recover.ts';

/**
 * The platform's store as it is after the lights went out: whole blocks in order, and the rows of settled orders. What the
 * last snapshot covers is dropped, for no recovery needs it.
 */
export interface Disk {
  /** Takes the block as it is now; what it returns puts it on the disk, whole. */
  take(block: Block): () => void;
  kept(): Kept;
  ordersOfDays(dates: readonly string[]): Row[];
  load(ids: readonly string[]): Order[];
  /** A bit of the newest block turns; {@link repair} restores it, as the operators would from a proven copy. */
  corrupt(): boolean;
  repair(): void;
}

type Written = Omit<Block, 'rows' | 'snapshot'>;

export function createDisk(): Disk {
  let blocks: Written[] = [];
  let snapshot: Kept['snapshot'];
  /** The rows' texts, by their dates and ids. */
  const days = new Map<string, Map<string, string>>();
  let damaged: { target: { body: string }; body: string } | undefined;

  function put({ id, date, text }: Row): void {
    const day = days.get(date) ?? new Map<string, string>();
    days.set(date, day);
    day.set(id, text);
  }

  function textOf(id: string): string | undefined {
    for (const day of days.values()) {
      const text = day.get(id);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  return {
    take({ rows: settled, snapshot: taken, ...block }) {
      return () => {
        if (taken) {
          snapshot = { last: block.last, hash: block.hash, body: taken.body, seal: taken.seal };
          blocks = [];
        } else blocks.push(block);
        for (const row of settled) put(row);
      };
    },
    kept: () => ({ ...(snapshot ? { snapshot } : {}), blocks }),
    ordersOfDays: (dates) =>
      dates.flatMap((date) => [...(days.get(date) ?? [])].map(([id, text]) => ({ id, date, text }))),
    load: (ids) =>
      ids.flatMap((id) => {
        const text = textOf(id);
        return text === undefined ? [] : [orderOfRow({ id, text })];
      }),
    corrupt() {
      const target = blocks.at(-1) ?? snapshot;
      if (!target) return false;
      damaged = { target, body: target.body };
      // A digit of some instant turns, as a bit on the disk would turn it: what comes of it can be read as well as before.
      const at = target.body.search(/"(?:at|now)":\d{6}/) + 9;
      target.body = `${target.body.slice(0, at)}${target.body[at] === '7' ? '8' : '7'}${target.body.slice(at + 1)}`;
      return true;
    },
    repair() {
      if (damaged) damaged.target.body = damaged.body;
      damaged = undefined;
    },
  };
}
