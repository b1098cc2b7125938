import type { Envelope } from '../../contracts/envelope.ts';
import { apply } from '../../platform/core/apply.ts';
import { type Input, ordersOf } from '../../platform/core/input.ts';
import { isSettled, type Order } from '../../platform/core/order.ts';
import { orderOf, type Record } from '../../platform/core/records.ts';
import { addSettled, restore, type Snapshot, sortDays, takeSnapshot } from '../../platform/core/snapshot.ts';
import { emptyState, findOrder, type State } from '../../platform/core/state.ts';
import { step } from '../../platform/core/step.ts';
import type { Turn } from '../../platform/core/turn.ts';
import { nextWake, takeDue } from '../../platform/core/wakes.ts';

/**
 * A core with what a runtime would keep for it: the records as text, the rows of settled orders, a snapshot now and then, and
 * a shadow that is fed nothing but the records.
 */
export function coreWorld(start: number, checked: (turn: Turn) => void) {
  let state = emptyState();
  const shadow = emptyState();
  let now = start;
  const records: { text: string; record: Record }[] = [];
  const rows = new Map<string, Order>();
  let snapshot: { after: number; text: string } | undefined;
  const published: Envelope[] = [];
  const marks = new Map<string, number>();

  function feed(input: Input): Turn {
    addSettled(
      state,
      ordersOf(state, input).flatMap((id) =>
        findOrder(state, id) ? [] : structuredClone(rows.get(id) ?? []),
      ),
    );
    const turn = step(state, input, now);
    const touched = new Set<string>();
    for (const record of turn.records) {
      const text = JSON.stringify(record);
      records.push({ text, record });
      apply(shadow, JSON.parse(text) as Record);
      const id = orderOf(record);
      if (id !== undefined) touched.add(id);
    }
    for (const id of touched) {
      const order = findOrder(state, id);
      if (order && isSettled(order)) rows.set(id, structuredClone(order));
    }
    for (const effect of turn.effects) if (effect.kind === 'publish') published.push(effect.envelope);
    for (const mark of turn.marks) marks.set(mark, (marks.get(mark) ?? 0) + 1);
    checked(turn);
    return turn;
  }

  function wakeDue(): void {
    for (let key = takeDue(state.wakes, now); key !== undefined; key = takeDue(state.wakes, now))
      feed({ kind: 'wake', key });
  }

  /** The state as a recovery would have it: from the beginning, or from the snapshot and what came after. */
  function recovered(from: 'genesis' | 'snapshot'): State {
    const whole = from === 'snapshot' ? snapshot : undefined;
    const rebuilt = restore(whole && (JSON.parse(whole.text) as Snapshot));
    for (const { text } of records.slice(whole?.after ?? 0)) apply(rebuilt, JSON.parse(text) as Record);
    const dates = [rebuilt.previousDate, rebuilt.businessDate];
    addSettled(
      rebuilt,
      structuredClone([...rows.values()].filter((row) => dates.includes(row.businessDate))),
    );
    sortDays(rebuilt);
    return rebuilt;
  }

  return {
    feed,
    recovered,
    rows,
    records,
    published,
    marks,
    get state() {
      return state;
    },
    shadow,
    get now() {
      return now;
    },
    /** Lets `ms` pass, stopping at every wake on the way. */
    pass(ms: number): void {
      const to = now + ms;
      for (let at = nextWake(state.wakes); at !== undefined && at <= to; at = nextWake(state.wakes)) {
        now = Math.max(now, at);
        wakeDue();
      }
      now = to;
    },
    snap(): void {
      snapshot = { after: records.length, text: JSON.stringify(takeSnapshot(state)) };
    },
    restart(from: 'genesis' | 'snapshot'): void {
      state = recovered(from);
      feed({ kind: 'started', epoch: `platform-${records.length}` });
    },
    /** The order, in memory or as a row. */
    order: (id: string): Order | undefined => findOrder(state, id) ?? rows.get(id),
  };
}

export type CoreWorld = ReturnType<typeof coreWorld>;
