import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { openEmbeddedBroker } from '../../../platform/bus/embedded-broker.ts';
import { openExternalBroker } from '../../../platform/bus/external-broker.ts';
import { bareBroker, onTcp } from './library.ts';
import {
  closer,
  dial,
  freePort,
  issue,
  MOSQUITTO,
  recorder,
  startMosquitto,
  temporaryFolder,
} from './support.ts';

const PRINTER = 'dev.37010001.c1.printer';
const PREFIX = 'yz/1/dev/37010001/c1/printer';

const closing = closer();
afterEach(() => closing.close());

/** Both kinds of broker, as something that can be started on a port and stopped. */
const KINDS = {
  'our own broker': {
    there: true,
    async start(port: number, { credentials }: ReturnType<typeof issue>) {
      const broker = await openEmbeddedBroker({ port, credentials, listener: recorder().listener });
      return () => broker.close();
    },
  },
  mosquitto: {
    there: MOSQUITTO !== undefined,
    async start(port: number, { secrets }: ReturnType<typeof issue>, folder: string) {
      const broker = await startMosquitto(folder, secrets, port);
      return broker.stop;
    },
  },
};

for (const [kind, { there, start }] of Object.entries(KINDS))
  describe.skipIf(!there)(
    there ? kind : `${kind} (skipped: not installed; apt-get install mosquitto)`,
    () => {
      async function setting() {
        const folder = temporaryFolder(closing);
        const issued = issue(folder, ['platform', PRINTER]);
        const port = await freePort();
        const url = `mqtt://127.0.0.1:${port}`;
        const startBroker = async () => {
          const stop = await start(port, issued, folder);
          closing.add(stop);
          return stop;
        };
        const join = (more: { name?: string; password?: string } = {}) => {
          const record = recorder();
          const password = issued.secrets.get('platform') ?? '';
          const bus = openExternalBroker({ url, password, listener: record.listener, ...more });
          closing.add(() => bus.close());
          return { bus, record };
        };
        const place = async () => {
          const client = await dial(url, PRINTER, issued.secrets.get(PRINTER));
          closing.add(() => client.mqtt.end(true));
          await client.mqtt.subscribeAsync(`${PREFIX}/req`, { qos: 1 });
          return client;
        };
        return { startBroker, join, place, secrets: issued.secrets };
      }
      const isUp = (event: string) => event === 'up';

      test('messages go both ways, in order, a burst of 10,000 too', async () => {
        const { startBroker, join, place } = await setting();
        await startBroker();
        const { bus, record } = join();
        await record.events.until(isUp);
        const printer = await place();
        const texts = Array.from({ length: 10_000 }, (_, index) => `${index}`);
        for (const text of texts) bus.publish(`${PREFIX}/req`, text);
        for (const text of texts) printer.mqtt.publish(`${PREFIX}/evt`, text, { qos: 1 });
        await Promise.all([
          record.messages.until(({ text }) => text === '9999'),
          printer.messages.until(({ text }) => text === '9999'),
        ]);
        expect(record.messages.entries.map(({ text }) => text)).toEqual(texts);
        expect(printer.messages.entries.map(({ text }) => text)).toEqual(texts);
        expect(record.events.entries).toEqual(['up']);
      });

      test('a broker that is not there is told once and waited for; one that goes and comes back, too', async () => {
        const { startBroker, join, place } = await setting();
        const { bus, record } = join();
        await record.events.until((event) => /down: .*ECONNREFUSED/.test(event));
        const stop = await startBroker();
        await record.events.until(isUp);
        await stop();
        await record.events.until((event) => event.startsWith('down') && !event.includes('ECONNREFUSED'));
        // Dropped, not queued: it would be an old command when the broker is back.
        bus.publish(`${PREFIX}/req`, 'old');
        const before = record.events.entries.filter(isUp).length;
        await startBroker();
        const printer = await place();
        await record.events.until(
          (event) => isUp(event) && record.events.entries.filter(isUp).length > before,
        );
        bus.publish(`${PREFIX}/req`, 'new');
        await printer.messages.until(({ text }) => text === 'new');
        expect(printer.messages.entries.map(({ text }) => text)).toEqual(['new']);
        const refusals = record.events.entries.slice(0, record.events.entries.indexOf('up'));
        expect(refusals).toHaveLength(1);
      });

      test('a wrong secret is told as such', async () => {
        const { startBroker, join } = await setting();
        await startBroker();
        const { record } = join({ password: 'wrong' });
        expect(await record.events.until(() => true)).toMatch(/down: broker mqtt:.*Not authorized/);
      });

      test('after close nothing is told, heard or sent', async () => {
        const { startBroker, join, place } = await setting();
        await startBroker();
        const { bus, record } = join();
        await record.events.until(isUp);
        const printer = await place();
        bus.publish(`${PREFIX}/req`, 'last');
        await bus.close();
        bus.publish(`${PREFIX}/req`, 'too late');
        await printer.mqtt.publishAsync(`${PREFIX}/evt`, 'unheard', { qos: 1 });
        await printer.messages.until(({ text }) => text === 'last');
        expect(printer.messages.entries).toHaveLength(1);
        expect(record.events.entries).toEqual(['up']);
        expect(record.messages.entries).toEqual([]);
      });
    },
  );

test('a subscription that is not granted is told with the filter: without it the platform would be deaf', async () => {
  const { credentials, secrets } = issue(temporaryFolder(closing), [PRINTER]);
  const broker = await openEmbeddedBroker({ port: 0, credentials, listener: recorder().listener });
  closing.add(() => broker.close());
  const record = recorder();
  const password = secrets.get(PRINTER) ?? '';
  const bus = openExternalBroker({ url: broker.url, name: PRINTER, password, listener: record.listener });
  closing.add(() => bus.close());
  expect(await record.events.until(() => true)).toMatch(
    new RegExp(`down: .*does not grant «yz/1/.*» to «${PRINTER}»: check its access list`),
  );
});

test('a reason that stays the same is told once, however often it is tried again', async () => {
  let attempts = 0;
  const server = createServer((socket) => {
    attempts++;
    socket.destroy();
    if (attempts === 3) server.emit('tried');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.add(() => server.close());
  const tried = new Promise((resolve) => server.once('tried', resolve));
  const { port } = server.address() as { port: number };
  const record = recorder();
  const bus = openExternalBroker({
    url: `mqtt://127.0.0.1:${port}`,
    password: '',
    listener: record.listener,
  });
  closing.add(() => bus.close());
  await tried;
  expect(record.events.entries).toHaveLength(1);
});

test('TOP-003 of what a broker retained only states are heard', async () => {
  const url = await onTcp(closing, await bareBroker(closing), true);
  const place = await dial(url, PRINTER, undefined);
  closing.add(() => place.mqtt.end(true));
  for (const leaf of ['rep', 'evt', 'state'])
    await place.mqtt.publishAsync(`${PREFIX}/${leaf}`, 'old', { qos: 1, retain: true });
  const record = recorder();
  const bus = openExternalBroker({ url, password: '', listener: record.listener });
  closing.add(() => bus.close());
  await record.messages.until(({ topic }) => topic === `${PREFIX}/state`);
  await record.events.until((event) => event === 'up');
  await place.mqtt.publishAsync(`${PREFIX}/evt`, 'new', { qos: 1 });
  await record.messages.until(({ text }) => text === 'new');
  expect(record.messages.entries).toEqual([
    { topic: `${PREFIX}/state`, text: 'old' },
    { topic: `${PREFIX}/evt`, text: 'new' },
  ]);
});

test('an address that is none is told with what is allowed', () => {
  for (const url of ['', 'localhost:1883', 'http://broker', 'mqtt://'])
    expect(() => openExternalBroker({ url, password: '', listener: recorder().listener })).toThrow(
      /must be mqtt:\/\/host:port, or mqtts/,
    );
});
