import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { MeterCard } from '../../../contracts/devices/card-reader.ts';
import { cardReaderF2 } from '../../../drivers/card-reader-f2/definition.ts';
import { serialTransport } from '../../../drivers/transports/serial.ts';
import { listenF2 } from '../../../simulators/devices/card-reader-f2/listen.ts';
import { emulateF2 } from '../../../simulators/devices/card-reader-f2/reader.ts';
import { openPtyLine } from '../../../simulators/devices/pty.ts';
import { cardOf, PURCHASE, sealed } from '../card-reader/bench.ts';
import { overTransport } from '../card-reader/over-transport.ts';
import { same } from '../card-reader/test-card.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

it('DEV-02 CRD-002 CRD-004 CRT-591 on a real serial port: read, unplugged in a write, plugged in again, written whole', async (context) => {
  const reader = emulateF2('crt-591');
  const line = await listenF2({ reader });
  ends.push(line.close);
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-f2-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const tty = await openPtyLine({ port: line.port, path: join(folder, 'reader') });
  if ('missing' in tty) {
    console.warn(`SKIPPED: ${tty.missing}`);
    return context.skip(tty.missing);
  }
  ends.push(tty.close);
  const d = overTransport(serialTransport({ path: tty.path, baudRate: 9_600 }), (host) =>
    cardReaderF2.create(host, { model: 'crt-591' }),
  );
  ends.push(d.close);
  await d.when({ device: 'online', media: 'notPresent' });

  const chip = cardOf(PURCHASE);
  reader.slot.insert({ name: '电卡', chip });
  await d.when({ media: 'present' });
  const read = await d.read();
  expect(read.result).toMatchObject({ wallet: { amountFen: 5_000, count: 255 } });

  reader.inject({ fault: 'unplugged', afterBytes: 5, on: 'write', skip: 1 });
  let gone: Promise<void> | undefined;
  reader.onUnplug(() => {
    gone = tty.cut();
  });
  const broken = await d.command('write', sealed(PURCHASE, (read.result as MeterCard).challenge));
  expect(broken).toMatchObject({ outcome: 'unknown', error: { code: 'device.writeUncertain' } });
  await gone;
  await tty.plugIn();
  await d.when({ device: 'online', media: 'present' });
  const again = await d.read();
  expect(await d.command('write', sealed(PURCHASE, (again.result as MeterCard).challenge))).toMatchObject({
    outcome: 'success',
  });
  expect(same(chip.files.wallet, PURCHASE.after.files.wallet)).toBe(true);
  expect(await d.command('release', {})).toMatchObject({ outcome: 'success' });
}, 30_000);
