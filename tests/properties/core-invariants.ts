import { expect } from 'vitest';
import { isPrintOpen, type Order, wakeOf } from '../../platform/core/order.ts';
import { orderOf } from '../../platform/core/records.ts';
import type { State } from '../../platform/core/state.ts';
import type { Turn } from '../../platform/core/turn.ts';

const FINAL = ['succeeded', 'failed', 'rejected'];

/** What must hold after every single step of a core, whatever has been fed to it. Remembers what it has seen. */
export function invariants(evidence: { succeeded: Set<string>; failed: Set<string> }) {
  /** Every order there ever was, as it was last seen. */
  const orders = new Map<string, Order>();
  const ended = new Map<string, string>();
  const receipts = new Map<string, string>();
  const lastReceipt = new Map<string, number>();
  const journalNumbers = new Set<string>();
  let businessDate = '';

  function money(state: State): void {
    const sum = { debit: 0, credit: 0, debitPending: 0, creditPending: 0 };
    for (const [account, balance] of state.ledger) {
      for (const side of ['debit', 'credit', 'debitPending', 'creditPending'] as const)
        sum[side] += balance[side];
      if (account.startsWith('credit:'))
        expect(
          balance.credit - balance.debit - balance.debitPending,
          `CRD-05 ${account}`,
        ).toBeGreaterThanOrEqual(0);
    }
    expect([sum.debit, sum.debitPending], 'S1 S2 balanced').toEqual([sum.credit, sum.creditPending]);
    const heldBy = new Map<string, number>();
    let owed = 0;
    for (const order of orders.values()) {
      if (order.kind !== 'payment' || FINAL.includes(order.state)) continue;
      owed += order.amountFen;
      heldBy.set(`credit:${order.outlet}`, (heldBy.get(`credit:${order.outlet}`) ?? 0) + order.amountFen);
    }
    for (const [account, { debitPending, creditPending }] of state.ledger) {
      expect(debitPending, `S4 holds on ${account}`).toBe(heldBy.get(account) ?? 0);
      expect(creditPending, `S4 holds for ${account}`).toBe(account === 'payable:china-mobile' ? owed : 0);
    }
  }

  function story(order: Order): void {
    const kinds = order.transfers.map((transfer) => transfer.kind);
    const expected = {
      rejected: [],
      failed: ['hold', 'release'],
      succeeded: order.kind === 'payment' ? ['hold', 'capture'] : ['single'],
      processing: ['hold'],
      unknown: ['hold'],
      manual: ['hold'],
    }[order.state];
    expect(kinds, `S3 ${order.state} ${order.id}`).toEqual(expected);
    for (const transfer of order.transfers) expect(transfer.amountFen).toBe(order.amountFen);
    expect(order.receipt !== undefined, 'S13 a receipt is a success’s').toBe(order.state === 'succeeded');
    expect(order.prints.length === 0 || order.state === 'succeeded', 'S13 only a success is printed').toBe(
      true,
    );
    if (order.kind === 'payment' && (order.state === 'succeeded' || order.state === 'failed'))
      expect(evidence[order.state].has(order.id), `S7 ${order.id} ${order.state} without evidence`).toBe(
        true,
      );
  }

  function once(order: Order): void {
    const before = ended.get(order.id);
    const { number = '' } = order.receipt ?? {};
    const now = [order.state, number, order.businessDate, JSON.stringify(order.transfers)].join('|');
    if (before !== undefined) expect(now, `S8 ${order.id} has ended`).toBe(before);
    else if (FINAL.includes(order.state)) ended.set(order.id, now);
    const known = orders.get(order.id);
    if (known)
      expect([order.content, order.businessDate, order.journalNo]).toEqual([
        known.content,
        known.businessDate,
        known.journalNo,
      ]);
    else if (order.journalNo) {
      expect(
        journalNumbers.has(`${order.outlet}/${order.journalNo}`),
        `journal number ${order.journalNo} twice`,
      ).toBe(false);
      journalNumbers.add(`${order.outlet}/${order.journalNo}`);
    }
  }

  function receipt(order: Order): void {
    const number = order.receipt?.number;
    if (!number) return;
    const name = `${order.outlet}/${number}`;
    if (receipts.get(name) === order.id) return;
    expect(receipts.has(name), `S13 receipt ${name} twice`).toBe(false);
    receipts.set(name, order.id);
    const [day = '', count] = number.split('-');
    expect(day, 'S13 of the day that is open').toBe(businessDate.slice(2).replaceAll('-', ''));
    const book = `${order.outlet}/${day}`;
    expect(Number(count), `S13 ${book} has a gap`).toBe((lastReceipt.get(book) ?? 0) + 1);
    lastReceipt.set(book, Number(count));
  }

  return function check(state: State, turn: Turn): void {
    expect(state.businessDate >= businessDate, 'S14 days only go forward').toBe(true);
    businessDate = state.businessDate;
    expect(turn.marks).not.toContain('woken-for-nothing');
    const touched = new Set(turn.records.flatMap((record) => orderOf(record) ?? []));
    const inMemory = [...state.books.values()].flatMap((book) => [...book.orders.values()]);
    for (const order of [...inMemory, ...state.older.values()]) {
      if (touched.has(order.id) || FINAL.includes(order.state)) {
        once(order);
        story(order);
        receipt(order);
      }
      orders.set(order.id, order);
    }
    money(state);
    for (const id of state.live) {
      const order = orders.get(id);
      const waits = order && (order.state !== 'manual' || order.prints.some(isPrintOpen));
      expect(state.wakes.due.has(id) || !waits, `${id} sleeps for ever in ${order?.state}`).toBe(true);
      if (order) expect(state.wakes.due.get(id)).toBe(wakeOf(order));
    }
    for (const order of orders.values())
      expect(
        !FINAL.includes(order.state) && !state.live.has(order.id),
        `${order.id} is open and not alive`,
      ).toBe(false);
  };
}
