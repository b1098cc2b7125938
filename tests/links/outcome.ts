import { expect } from 'vitest';
import type { RunningCarrier } from '../../simulators/counterparts/carrier/start.ts';
import { AMOUNT, type Counter } from './counter.ts';

/** Order, ledger, the carrier's own books and the paper under the cutter all say the same, and say it once. */
export async function chargedOnce(
  counter: Counter,
  carrier: RunningCarrier,
  phone: string,
  ends?: 'succeeded' | 'failed',
): Promise<void> {
  const order = await counter.order();
  const truth = carrier.books.subscriber(phone).balanceFen;
  if (ends) expect(order.state, JSON.stringify(order.history)).toBe(ends);
  expect(truth).toBe(order.state === 'succeeded' ? AMOUNT : 0);
  expect(['succeeded', 'failed']).toContain(order.state);
  expect(order.cases).toEqual([]);
  expect(await counter.credit()).toMatchObject({ debit: truth, debitPending: 0 });
  const end = order.state === 'succeeded' ? 'capture' : 'release';
  expect(order.transfers.map(({ kind, amountFen }) => [kind, amountFen])).toEqual([
    ['hold', AMOUNT],
    [end, AMOUNT],
  ]);

  const papers = counter.printer.papers.map((paper) => paper.text);
  expect(papers).toHaveLength(order.state === 'succeeded' ? 1 : 0);
  expect(order.prints.map((job) => job.state)).toEqual(papers.map(() => 'printed'));
  for (const text of papers) {
    expect(text).toContain(order.receipt?.number);
    expect(text).toContain(order.journalNo);
    expect(text).not.toContain('COPY');
  }
  expect(counter.failures).toEqual([]);
}
