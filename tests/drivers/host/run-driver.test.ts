import { afterEach, expect, it } from 'vitest';
import { openJournal } from '../../../contracts/endpoint/journal-file.ts';
import { runDriver } from '../../../drivers/host/run-driver.ts';
import { CLONE_58, EPSON_80 } from '../../../simulators/devices/printer/models.ts';
import { station } from './station.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function set({
  model = EPSON_80,
  before,
}: {
  model?: typeof EPSON_80;
  before?: (s: Awaited<ReturnType<typeof station>>) => Promise<void>;
} = {}) {
  const s = await station(model);
  ends.push(s.close);
  await before?.(s);
  const driver = await runDriver(s.config, () => {});
  ends.push(driver.close);
  return { ...s, driver };
}

it('DEV-01 a command on the bus comes out of the printer, and its proof goes back', async () => {
  const s = await set();
  await s.says('online');
  s.print('k1');
  expect(await s.end('k1')).toEqual({ outcome: 'success', result: { proof: 'processId' } });
  expect(s.printer.papers.map((paper) => paper.text.trim().split(/\n\s*/))).toEqual([['小票 k1', '谢谢']]);
});

it('PRN-003 PRN-005 no paper and a pulled cable are told, and the driver comes back by itself', async () => {
  const s = await set();
  await s.says('online');
  s.printer.paperOutAfterLines(0);
  s.print('k1');
  expect(await s.end('k1')).toMatchObject({ error: { code: 'device.paperOut', effect: 'none' } });
  s.line.cut();
  await s.says('offline');
  s.printer.putPaperIn();
  await s.says('online');
  s.print('k2');
  expect(await s.end('k2')).toMatchObject({ outcome: 'success' });
});

it('OPR-007 PRN-001 after a death in mid-job the key is told as unknown, and the next receipt is cut off from the fragment', async () => {
  const s = await set({
    before: async ({ journalFile, printer }) => {
      const journal = await openJournal(journalFile, { now: Date.now, failed: () => {} });
      const record = { key: 'k1', operation: 'print', content: '{}', requestId: 'r1', at: Date.now() };
      await new Promise<void>((durable) => journal.append(record, durable));
      await journal.close();
      printer.input(Buffer.from('fragment of k1\n'));
    },
  });
  expect(await s.end('k1')).toMatchObject({ outcome: 'unknown', error: { code: 'adapter.restarted' } });
  await s.says('online');
  s.print('k2');
  expect(await s.end('k2')).toMatchObject({ outcome: 'success' });
  expect(s.printer.papers.map((paper) => paper.text.trim().split('\n')[0])).toEqual([
    'fragment of k1',
    '小票 k2',
  ]);
});

it('OPR-002 a job that is under way when the driver is stopped is journaled as uncertain', async () => {
  // A printer of another model than the configured one: it prints, and never answers the process id.
  const s = await set({ model: CLONE_58 });
  await s.says('online');
  const paper = s.paper();
  s.print('k1');
  await paper;
  await s.driver.close();
  const journal = await openJournal(s.journalFile, { now: Date.now, failed: () => {} });
  await journal.close();
  expect(journal.known).toMatchObject([
    { key: 'k1', completion: { outcome: 'unknown', error: { code: 'device.printUncertain' } } },
  ]);
});
