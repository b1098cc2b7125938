import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { State } from '../../contracts/state.ts';
import { ADMINISTRATOR } from '../../platform/commands/demo-data.ts';
import { connectHttp } from '../../platform/commands/http-client.ts';
import type { KioskView } from '../../platform/http/kiosks.ts';
import { listenReader } from '../../simulators/devices/card-reader-crt310/listen.ts';
import { emulateCrt310 } from '../../simulators/devices/card-reader-crt310/reader.ts';
import { readParameters } from '../../simulators/devices/cards/meter-files.ts';
import { createPrinter } from '../../simulators/devices/printer/interpreter.ts';
import { listenPrinter } from '../../simulators/devices/printer/tcp.ts';
import { Broker } from '../contracts/endpoint/broker.ts';
import { cardOf, PURCHASE } from '../drivers/card-reader/bench.ts';
import { kioskFolder, PRINTER_DEVICE } from '../drivers/kiosk/kiosk-file.ts';
import { authority, CAN_CERTIFY } from '../support/certificates.ts';
import { BUILT, run, skipped } from './program.ts';

/** How soon a command must be there, and gone after SIGTERM, in ms. */
const SOON = 20_000;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function folder() {
  const kiosk = kioskFolder();
  closers.push(kiosk.remove);
  return kiosk;
}

async function emulatedPrinter() {
  const printer = createPrinter({});
  const line = await listenPrinter({ printer });
  closers.push(line.close);
  return { printer, port: line.port, transport: { kind: 'tcp', host: '127.0.0.1', port: line.port } };
}

function yizhan(kiosk: ReturnType<typeof kioskFolder>, ...args: string[]) {
  const program = run(args, kiosk.folder);
  closers.push(async () => {
    if (program.process.exitCode !== null || program.process.signalCode !== null) return;
    program.process.kill('SIGKILL');
    await program.ends(SOON);
  });
  return program;
}

const BROKEN = { ...PRINTER_DEVICE, name: 'broken', model: 'epson' };

describe.skipIf(!BUILT)(`yizhan kiosk${skipped}`, () => {
  it('KSK-001 DEV-07 runs what is right and disables what is wrong, shows both, tells the centre, and stops cleanly', async () => {
    const kiosk = folder();
    const broker = await Broker.open();
    closers.push(() => broker.close());
    const { transport } = await emulatedPrinter();
    kiosk.describe({
      broker: { url: `mqtt://127.0.0.1:${broker.port}` },
      devices: [BROKEN, { ...PRINTER_DEVICE, transport }],
    });
    const program = yizhan(kiosk, 'kiosk', '--config', kiosk.file);
    const [table] = await program.says(/设备 Device.*\n.*\n.*printer .*\n/, SOON);
    expect(table).toMatch(
      /broken +printer-escpos +已停用 disabled: .*«devices\.broken\.model» is "epson"; allowed is epson-80 or clone-58/,
    );
    expect(table).toMatch(/printer +printer-escpos +运行 running/);

    const told = (device: string, fits: (state: State) => boolean) =>
      broker.hears((heard) =>
        heard
          .filter(({ topic }) => topic === `yz/1/dev/51010001/1/${device}/state`)
          .map(({ envelope }) => envelope.data as State)
          .find(fits),
      );
    await told('printer', ({ status }) => status?.device === 'online');
    const { status } = await told('kiosk', (state) =>
      JSON.stringify(state.status?.drivers).includes('running'),
    );
    expect(status).toMatchObject({
      power: expect.stringMatching(/^(mains|battery|unknown)$/),
      drivers: {
        broken: { phase: 'misconfigured', why: expect.stringContaining('epson') },
        printer: { phase: 'running' },
      },
    });

    program.process.kill('SIGTERM');
    expect(await program.ends(SOON)).toBe(0);
    for (const device of ['printer', 'kiosk'])
      expect(await told(device, ({ online }) => !online)).toMatchObject({ online: false });
    expect(program.out()).not.toContain('secret');
  });

  it('--check says what is wrong with each device and ends with 78; with 0 where all is right', async () => {
    const kiosk = folder();
    kiosk.describe({ devices: [PRINTER_DEVICE, BROKEN] });
    const wrong = yizhan(kiosk, 'kiosk', '--check', '--config', kiosk.file);
    expect(await wrong.ends(SOON)).toBe(78);
    expect(wrong.out()).toMatch(/printer +printer-escpos +正确 right\nbroken +printer-escpos +有误 wrong/);
    expect(wrong.errors()).toContain('«devices.broken.model»');
    kiosk.describe();
    const right = yizhan(kiosk, 'kiosk', '--check', '--config', kiosk.file);
    expect(await right.ends(SOON)).toBe(0);
    expect(right.errors()).toBe('');
  });

  it('a fault of its core is fatal with 78, and nothing is started', async () => {
    const kiosk = folder();
    kiosk.describe({ outlet: 'x' });
    const program = yizhan(kiosk, 'kiosk', '--config', kiosk.file);
    expect(await program.ends(SOON)).toBe(78);
    expect(program.errors()).toContain('«outlet» is "x"; allowed is the outlet’s code, 8 digits');
    expect(program.out()).toBe('');
  });
});

describe.skipIf(!BUILT)(`yizhan device${skipped}`, () => {
  it('DEV-01 probe shows what a device of the kiosk’s file says of itself; test-print says by which proof it printed', async () => {
    const kiosk = folder();
    const { printer, transport, port } = await emulatedPrinter();
    kiosk.describe({ devices: [{ ...PRINTER_DEVICE, transport }] });
    const probe = yizhan(kiosk, 'device', 'probe', '--config', kiosk.file, 'printer');
    expect(await probe.ends(SOON)).toBe(0);
    expect(probe.out()).toMatch(/columns: 48[\s\S]*device: online\n {2}paper: full/);

    const given = [
      '--driver',
      'printer-escpos',
      '--transport',
      `tcp:127.0.0.1:${port}`,
      '--settings',
      'model=epson-80',
    ];
    const print = yizhan(kiosk, 'device', 'test-print', ...given);
    expect(await print.ends(SOON)).toBe(0);
    expect(print.out()).toContain('Proof: processId');
    expect(printer.papers.map(({ text }) => text)).toEqual([expect.stringContaining('测试页 非收据')]);
  });

  it('says what is in the way, with the remedy, and ends in time with a code of its own', async () => {
    const kiosk = folder();
    const { printer, port } = await emulatedPrinter();
    const given = (at: number) => [
      '--driver',
      'printer-escpos',
      '--transport',
      `tcp:127.0.0.1:${at}`,
      '--settings',
      'model=epson-80',
    ];
    printer.paperOutAfterLines(3);
    const half = yizhan(kiosk, 'device', 'test-print', ...given(port));
    expect(await half.ends(SOON)).toBe(1);
    expect(half.errors()).toMatch(/没有打印 not printed: .*device\.printIncomplete/);
    const nobody = yizhan(kiosk, 'device', 'probe', ...given(1), '--wait', '1');
    expect(await nobody.ends(SOON)).toBe(1);
    expect(nobody.errors()).toMatch(/ECONNREFUSED[\s\S]*Remedy: no answer over the network/);
    const wrong = yizhan(
      kiosk,
      'device',
      'probe',
      '--driver',
      'printer-escpos',
      '--transport',
      'tcp:127.0.0.1:9100',
    );
    expect(await wrong.ends(SOON)).toBe(78);
    expect(wrong.errors()).toContain('«model» is missing; allowed is epson-80 or clone-58');
    const which = yizhan(kiosk, 'device', 'probe', '--config', kiosk.describe(), 'sign');
    expect(await which.ends(SOON)).toBe(2);
    expect(which.errors()).toContain('has no device «sign», but: printer');
  });

  it('list ends with 0 whatever is plugged in, and says of each kind what there is or why that can’t be known', async () => {
    const list = yizhan(folder(), 'device', 'list');
    expect(await list.ends(SOON)).toBe(0);
    for (const kind of ['串口 Serial lines', 'HID 设备 HID devices', 'USB 打印机 USB printers'])
      expect(list.out()).toMatch(new RegExp(`${kind}\n {2}\\S`));
  });

  it('DEV-02 ACC-04 read-card waits for a card, shows it with its numbers masked, and gives it back', async () => {
    const reader = emulateCrt310();
    const line = await listenReader({ reader });
    closers.push(line.close);
    const transport = `tcp:127.0.0.1:${line.port}`;
    const read = yizhan(
      folder(),
      'device',
      'read-card',
      '--driver',
      'card-reader-crt310',
      '--transport',
      transport,
    );
    await read.says(/请插入卡片/, SOON);
    reader.slot.insert({ name: '电卡', chip: cardOf(PURCHASE) });
    expect(await read.ends(SOON)).toBe(0);
    const card = cardOf(PURCHASE);
    const { meterNo, customerNo } = readParameters(card.files.parameters) ?? { meterNo: '', customerNo: '' };
    expect(read.out()).toContain(`表号 Meter: ********${meterNo.slice(-4)}`);
    expect(read.out()).toMatch(/卡号 Serial: \*{12}\w{4}$/m);
    expect(read.out()).toContain(`户号 Customer: ********${customerNo.slice(-4)}`);
    expect(read.out()).toMatch(new RegExp(`购电 Purchases: ${PURCHASE.before.count}, 金额 amount ¥`));
    for (const number of [meterNo, customerNo]) expect(read.out() + read.errors()).not.toContain(number);
    expect(reader.slot.position).toBe('gate');
    // The next one waits in vain.
    reader.slot.pull();
    const none = yizhan(
      folder(),
      'device',
      'read-card',
      '--driver',
      'card-reader-crt310',
      '--transport',
      transport,
      '--wait',
      '2',
    );
    expect(await none.ends(SOON)).toBe(1);
    expect(none.errors()).toContain('no card within that time');
  });
});

const uncertified = CAN_CERTIFY ? '' : ' (SKIPPED: install openssl, which makes the certificates)';

describe.skipIf(!BUILT || !CAN_CERTIFY)(`a kiosk at a station${skipped}${uncertified}`, () => {
  it('DEV-03 DEV-07 over TLS, with its certificate and secrets that the station issued, the administrator sees it in /api/kiosks, and sees it go', async () => {
    const kiosk = folder();
    const data = join(kiosk.folder, 'data');
    const ca = authority(kiosk.folder);
    const [server, own] = [ca.issue('station'), ca.issue('kiosk')];
    const door = [
      '--mqtts-port',
      '0',
      '--mqtts-cert',
      server.cert,
      '--mqtts-key',
      server.key,
      '--mqtts-ca',
      ca.ca,
    ];
    const plain = ['--port', '0', '--mqtt-port', '0', '--without-carrier', '--devices', 'printer'];
    const station = yizhan(kiosk, 'start', ...plain, ...door, '--data', data);
    const [, page = ''] = await station.says(/Page\s+(http:\/\/\S+)/, SOON);
    const [, port = ''] = await station.says(/mqtts, port (\d+)/, SOON);
    const url = `mqtts://127.0.0.1:${port}`;
    const tls = { ca: ca.ca, cert: own.cert, key: own.key };
    for (const device of ['kiosk', 'sign']) {
      const issued = yizhan(kiosk, 'credential', `dev.51010001.1.${device}`, data);
      expect(await issued.ends(SOON)).toBe(0);
      kiosk.put(`secrets/${device}`, /^secret +(\S+)/m.exec(issued.out())?.[1] ?? '');
    }
    const sign = { name: 'sign', driver: 'sign', characters: 8, transport: PRINTER_DEVICE.transport };
    // Without a certificate nobody comes in, whatever secret it has.
    kiosk.describe({ broker: { url, tls: { ca: ca.ca } }, devices: [] });
    const stranger = yizhan(kiosk, 'kiosk', '--config', kiosk.file);
    await stranger.says(/certificate required/, SOON);
    stranger.process.kill('SIGTERM');
    expect(await stranger.ends(SOON)).toBe(0);

    kiosk.describe({ broker: { url, tls }, devices: [sign, BROKEN] });
    const program = yizhan(kiosk, 'kiosk', '--config', kiosk.file);
    for (const device of ['kiosk', 'sign']) await program.says(new RegExp(`${device}: connected to`), SOON);
    const http = connectHttp(page, ADMINISTRATOR);
    // What the broker has taken the platform hears at once: asking once mostly does.
    const seen = async (fits: (kiosk: KioskView) => boolean): Promise<KioskView> => {
      for (;;) {
        const { kiosks } = await http.get<{ kiosks: KioskView[] }>('/api/kiosks');
        const found = kiosks.find((each) => each.outlet === '51010001' && fits(each));
        if (found) return found;
      }
    };
    const there = await seen(
      ({ state, devices }) =>
        state === 'online' && devices.some(({ name, profile }) => name === 'sign' && profile === 'sign'),
    );
    expect(there).toMatchObject({
      power: expect.any(String),
      network: 'up',
      version: expect.stringMatching(/^\d/),
    });
    expect(there.devices.find(({ name }) => name === 'broken')).toMatchObject({
      state: 'misconfigured',
      problem: { why: expect.stringContaining('«devices.broken.model» is "epson"') },
    });
    program.process.kill('SIGTERM');
    expect(await program.ends(SOON)).toBe(0);
    expect(await seen(({ state }) => state === 'offline')).toMatchObject({
      power: 'unknown',
      network: 'down',
    });
    station.process.kill('SIGTERM');
    expect(await station.ends(SOON)).toBe(0);
  }, 60_000);
});
