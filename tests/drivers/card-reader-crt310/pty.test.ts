import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { MeterCard } from '../../../contracts/devices/card-reader.ts';
import type { Completion } from '../../../contracts/operation.ts';
import { cardReaderCrt310 } from '../../../drivers/card-reader-crt310/definition.ts';
import { serialTransport } from '../../../drivers/transports/serial.ts';
import { tcpTransport } from '../../../drivers/transports/tcp.ts';
import type { OpenTransport } from '../../../drivers/transports/transport.ts';
import { listenReader } from '../../../simulators/devices/card-reader-crt310/listen.ts';
import { emulateCrt310 } from '../../../simulators/devices/card-reader-crt310/reader.ts';
import { openPtyLine } from '../../../simulators/devices/pty.ts';
import { cardOf, PURCHASE, sealed } from '../card-reader/bench.ts';
import { overTransport } from '../card-reader/over-transport.ts';
import { same } from '../card-reader/test-card.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The emulator on a TCP port. */
async function listening() {
  const reader = emulateCrt310();
  const line = await listenReader({ reader });
  ends.push(line.close);
  return { reader, line };
}

function run(open: OpenTransport) {
  const d = overTransport(open, (host) => cardReaderCrt310.create(host, {}));
  ends.push(d.close);
  return d;
}

const wallet = ({ result }: Completion) => (result as MeterCard).wallet;

describe('DEV-02 CRT-310 on a real serial port', () => {
  it('CRD-002 CRD-004 CRD-007 reads, writes, is unplugged in a write and plugged in again, and finishes it', async (context) => {
    const { reader, line } = await listening();
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-reader-'));
    ends.push(() => rmSync(folder, { recursive: true, force: true }));
    const tty = await openPtyLine({ port: line.port, path: join(folder, 'reader') });
    if ('missing' in tty) {
      console.warn(`SKIPPED: ${tty.missing}`);
      return context.skip(tty.missing);
    }
    ends.push(tty.close);
    const d = run(serialTransport({ path: tty.path, baudRate: 9_600 }));
    await d.when({ device: 'online', media: 'notPresent' });

    const chip = cardOf(PURCHASE);
    reader.slot.insert({ name: '电卡', chip });
    await d.when({ media: 'present' });
    const read = await d.read();
    expect(wallet(read)).toEqual({ amountFen: 5_000, count: 255 });

    // Behind two of the three files the cable is pulled out of the kiosk, with a part of the answer on it.
    reader.inject({ fault: 'unplugged', afterBytes: 5, on: 'write', skip: 1 });
    let gone: Promise<void> | undefined;
    reader.onUnplug(() => {
      gone = tty.cut();
    });
    const broken = await d.command('write', sealed(PURCHASE, (read.result as MeterCard).challenge));
    expect(broken).toMatchObject({ outcome: 'unknown', error: { code: 'device.writeUncertain' } });
    await gone;
    expect(d.driver.status()).toEqual({ device: 'offline', media: 'unknown', chipPower: 'unknown' });

    await tty.plugIn();
    await d.when({ device: 'online', media: 'present', chipPower: 'poweredOff' });
    const again = await d.read();
    expect(wallet(again).count).toBe(255);
    const whole = await d.command('write', sealed(PURCHASE, (again.result as MeterCard).challenge));
    expect(whole).toMatchObject({ outcome: 'success', result: { written: 'now' } });
    expect(same(chip.files.wallet, PURCHASE.after.files.wallet)).toBe(true);

    expect(await d.command('release', {})).toMatchObject({ outcome: 'success' });
    reader.slot.pull();
    await d.when({ media: 'notPresent', chipPower: 'noCard' });
  }, 30_000);

  it('CRD-004 behind a converter on TCP: the connection breaks in a write, comes back, and the write is repeated', async () => {
    const { reader, line } = await listening();
    const d = run(tcpTransport({ host: '127.0.0.1', port: line.port }));
    const chip = cardOf(PURCHASE);
    reader.slot.insert({ name: '电卡', chip });
    await d.when({ device: 'online', media: 'present' });
    const read = await d.read();
    reader.inject({ fault: 'unplugged', afterBytes: 3, on: 'write' });
    const broken = await d.command('write', sealed(PURCHASE, (read.result as MeterCard).challenge));
    expect(broken).toMatchObject({ outcome: 'unknown', error: { code: 'device.writeUncertain' } });
    await d.when({ device: 'online', media: 'present' });
    const again = await d.read();
    expect(await d.command('write', sealed(PURCHASE, (again.result as MeterCard).challenge))).toMatchObject({
      outcome: 'success',
    });
    expect(same(chip.files.wallet, PURCHASE.after.files.wallet)).toBe(true);
  }, 30_000);
});
