import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { MAX_BYTES } from '../../../contracts/envelope.ts';
import type { Credentials } from '../../../platform/bus/credentials.ts';
import { type EmbeddedBrokerOptions, openEmbeddedBroker } from '../../../platform/bus/embedded-broker.ts';
import { closer, dial, issue, recorder, type TestClient, temporaryFolder } from './support.ts';

const PRINTER = 'dev.37010001.c1.printer';
const PRINTER_PREFIX = 'yz/1/dev/37010001/c1/printer';
const CARRIER = 'cp.china-mobile.1';
const CARRIER_PREFIX = 'yz/1/cp/china-mobile/1';

const closing = closer();
afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await closing.close();
});

async function open(more: Partial<EmbeddedBrokerOptions> = {}, known?: Map<string, string>) {
  const issued = issue(temporaryFolder(closing), [PRINTER, CARRIER]);
  const { credentials } = issued;
  const secrets = known ?? issued.secrets;
  const record = recorder();
  const broker = await openEmbeddedBroker({ port: 0, credentials, listener: record.listener, ...more });
  closing.add(() => broker.close());
  const place = async (name: string, options = {}): Promise<TestClient> => {
    const client = await dial(broker.url, name, secrets.get(name), options);
    closing.add(() => client.mqtt.end(true));
    await client.mqtt.subscribeAsync(`${name === PRINTER ? PRINTER_PREFIX : CARRIER_PREFIX}/req`, { qos: 1 });
    return client;
  };
  return { broker, record, secrets, credentials, place };
}

const WILL = {
  topic: `${PRINTER_PREFIX}/state`,
  payload: Buffer.from('death'),
  qos: 1 as const,
  retain: true,
};

test('up is told once the bus is in hand, and messages go both ways', async () => {
  const { broker, record, place } = await open();
  expect(record.events.entries).toEqual([]);
  await record.events.until((event) => event === 'up');
  const printer = await place(PRINTER);
  await printer.mqtt.publishAsync(`${PRINTER_PREFIX}/evt`, 'paper low', { qos: 1 });
  await record.messages.until(({ topic, text }) => topic === `${PRINTER_PREFIX}/evt` && text === 'paper low');
  broker.publish(`${PRINTER_PREFIX}/req`, '打印');
  await printer.messages.until(({ text, retain }) => text === '打印' && !retain);
});

test('a taken port is told with its number, the option, and that 0 takes any free one', async () => {
  const { broker } = await open();
  await expect(open({ port: broker.port })).rejects.toThrow(
    new RegExp(`port ${broker.port} .*taken.*--mqtt-port.*0 `),
  );
});

test('ENV-001 64 KiB pass; a larger payload is acked, goes to quarantine, and the connection stays', async () => {
  const { record, place } = await open();
  const printer = await place(PRINTER);
  await printer.mqtt.publishAsync(`${PRINTER_PREFIX}/evt`, Buffer.alloc(MAX_BYTES + 1), { qos: 1 });
  await printer.mqtt.publishAsync(`${PRINTER_PREFIX}/evt`, Buffer.alloc(MAX_BYTES, 'x'), { qos: 1 });
  const { text } = await record.messages.until(() => true);
  expect(text).toHaveLength(MAX_BYTES);
  expect(record.denials.entries).toEqual([
    {
      who: PRINTER,
      what: `publish: ${MAX_BYTES + 1} bytes to «${PRINTER_PREFIX}/evt», at most ${MAX_BYTES} are allowed (ENV-001)`,
    },
  ]);
});

test('TOP-006 a session that is not clean is refused', async () => {
  const { record, place } = await open();
  await expect(place(PRINTER, { clean: false })).rejects.toThrow(/Not authorized/);
  expect(record.denials.entries).toEqual([
    { who: PRINTER, what: 'connect: the session is not clean (TOP-006)' },
  ]);
});

test('MQTT 5 is refused', async () => {
  const { place } = await open();
  await expect(place(PRINTER, { protocolVersion: 5 })).rejects.toThrow(/protocol version/i);
});

test('a stranger who sends much before its secret is cut off', async () => {
  const { broker } = await open();
  const socket = connectTcp(broker.port, '127.0.0.1');
  closing.add(() => socket.destroy());
  const cut = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => {});
  // A CONNECT that announces 256 MB.
  socket.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
  const more = () => {
    while (!socket.destroyed && socket.write(Buffer.alloc(16 * 1024)));
  };
  socket.on('drain', more);
  more();
  await cut;
  expect(socket.bytesWritten).toBeLessThan(16 * 1024 * 1024);
});

test('a dropped client has its will, and may come back', async () => {
  const { broker, record, place } = await open();
  const printer = await place(PRINTER, { will: WILL });
  const gone = new Promise((resolve) => printer.mqtt.once('close', () => resolve(undefined)));
  broker.dropClient(PRINTER);
  await gone;
  await record.messages.until(({ text }) => text === 'death');
  await place(PRINTER);
});

test('TOP-005 one name has one session, also where the old one is just closing when the next arrives', async () => {
  const { credentials, secrets } = issue(temporaryFolder(closing), [PRINTER]);
  let arriving = () => {};
  const watched: Credentials = {
    ...credentials,
    principal(name, secret) {
      arriving();
      return credentials.principal(name, secret);
    },
  };
  const { broker, place } = await open({ credentials: watched }, secrets);
  await place(PRINTER);
  arriving = () => broker.dropClient(PRINTER);
  const second = await place(PRINTER);
  arriving = () => {};
  const ended = new Promise((resolve) => second.mqtt.once('close', () => resolve(undefined)));
  const third = await place(PRINTER);
  await ended;
  broker.publish(`${PRINTER_PREFIX}/req`, 'once');
  await third.messages.until(({ text }) => text === 'once');
});

test('a frozen client does not hold up the others', async () => {
  const { broker, place } = await open();
  const [printer, carrier] = [await place(PRINTER), await place(CARRIER)];
  (printer.mqtt.stream as unknown as { pause(): void }).pause();
  // Far more than the line's buffers take, and more messages than a bounded emitter has slots.
  for (let count = 0; count < 500; count++) broker.publish(`${PRINTER_PREFIX}/req`, 'x'.repeat(50_000));
  broker.publish(`${CARRIER_PREFIX}/req`, 'y');
  // The frozen one is cut only after 10 s: this is heard before.
  await carrier.messages.until(({ text }) => text === 'y');
  expect(printer.mqtt.connected).toBe(true);
}, 5_000);

test('a burst of 10,000 arrives whole and in order, both ways', async () => {
  const { broker, record, place } = await open();
  const printer = await place(PRINTER);
  const texts = Array.from({ length: 10_000 }, (_, index) => `${index}`);
  for (const text of texts) broker.publish(`${PRINTER_PREFIX}/req`, text);
  for (const text of texts) printer.mqtt.publish(`${PRINTER_PREFIX}/evt`, text, { qos: 1 });
  await Promise.all([
    record.messages.until(({ text }) => text === '9999'),
    printer.messages.until(({ text }) => text === '9999'),
  ]);
  expect(record.messages.entries.map(({ text }) => text)).toEqual(texts);
  expect(printer.messages.entries.map(({ text }) => text)).toEqual(texts);
});

test('STA-006 a jump of the clock does not fire the wills of living clients', async () => {
  // The broker's sweep for orphans runs every 240 s and takes for dead what gave no beat for 180 s by the wall clock.
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const { record, place } = await open();
  const printer = await place(PRINTER, { will: WILL, keepalive: 0 });
  let now = 1_000_000;
  vi.spyOn(Date, 'now').mockImplementation(() => {
    now += 600_000;
    return now;
  });
  await vi.advanceTimersByTimeAsync(240_000);
  vi.restoreAllMocks();
  await printer.mqtt.publishAsync(`${PRINTER_PREFIX}/evt`, 'alive', { qos: 1 });
  await record.messages.until(({ text }) => text === 'alive');
  expect(record.messages.entries.map(({ text }) => text)).toEqual(['alive']);
  // It still comes when the client does go.
  await printer.cut();
  await record.messages.until(({ topic, text }) => topic === WILL.topic && text === 'death');
});

test('after close nothing is heard or sent, and the port is free for the next start', async () => {
  const { broker, record, place, credentials } = await open();
  const printer = await place(PRINTER, { will: WILL, reconnectPeriod: 5 });
  const lost = new Promise((resolve) => printer.mqtt.once('close', () => resolve(undefined)));
  await broker.close();
  await lost;
  broker.publish(`${PRINTER_PREFIX}/req`, 'too late');
  expect(record.messages.entries).toEqual([]);
  // The clients find the new one by themselves, and their subscriptions with them.
  const back = new Promise((resolve) => printer.mqtt.once('connect', resolve));
  const next = recorder();
  const again = await openEmbeddedBroker({ port: broker.port, credentials, listener: next.listener });
  closing.add(() => again.close());
  await back;
  await printer.mqtt.publishAsync(`${PRINTER_PREFIX}/evt`, 'back', { qos: 1 });
  await next.messages.until(({ text }) => text === 'back');
  again.publish(`${PRINTER_PREFIX}/req`, 'welcome');
  await printer.messages.until(({ text }) => text === 'welcome');
  expect(printer.messages.entries.map(({ text }) => text)).toEqual(['welcome']);
});

const OPENSSL = ['/usr/bin/openssl', '/usr/local/bin/openssl'].find((file) => existsSync(file));
test.skipIf(!OPENSSL)(
  'SEC-01 with a certificate it speaks TLS only, and an unfinished handshake does not hold up the end',
  async () => {
    const folder = temporaryFolder(closing);
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const kind = [
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '1',
    ];
    execFileSync(OPENSSL ?? '', ['req', ...kind, ...name, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const { broker, record, secrets, place } = await open({
      tls: { key: readFileSync(key), cert: readFileSync(cert) },
    });
    expect(broker.url).toMatch(/^mqtts:/);
    const printer = await place(PRINTER, { ca: readFileSync(cert) });
    await printer.mqtt.publishAsync(`${PRINTER_PREFIX}/evt`, 'secret', { qos: 1 });
    await record.messages.until(({ text }) => text === 'secret');
    await expect(dial(broker.url.replace('mqtts', 'mqtt'), PRINTER, secrets.get(PRINTER))).rejects.toThrow();
    const silent = connectTcp(broker.port, '127.0.0.1');
    silent.on('error', () => {});
    await new Promise<void>((resolve) => silent.once('connect', resolve));
    await broker.close();
  },
);
