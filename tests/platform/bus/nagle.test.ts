import { Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openEmbeddedBroker } from '../../../platform/bus/embedded-broker.ts';
import { openExternalBroker } from '../../../platform/bus/external-broker.ts';
import { bareBroker, onTcp } from './library.ts';
import { closer, dial, issue, recorder, temporaryFolder } from './support.ts';

// Nagle's algorithm and the delayed ack of the other end add 40 ms wherever one side of a line sends twice in a row.
// Ratios, not times: a slow machine is slow on both sides of them.
const PRINTER = 'dev.37010001.c1.printer';
const PREFIX = 'yz/1/dev/37010001/c1/printer';
const ROUNDS = 12;

const closing = closer();
afterEach(() => closing.close());

async function ourBroker() {
  const { credentials, secrets } = issue(temporaryFolder(closing), ['platform', PRINTER]);
  const broker = await openEmbeddedBroker({ port: 0, credentials, listener: recorder().listener });
  closing.add(() => broker.close());
  return { url: broker.url, secrets };
}

async function join(url: string, name: string, secret: string | undefined, filter: string) {
  const client = await dial(url, name, secret);
  closing.add(() => client.mqtt.end(true));
  await client.mqtt.subscribeAsync(filter, { qos: 1 });
  return client;
}

test('our broker answers without waiting for Nagle', async () => {
  async function took(url: string, secrets = new Map<string, string>()): Promise<number> {
    const platform = await join(url, 'platform', secrets.get('platform'), 'yz/1/dev/+/+/+/evt');
    const printer = await join(url, PRINTER, secrets.get(PRINTER), `${PREFIX}/req`);
    printer.mqtt.on('message', (_topic, payload) =>
      printer.mqtt.publish(`${PREFIX}/evt`, payload, { qos: 1 }),
    );
    const started = performance.now();
    for (let round = 0; round < ROUNDS; round++) {
      platform.mqtt.publish(`${PREFIX}/req`, `${round}`, { qos: 1 });
      await platform.messages.until(({ text }) => text === `${round}`);
    }
    return performance.now() - started;
  }
  const { url, secrets } = await ourBroker();
  const ours = await took(url, secrets);
  const waiting = await took(await onTcp(closing, await bareBroker(closing), false));
  expect(waiting / ours).toBeGreaterThan(4);
});

test('as a client, the platform answers without waiting for Nagle', async () => {
  const { url, secrets } = await ourBroker();
  const printer = await join(url, PRINTER, secrets.get(PRINTER), `${PREFIX}/req`);

  /** Rounds in which the platform publishes some time after a message, as it does when it has stored something first. */
  async function took(
    kind: string,
    answer: (text: string) => void,
    heard: (text: string) => Promise<unknown>,
  ) {
    const started = performance.now();
    for (let round = 0; round < ROUNDS; round++) {
      const text = `${kind} ${round}`;
      printer.mqtt.publish(`${PREFIX}/evt`, text, { qos: 1 });
      await heard(text);
      await new Promise(setImmediate);
      answer(text);
      await printer.messages.until((message) => message.text === text);
    }
    return performance.now() - started;
  }

  const record = recorder();
  const bus = openExternalBroker({ url, password: secrets.get('platform') ?? '', listener: record.listener });
  await record.events.until((event) => event === 'up');
  const ours = await took(
    'bus',
    (text) => bus.publish(`${PREFIX}/req`, text),
    (text) => record.messages.until((message) => message.text === text),
  );
  await bus.close();

  const plain = await join(url, 'platform', secrets.get('platform'), 'yz/1/dev/+/+/+/evt');
  if (plain.mqtt.stream instanceof Socket) plain.mqtt.stream.setNoDelay(false);
  const waiting = await took(
    'plain',
    (text) => plain.mqtt.publish(`${PREFIX}/req`, text, { qos: 1 }),
    (text) => plain.messages.until((message) => message.text === text),
  );
  expect(waiting / ours).toBeGreaterThan(4);
});
