import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { State } from '../../contracts/state.ts';
import { readKiosk } from '../../drivers/kiosk/configuration.ts';
import { runKiosk } from '../../drivers/kiosk/run-kiosk.ts';
import { openExternalBroker } from '../../platform/bus/external-broker.ts';
import { createPrinter } from '../../simulators/devices/printer/interpreter.ts';
import { listenPrinter } from '../../simulators/devices/printer/tcp.ts';
import { kioskFolder, PRINTER_DEVICE } from '../drivers/kiosk/kiosk-file.ts';
import { journal, MOSQUITTO, recorder, startMosquitto } from '../platform/bus/support.ts';
import { authority, CAN_CERTIFY } from '../support/certificates.ts';

const script = fileURLToPath(new URL('../../dist/drivers/host/process.js', import.meta.url));
const missing = [
  ...(MOSQUITTO ? [] : ['install mosquitto']),
  ...(CAN_CERTIFY ? [] : ['install openssl']),
  ...(existsSync(script) ? [] : ['npm run build']),
];
const WHY = missing.length === 0 ? '' : ` (SKIPPED: ${missing.join(', ')})`;
if (WHY) console.warn(`tests/links/kiosk-tls.test.ts${WHY}`);

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const NAMES = ['platform', 'dev.51010001.1.kiosk', 'dev.51010001.1.printer'];

/** mosquitto that lets in who has a certificate of our authority, the platform at it, and a kiosk’s folder. */
async function centre() {
  const kiosk = kioskFolder();
  closers.push(kiosk.remove);
  // mosquitto runs as another user, which gets this folder.
  const files = mkdtempSync(join(tmpdir(), 'yizhan-mosquitto-'));
  closers.push(() => rmSync(files, { recursive: true, force: true }));
  const ca = authority(kiosk.folder);
  const server = ca.issue('broker');
  const [certificateFile, keyFile, clientCaFile] = [server.cert, server.key, ca.ca].map((file, i) => {
    const to = join(files, `${i}.pem`);
    copyFileSync(file, to);
    return to;
  });
  if (!certificateFile || !keyFile || !clientCaFile) throw new Error('three files give three paths');
  const secrets = new Map(NAMES.map((name) => [name, `secret-of-${name}`]));
  const broker = await startMosquitto(files, secrets, undefined, { certificateFile, keyFile, clientCaFile });
  closers.push(broker.stop);
  for (const device of ['kiosk', 'printer'])
    kiosk.put(`secrets/${device}`, secrets.get(`dev.51010001.1.${device}`) ?? '');

  const own = ca.issue('platform');
  const heard = recorder();
  const bus = openExternalBroker({
    url: broker.url,
    password: secrets.get('platform') ?? '',
    tls: { ca: readFileSync(ca.ca), key: readFileSync(own.key), cert: readFileSync(own.cert) },
    listener: heard.listener,
  });
  closers.push(bus.close);
  await heard.events.until((event) => event === 'up');
  return {
    kiosk,
    ca,
    url: broker.url,
    state: async (device: string, fits: (state: State) => boolean) => {
      const stateOf = ({ topic, text }: { topic: string; text: string }) =>
        topic === `yz/1/dev/51010001/1/${device}/state`
          ? (JSON.parse(text) as { data: State }).data
          : undefined;
      const message = await heard.messages.until((each) => {
        const state = stateOf(each);
        return state !== undefined && fits(state);
      });
      return stateOf(message);
    },
  };
}

describe.skipIf(WHY !== '')(`a kiosk over TLS with a certificate of its own${WHY}`, () => {
  it('DEV-07 DEV-01 the centre sees the kiosk and its printer, and nothing of them goes in clear', async () => {
    const { kiosk, ca, url, state } = await centre();
    const printer = await listenPrinter({ printer: createPrinter({}) });
    closers.push(printer.close);
    const { cert, key } = ca.issue('kiosk-1');
    kiosk.describe({
      broker: { url, tls: { ca: ca.ca, cert, key } },
      devices: [{ ...PRINTER_DEVICE, transport: { kind: 'tcp', host: '127.0.0.1', port: printer.port } }],
    });
    const look = () => Promise.resolve({ power: 'mains', networkInterface: 'eth0' } as const);
    const running = await runKiosk(readKiosk(kiosk.file), { version: '1', log: () => {}, script, look });
    let closing: Promise<void> | undefined;
    const close = () => (closing ??= running.close());
    closers.push(close);
    expect(url).toMatch(/^mqtts:/);
    await state('printer', ({ online, status }) => online && status?.device === 'online');
    const seen = await state('kiosk', ({ status }) => JSON.stringify(status?.drivers).includes('running'));
    expect(seen).toMatchObject({
      online: true,
      profile: 'kiosk',
      status: {
        power: 'mains',
        network: 'up',
        networkInterface: 'eth0',
        drivers: { printer: { phase: 'running' } },
      },
    });
    const gone = Promise.all(['printer', 'kiosk'].map((device) => state(device, ({ online }) => !online)));
    await close();
    await gone;
  });

  it.each([
    ['without a certificate', undefined],
    ['with another authority’s', 'other'],
  ])('%s it is not let in, and its log says that there is no connection', async (_, other) => {
    const { kiosk, ca, url } = await centre();
    const tls = other === undefined ? {} : authority(kiosk.folder, other).issue('stranger');
    kiosk.describe({ broker: { url, tls: { ca: ca.ca, ...tls } }, devices: [] });
    const lines = journal<string>();
    const running = await runKiosk(readKiosk(kiosk.file), { version: '1', log: lines.push, script });
    closers.push(running.close);
    await lines.until((line) =>
      /no connection to mqtts:\S+ \(.*(certificate required|unknown ca)\); trying again/.test(line),
    );
    expect(lines.entries.some((line) => line.includes('connected to'))).toBe(false);
  });
});
