import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { MOSQUITTO } from '../platform/bus/support.ts';
import { openCounter } from './counter.ts';
import { mosquitto } from './link.ts';
import { chargedOnce } from './outcome.ts';

const PHONE = '13808001234';
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-links-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  const counter = await openCounter(closers, folder, mosquitto(folder));
  const carrier = await counter.openCarrier();
  await counter.allThere();
  counter.drive(carrier);
  return { counter, carrier };
}

const title = MOSQUITTO ? 'over a real mosquitto' : 'over a real mosquitto (skipped: install mosquitto)';

describe.skipIf(!MOSQUITTO)(`TOP-004 ${title}, with the access list that is generated for it`, () => {
  it('TOP-004 a payment succeeds and its receipt is printed', async () => {
    const { counter, carrier } = await open();
    await counter.pay(PHONE);
    await counter.until(() => counter.ended());
    await chargedOnce(counter, carrier, PHONE, 'succeeded');
    expect(counter.printer.papers[0]?.text).toContain('金额 ￥50.00');
  });

  it.each(['yizhan.carrier.perform.accepted', 'yizhan.printer.print'])(
    'MOB-04 ENV-008 killed at «%s» and started again, the payment ends right, once',
    async (type) => {
      const { counter, carrier } = await open();
      const gone = new Promise<void>((resolve) => {
        counter.watch(({ text }) => {
          if ((JSON.parse(text) as { type: string }).type !== type) return undefined;
          counter.watch(() => undefined);
          queueMicrotask(() => void counter.cut().then(resolve));
          return undefined;
        });
      });
      await counter.pay(PHONE);
      await gone;
      await counter.back();
      await counter.until(() => counter.ended());
      await chargedOnce(counter, carrier, PHONE, 'succeeded');
    },
  );
});
