import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { AMOUNT, openCounter } from './counter.ts';
import { embedded } from './link.ts';
import { chargedOnce } from './outcome.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

it.each([
  ['it had charged, and had told nothing', '13808009906', 'succeeded'],
  ['it had the decision still before it', '13808009905', 'failed'],
] as const)(
  'STA-006 MOB-04 a carrier that is away when the inquiry is due is asked when it is back: %s',
  async (_what, phone, ends) => {
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-links-'));
    closers.push(() => rmSync(folder, { recursive: true, force: true }));
    const counter = await openCounter(closers, folder, embedded(folder));
    const carrier = await counter.openCarrier();
    await counter.allThere();
    const taken = new Promise<void>((resolve) => {
      counter.watch(({ text }) => {
        if (text.includes('.perform.accepted')) resolve();
        return undefined;
      });
    });
    await counter.pay(phone);
    await taken;
    await counter.until(() => carrier.books.charge('01J00000000000000000000001.1') !== undefined);
    await carrier.close();
    await counter.until(async () => (await counter.epochs()).length === 1);

    counter.drive(carrier);
    await counter.until(() => (counter.platform.counters()['mark.inquiry-held'] ?? 0) > 0);
    // Nobody is there to ask, and that is evidence of nothing: the money stays held.
    await counter.until(async () => (await counter.order()).state !== 'processing');
    counter.clock.stop();
    expect((await counter.order()).state).toBe('unknown');
    expect(await counter.credit()).toMatchObject({ debit: 0, debitPending: AMOUNT });
    expect(counter.said.some(({ text }) => text.includes('yizhan.carrier.inquire'))).toBe(false);

    const again = await counter.openCarrier();
    await counter.allThere();
    counter.drive(again);
    await counter.until(() => counter.ended());
    await chargedOnce(counter, again, phone, ends);
    expect(counter.said.filter(({ text }) => text.includes('"type":"yizhan.carrier.perform"'))).toHaveLength(
      1,
    );
  },
);
