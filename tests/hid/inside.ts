/**
 * Runs in the machine, as its only program: the driver of the CRT-288K, the real `node-hid` and the kernel's own /dev/hidraw, with the
 * emulator behind /dev/uhid. Its verdict is one line on the console.
 */
import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { HIDAsync } from 'node-hid';
import type { MeterCard } from '../../contracts/devices/card-reader.ts';
import type { Completion } from '../../contracts/operation.ts';
import { createCardReaderDriver } from '../../drivers/card-reader/driver.ts';
import { MODELS } from '../../drivers/card-reader-f2/models.ts';
import { createF2Protocol } from '../../drivers/card-reader-f2/protocol.ts';
import { type HidLine, hidTransport } from '../../drivers/transports/hid.ts';
import { cardOf, PURCHASE, sealed } from '../drivers/card-reader/change.ts';
import { overTransport } from '../drivers/card-reader/over-transport.ts';
import { same, type TestCard } from '../drivers/card-reader/test-card.ts';
import { recorder } from '../drivers/transports/recorder.ts';
import { emulatedReader } from './emulated-reader.ts';

const IDS: HidLine = { vendorId: 0x23d8, productId: 0x0285 };
const STATUS = Uint8Array.of(0xf2, 0x00, 0x03, 0x43, 0x31, 0x30, 0x03, 0xb0);
const ACK = Uint8Array.of(0x06);
const ROUNDS = 60;
/** Of the machine's own clock, which jumps over pauses. */
const STEP_MS = 60_000;

const figures: Record<string, unknown> = {};
const steps: string[] = [];

async function step(name: string, run: () => Promise<void>): Promise<void> {
  console.log(`- ${name}`);
  const from = performance.now();
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    limit = setTimeout(() => reject(new Error(`not done after ${STEP_MS} ms: ${name}`)), STEP_MS);
  });
  await Promise.race([run(), late]);
  clearTimeout(limit);
  steps.push(`${name} (${Math.round(performance.now() - from)} ms)`);
}

/** Opens once; why it could not be opened, or the open connection. */
async function openOnce(line: HidLine) {
  const heard = recorder();
  const transport = hidTransport(line)(heard.handlers);
  const lost = heard.next('lost').then(String);
  const opened = heard.next('opened').then(() => undefined);
  return { heard, transport, lost, refusal: await Promise.race([opened, lost]) };
}

async function opens(line: HidLine): Promise<void> {
  const { refusal, transport } = await openOnce(line);
  transport.close();
  equal(refusal, undefined);
}

const refusalOf = async (line: HidLine) => (await openOnce(line)).refusal ?? 'it was opened';

const meter = ({ result }: Completion) => result as MeterCard;
const isSold = ({ files }: TestCard) =>
  (['wallet', 'parameters', 'returned'] as const).every((name) =>
    same(files[name], PURCHASE.after.files[name]),
  );

async function main(): Promise<void> {
  const a = await emulatedReader('SN0001');
  const b = await emulatedReader('SN0002');

  await step('no device: what was looked for is named', async () => {
    equal(await refusalOf(IDS), 'no HID device fits: 23d8:0285. Found: none with 23d8:0285');
  });

  await step(
    'found by ids, serial number, path, or a link to it; else what was found is listed',
    async () => {
      const node = await a.plugIn();
      symlinkSync(node, '/dev/card-reader');
      await opens(IDS);
      await opens({ ...IDS, serialNumber: 'SN0001' });
      await opens({ ...IDS, path: node });
      await opens({ ...IDS, path: '/dev/card-reader' });
      const found = `Found: ${node} (serialNumber SN0001)`;
      equal(
        await refusalOf({ ...IDS, serialNumber: 'SN9' }),
        `no HID device fits: 23d8:0285, serialNumber SN9. ${found}`,
      );
      equal(
        await refusalOf({ ...IDS, path: '/dev/hidraw9' }),
        `no HID device fits: 23d8:0285, path /dev/hidraw9. ${found}`,
      );
      equal(
        await refusalOf({ ...IDS, productId: 0x0286 }),
        'no HID device fits: 23d8:0286. Found: none with 23d8:0286',
      );
      const other = await b.plugIn();
      match(
        await refusalOf(IDS),
        /^2 HID devices fit; tell them apart by «serialNumber» or «path»: 23d8:0285\. Found: .*SN000.*SN000/,
      );
      await opens({ ...IDS, serialNumber: 'SN0002' });
      await opens({ ...IDS, path: other });
      await b.unplug();
      await opens(IDS);
    },
  );

  await step('a command and its answer travel in whole reports', async () => {
    const { heard, transport } = await openOnce(IDS);
    const times: number[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const from = performance.now();
      transport.write(STATUS);
      const reports = [await heard.next('bytes'), await heard.next('bytes')] as number[][];
      times.push(performance.now() - from);
      deepEqual(
        reports.map(([first, ...rest]) => [first, rest.length + 1]),
        [
          [0x06, 64],
          [0xf2, 64],
        ],
      );
      transport.write(ACK);
    }
    transport.close();
    times.sort((x, y) => x - y);
    const at = (part: number) => Number(times[Math.floor(part * (ROUNDS - 1))]?.toFixed(2));
    figures['command, ACK report, answer report, ms'] = { p50: at(0.5), p95: at(0.95), max: at(1) };
  });

  await step('node-hid tells a loss as text, and the transport as a reason with the path', async () => {
    const raw = await HIDAsync.open(a.node());
    const told = new Promise<unknown>((resolve) => raw.on('error', resolve));
    raw.on('data', () => {});
    const { lost, transport, heard } = await openOnce(IDS);
    const node = a.node();
    const before = a.heard.length;
    await a.unplug();
    const from = performance.now();
    const reason = await lost;
    figures['from the unplugging to its notice, ms'] = Math.round(performance.now() - from);
    figures['the notice'] = reason;
    match(reason, new RegExp(`^${node}: could not read from HID device`));
    equal(typeof (await told), 'string');
    await rejects(raw.write([0, ...new Array<number>(64).fill(0)]), /Cannot write to hid device/);
    await raw.close();
    // Nothing that was meant for the lost device may come to the next one.
    transport.write(STATUS);
    await a.plugIn();
    const again = await openOnce(IDS);
    again.transport.write(STATUS);
    await again.heard.next('bytes');
    again.transport.close();
    deepEqual(
      a.heard.slice(before).map(([first]) => first),
      [0xf2],
    );
    equal(heard.all.filter(([what]) => what === 'lost').length, 1);
  });

  const { reader } = a;
  const d = overTransport(hidTransport({ ...IDS, serialNumber: 'SN0001' }), (port) =>
    createCardReaderDriver({ create: createF2Protocol(MODELS['crt-288k']), port }),
  );
  const readsAs = async (count: number) => {
    const read = await d.read();
    equal(read.outcome, 'success', JSON.stringify(read));
    equal(meter(read).wallet.count, count);
    return meter(read).challenge;
  };
  const sells = async (chip: TestCard) => {
    const sold = await d.command('write', sealed(PURCHASE, await readsAs(PURCHASE.before.count)));
    equal(sold.outcome, 'success', JSON.stringify(sold));
    equal(isSold(chip), true);
    await readsAs(PURCHASE.after.count);
  };

  await step('DEV-02 a card is read, written, read back and given out', async () => {
    await d.when({ device: 'online', media: 'notPresent' });
    const chip = cardOf(PURCHASE);
    reader.slot.insert({ name: '电卡', chip });
    await d.when({ media: 'present' });
    await sells(chip);
    equal((await d.command('release', {})).outcome, 'success');
    reader.slot.pull();
    await d.when({ media: 'notPresent' });
  });

  await step('unplugged while idle: offline; plugged in again it recovers by itself', async () => {
    const chip = cardOf(PURCHASE);
    reader.slot.insert({ name: '电卡', chip });
    await d.when({ media: 'present' });
    const from = performance.now();
    await a.unplug();
    await d.when({ device: 'offline', media: 'unknown', chipPower: 'unknown' });
    figures['from the unplugging to «offline», ms'] = Math.round(performance.now() - from);
    match(d.losses.at(-1) ?? '', /could not (read|write)/);
    equal((await d.read()).error?.code, 'device.offline');
    const back = performance.now();
    await a.plugIn();
    await d.when({ device: 'online', media: 'present' });
    figures['from the plugging in to «online», ms'] = Math.round(performance.now() - back);
    await sells(chip);
    reader.slot.pull();
    await d.when({ media: 'notPresent' });
  });

  for (const [file, afterBytes] of [
    [0, 0],
    [1, 5],
    [2, 0],
  ] as const)
    await step(
      `CRD-002 CRD-004 unplugged in the write of file ${file + 1}, ${afterBytes} bytes into its answer: unknown; then written whole`,
      async () => {
        const chip = cardOf(PURCHASE);
        reader.slot.insert({ name: '电卡', chip });
        await d.when({ media: 'present' });
        const challenge = await readsAs(PURCHASE.before.count);
        reader.inject({ fault: 'unplugged', afterBytes, on: 'write', skip: file });
        const broken = await d.command('write', sealed(PURCHASE, challenge));
        deepEqual([broken.outcome, broken.error?.code], ['unknown', 'device.writeUncertain']);
        await a.gone();
        equal(d.driver.status().device, 'offline');
        const { writes } = chip;
        equal(writes, file + 1);
        await a.plugIn();
        await d.when({ device: 'online', media: 'present' });
        // It does not go on by itself.
        equal(chip.writes, writes);
        // The count stands in the last file.
        const read = await d.read();
        const { count } = meter(read).wallet;
        equal(count, file === 2 ? PURCHASE.after.count : PURCHASE.before.count);
        const whole = await d.command('write', sealed(PURCHASE, meter(read).challenge));
        equal(whole.outcome, 'success', JSON.stringify(whole));
        equal(isSold(chip), true);
        await readsAs(PURCHASE.after.count);
        reader.slot.pull();
        await d.when({ media: 'notPresent' });
      },
    );
  d.close();
}

const say = (verdict: object) =>
  process.stdout.write(`\nVERDICT ${JSON.stringify({ ...verdict, steps, figures })}\n`, () =>
    process.exit(0),
  );

process.on('uncaughtException', (error) => say({ ok: false, why: error.stack ?? String(error) }));
main().then(
  () => say({ ok: true }),
  (error: Error) => say({ ok: false, why: error.stack }),
);
