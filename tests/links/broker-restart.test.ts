import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'vitest';
import { type Counter, openCounter } from './counter.ts';
import { embedded } from './link.ts';
import { chargedOnce } from './outcome.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function open(): Promise<Counter> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-links-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  return openCounter(closers, folder, embedded(folder));
}

interface Point {
  what: string;
  /** The type of the message at which the broker goes, or the paper. */
  type: string;
  lose?: true;
  /** The carrier charges while the broker is away. */
  decides?: true;
  /** How it must end, where that can be said; else both ends are right as long as everybody agrees. */
  ends?: 'succeeded' | 'failed';
  /** A magic number of the carrier's; else it charges after 300 ms and says so. */
  phone?: string;
}

const PERFORM = 'yizhan.carrier.perform';
const PRINT = 'yizhan.printer.print';

const POINTS: Point[] = [
  { what: 'the request is lost on the way', type: PERFORM, lose: true, ends: 'failed' },
  { what: 'the request has just left', type: PERFORM },
  { what: '«accepted» is lost', type: `${PERFORM}.accepted`, lose: true, ends: 'succeeded' },
  { what: 'it has been accepted', type: `${PERFORM}.accepted`, ends: 'succeeded' },
  { what: 'the carrier is at work', type: `${PERFORM}.processing`, ends: 'succeeded' },
  {
    what: 'the carrier is at work and charges meanwhile',
    type: `${PERFORM}.processing`,
    decides: true,
    ends: 'succeeded',
  },
  { what: 'the completion is lost', type: `${PERFORM}.completed`, lose: true, ends: 'succeeded' },
  { what: 'the completion has arrived', type: `${PERFORM}.completed`, ends: 'succeeded' },
  {
    what: 'a decline is lost',
    type: `${PERFORM}.completed`,
    lose: true,
    ends: 'failed',
    phone: '13808009901',
  },
  {
    what: 'the reply never came, before the inquiry',
    type: `${PERFORM}.accepted`,
    ends: 'succeeded',
    phone: '13808009906',
  },
  {
    what: 'the inquiry is lost',
    type: 'yizhan.carrier.inquire',
    lose: true,
    ends: 'succeeded',
    phone: '13808009906',
  },
  {
    what: 'the inquiry’s answer is lost',
    type: 'yizhan.carrier.inquire.completed',
    lose: true,
    ends: 'succeeded',
    phone: '13808009906',
  },
  { what: 'the print job is lost on the way', type: PRINT, lose: true, ends: 'succeeded' },
  { what: 'the print job has just left', type: PRINT, ends: 'succeeded' },
  { what: 'the print job’s «accepted» is lost', type: `${PRINT}.accepted`, lose: true, ends: 'succeeded' },
  { what: 'the paper is being cut', type: 'paper', ends: 'succeeded' },
  { what: 'the print job’s end is lost', type: `${PRINT}.completed`, lose: true, ends: 'succeeded' },
];

describe('MOB-04 the broker is taken away and comes back in the middle of a payment', () => {
  it.each(POINTS.map((point) => [point.what, point] as const))(
    'MOB-04 PRN-001 %s: charged once, printed once',
    async (_what, { type, lose, ends, phone = '13808001234', decides }) => {
      const counter = await open();
      const carrier = await counter.openCarrier();
      await counter.allThere();
      counter.drive(carrier);

      const gone = new Promise<void>((resolve) => {
        const cut = () => {
          counter.watch(() => undefined);
          counter.passed.removeAllListeners('paper');
          // In the same turn, but after the message has been handed on.
          queueMicrotask(() => void counter.cut().then(resolve));
        };
        if (type === 'paper') counter.passed.on('paper', cut);
        counter.watch(({ text }) => {
          if ((JSON.parse(text) as { type: string }).type !== type) return undefined;
          cut();
          return lose ? 'lose' : undefined;
        });
      });
      await counter.pay(phone);
      await gone;
      if (decides) await counter.meanwhile(() => carrier.books.subscriber(phone).balanceFen > 0);
      await counter.back();
      await counter.until(() => counter.ended());
      await chargedOnce(counter, carrier, phone, ends);
    },
  );
});
