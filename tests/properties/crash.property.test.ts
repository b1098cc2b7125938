import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameOf } from '../../contracts/topics.ts';
import type { Record } from '../../platform/core/records.ts';
import { decodeBody } from '../../platform/runtime/block.ts';
import { orderId } from '../support/ids.ts';
import { picture } from '../support/picture.ts';
import {
  arrive,
  openShop,
  type ScriptedRuntime,
  scriptedRuntime,
  type Told,
} from '../support/scripted-runtime.ts';
import { CARRIER, OUTLET, PHONE, SYSTEM, TELLER } from '../support/small-platform.ts';

type Step =
  | { do: 'pay'; order: number; amountFen: number }
  | { do: 'success' | 'decline'; order: number }
  | { do: 'reprint'; order: number }
  | { do: 'cut' }
  | { do: 'durable' }
  | { do: 'loaded' }
  | { do: 'crash' }
  | { do: 'pass'; ms: number };

const actions = <const S extends string>(...values: S[]) => fc.constantFrom(...values);
const order = fc.nat(5);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: actions('pay'), order, amountFen: fc.constantFrom(10_000, 40_000) }),
  },
  { weight: 5, arbitrary: fc.record({ do: actions('success', 'success', 'decline'), order }) },
  { weight: 2, arbitrary: fc.record({ do: actions('reprint'), order }) },
  { weight: 8, arbitrary: fc.record({ do: actions('durable') }) },
  { weight: 6, arbitrary: fc.record({ do: actions('loaded') }) },
  { weight: 1, arbitrary: fc.record({ do: actions('crash') }) },
  { weight: 1, arbitrary: fc.record({ do: actions('cut') }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: actions('pass'), ms: fc.constantFrom(20, 15_000, 60_000, 700_000) }),
  },
);

const reply = (id: string, succeeded: boolean, amountFen: number) => ({
  id: `${id}/${succeeded}`,
  source: nameOf(CARRIER),
  type: 'yizhan.carrier.perform.completed',
  time: 0,
  correlation: id,
  causation: `${id}.1`,
  data: succeeded
    ? { outcome: 'success', result: { account: PHONE, amountFen, counterpartNo: 'CM1' } }
    : {
        outcome: 'failure',
        error: { code: 'counterpart.declined', effect: 'none', retry: 'never', action: 'none' },
      },
});

/** Everything that was told must be in the records on the disk, whatever has crashed since (S6, S11). */
function accountFor(told: readonly Told[], records: readonly Record[]): void {
  const text = records.map((record) => JSON.stringify(record));
  const has = (...parts: string[]) => text.some((line) => parts.every((part) => line.includes(part)));
  for (const t of told) {
    if (t.what === 'published') {
      const inquiry = /\.i(\d+)$/.exec(t.id)?.[1];
      const sent = records.filter((r) => r.type === 'legInquired' && r.order === t.order && r.sent).length;
      if (inquiry) expect(sent, `S6 ${t.id}`).toBeGreaterThanOrEqual(Number(inquiry));
      else if (t.type === 'yizhan.carrier.perform')
        expect(has('"orderOpened"', `"key":"${t.id}"`), `S6 ${t.id}`).toBe(true);
      else expect(has('"print', t.order), `S6 ${t.id}`).toBe(true);
    }
    if (t.what !== 'answered' || !t.reply.order) continue;
    const { id, state, journalNo, receipt } = t.reply.order;
    if (journalNo) expect(has('"orderOpened"', id, journalNo), `S11 ${id} was accepted`).toBe(true);
    if (state === 'rejected') expect(has('"orderRejected"', id), `S11 ${id} was refused`).toBe(true);
    if (receipt && t.name !== 'buyCredit')
      expect(has('"orderEnded"', id, receipt.number), `S11 ${id} had its receipt`).toBe(true);
  }
}

test('S6 S11 whenever it crashes, what was told is on the disk, what was not told may be asked again, and nothing happens twice', () => {
  let crashes = 0;
  let dropped = 0;
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }),
      fc.integer({ min: 1, max: 40 }),
      (steps, snapshotEvery) => {
        const { disk, clock, shop: first } = openShop(undefined, { snapshotEvery, creditFen: 100_000 });
        let shop: ScriptedRuntime = first;
        let epoch = 1;
        const told: Told[] = [];
        const amounts = new Map<string, number>();

        const crash = () => {
          crashes++;
          if (shop.appending) dropped++;
          told.push(...shop.told);
          accountFor(
            told,
            disk.blocks.flatMap((block) => decodeBody(block.body)),
          );
          shop = scriptedRuntime(disk, clock, { snapshotEvery });
          const bare = { rows: disk.rows, blocks: disk.blocks.map(({ snapshot: _, ...block }) => block) };
          expect(picture(shop.state), 'S11 with and without snapshot').toEqual(
            picture(scriptedRuntime(bare, clock).state),
          );
          arrive(shop, `platform-${++epoch}`);
        };

        for (const s of steps) {
          if (s.do === 'durable') shop.durable();
          else if (s.do === 'loaded') shop.loaded();
          else if (s.do === 'crash') crash();
          else if (s.do === 'cut') shop.command(SYSTEM, { type: 'cutDay' });
          else if (s.do === 'pass') {
            clock.now += s.ms;
            shop.runtime.alarm();
          } else if (s.do === 'pay') {
            const id = orderId(s.order);
            const fields = { phone: PHONE };
            const asked = {
              type: 'pay',
              id,
              service: 'mobile-topup',
              fields,
              amountFen: s.amountFen,
              again: true,
            } as const;
            shop.command(TELLER, asked, id);
          } else if (s.do === 'reprint') shop.command(TELLER, { type: 'reprint', order: orderId(s.order) });
          else {
            // The carrier answers only what has reached it.
            const id = orderId(s.order);
            const reached = [...told, ...shop.told].some((t) => t.what === 'published' && t.id === `${id}.1`);
            if (!reached) continue;
            const envelope = reply(id, s.do === 'success', amounts.get(id) ?? 10_000);
            shop.runtime.input({ kind: 'message', place: CARRIER, leaf: 'rep', envelope });
          }
          for (const t of shop.told)
            if (t.what === 'answered' && t.reply.order)
              amounts.set(t.reply.order.id, t.reply.order.amountFen);
        }
        crash();
        shop.settle();

        const performs = told.flatMap((t) =>
          t.what === 'published' && t.type === 'yizhan.carrier.perform' ? [t.order] : [],
        );
        expect(new Set(performs).size, 'rule 4: a request is never sent again after a crash').toBe(
          performs.length,
        );
        const records = disk.blocks.flatMap((block) => decodeBody(block.body));
        const opened = records.flatMap((r) => (r.type === 'orderOpened' ? [r.order.id] : []));
        expect(new Set(opened).size, 'rule 1: an id is one order for ever').toBe(opened.length);
        const ended = records.flatMap((r) => (r.type === 'orderEnded' ? [r.order] : []));
        expect(new Set(ended).size, 'S3 an order ends once').toBe(ended.length);
        const numbers = records.flatMap((r) => (r.type === 'orderEnded' && r.receiptNo ? [r.receiptNo] : []));
        expect(new Set(numbers).size, 'S13 no receipt number twice').toBe(numbers.length);
        // A settled order is a row, whole, or nobody could ever find it again.
        for (const id of ended)
          if (!shop.state.live.has(id)) expect(disk.rows.get(id)?.state, id).toMatch(/succeeded|failed/);
        const { debitPending = 0, credit = 0, debit = 0 } = shop.state.ledger.get(`credit:${OUTLET}`) ?? {};
        expect(credit - debit - debitPending, 'CRD-05').toBeGreaterThanOrEqual(0);
        expect(shop.runtime.idle()).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
  expect(crashes, 'and it did crash').toBeGreaterThan(150);
  expect(dropped, 'also with a block on its way').toBeGreaterThan(10);
});
