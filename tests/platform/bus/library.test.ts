import { afterEach, describe, expect, test } from 'vitest';
import { bareBroker, inMemory, once, onTcp } from './library.ts';
import { closer, dial, type TestClient } from './support.ts';

// What aedes 1.2 and MQTT.js do by themselves, and the design answers. If one of these fails after an update, the answer
// may have become needless, or no longer enough.
const closing = closer();
afterEach(() => closing.close());

const WILL = { topic: 'state', payload: Buffer.from('death'), qos: 1 as const, retain: false };

async function listening(broker: Parameters<typeof inMemory>[1], filter = '#'): Promise<TestClient> {
  const ear = inMemory(closing, broker, 'ear');
  await once(ear.mqtt, 'connect');
  await ear.mqtt.subscribeAsync(filter, { qos: 1 });
  return ear;
}

describe('wills', () => {
  test('STA-004 a will overtakes the acknowledged birth before it', async () => {
    const broker = await bareBroker(closing);
    const ear = await listening(broker);
    const place = inMemory(closing, broker, 'place', { will: WILL });
    await once(place.mqtt, 'connect');
    place.mqtt.publish('state', 'birth', { qos: 1 }, () => place.mqtt.stream.destroy());
    await ear.messages.until(({ text }) => text === 'birth');
    expect(ear.messages.entries.map(({ text }) => text)).toEqual(['death', 'birth']);
  });

  test('STA-003 a clean disconnect discards the will', async () => {
    const broker = await bareBroker(closing);
    const ear = await listening(broker);
    const place = inMemory(closing, broker, 'place', { will: WILL });
    await once(place.mqtt, 'connect');
    const gone = new Promise((resolve) => broker.once('clientDisconnect', resolve));
    await place.mqtt.endAsync();
    await gone;
    await ear.mqtt.publishAsync('end', 'end', { qos: 1 });
    await ear.messages.until(({ text }) => text === 'end');
    expect(ear.messages.entries.map(({ text }) => text)).toEqual(['end']);
  });

  test('STA-004 a takeover fires the will of the session it ends, with the next one live', async () => {
    const broker = await bareBroker(closing);
    const ear = await listening(broker);
    await once(inMemory(closing, broker, 'place', { will: WILL }).mqtt, 'connect');
    const next = inMemory(closing, broker, 'place');
    await once(next.mqtt, 'connect');
    await ear.messages.until(({ text }) => text === 'death');
    expect(next.mqtt.connected).toBe(true);
  });
});

describe('refusals', () => {
  test('a publish refused by an error is not acked and cuts the line: why we lead it to quarantine', async () => {
    const broker = await bareBroker(closing, {
      authorizePublish: (_client, packet, done) => done(packet.topic === 'bad' ? new Error('no') : null),
    });
    const place = inMemory(closing, broker, 'place');
    await once(place.mqtt, 'connect');
    let acked = false;
    place.mqtt.publish('bad', 'x', { qos: 1 }, (error) => {
      acked = !error;
    });
    await once(place.mqtt, 'close');
    expect(acked).toBe(false);
  });

  test('a reconnecting client sends a refused publish again, for ever', async () => {
    let denials = 0;
    let enough: () => void;
    const seen = new Promise<void>((resolve) => {
      enough = resolve;
    });
    const broker = await bareBroker(closing, {
      authorizePublish(_client, _packet, done) {
        if (++denials === 5) enough();
        done(new Error('no'));
      },
    });
    const place = inMemory(closing, broker, 'place', { reconnectPeriod: 1 });
    await once(place.mqtt, 'connect');
    place.mqtt.publish('bad', 'x', { qos: 1 });
    await seen;
  });

  test('one denied filter in a list makes the client reject the whole call, though the others are granted', async () => {
    const broker = await bareBroker(closing, {
      authorizeSubscribe: (_client, subscription, done) =>
        done(null, subscription.topic === 'denied' ? null : subscription),
    });
    const place = inMemory(closing, broker, 'place');
    await once(place.mqtt, 'connect');
    await expect(place.mqtt.subscribeAsync(['granted', 'denied'], { qos: 1 })).rejects.toThrow();
    expect(place.mqtt.connected).toBe(true);
    await place.mqtt.publishAsync('granted', 'x', { qos: 1 });
    await place.messages.until(({ topic }) => topic === 'granted');
  });

  test('a shared subscription is granted and delivers nothing', async () => {
    const broker = await bareBroker(closing);
    const place = await listening(broker, 'end');
    const [grant] = await place.mqtt.subscribeAsync('$share/group/work', { qos: 1 });
    expect(grant?.qos).toBe(1);
    await place.mqtt.publishAsync('work', 'x', { qos: 1 });
    await place.mqtt.publishAsync('end', 'end', { qos: 1 });
    await place.messages.until(({ text }) => text === 'end');
    expect(place.messages.entries).toHaveLength(1);
  });

  test('MQTT 5 is refused', async () => {
    const broker = await bareBroker(closing);
    const url = await onTcp(closing, broker, true);
    await expect(dial(url, 'place', undefined, { protocolVersion: 5 })).rejects.toThrow(/protocol version/i);
  });
});

describe('delivery', () => {
  test('TOP-006 what a kept session missed is replayed to it, however old', async () => {
    const broker = await bareBroker(closing);
    const place = inMemory(closing, broker, 'place', { clean: false });
    await once(place.mqtt, 'connect');
    await place.mqtt.subscribeAsync('req', { qos: 1 });
    await place.mqtt.endAsync();
    await new Promise((resolve) =>
      broker.publish(
        { cmd: 'publish', topic: 'req', payload: 'yesterday', qos: 1, retain: false, dup: false },
        resolve,
      ),
    );
    const next = inMemory(closing, broker, 'place', { clean: false });
    expect((await next.messages.until(() => true)).text).toBe('yesterday');
  });

  test('ENV-008 a second delivery does not carry the DUP flag', async () => {
    const broker = await bareBroker(closing);
    const place = inMemory(closing, broker, 'place', { clean: false });
    await once(place.mqtt, 'connect');
    await place.mqtt.subscribeAsync('req', { qos: 1 });
    // Takes the message and never acks it.
    const taken = new Promise<void>((resolve) => {
      place.mqtt.handleMessage = () => resolve();
    });
    broker.publish(
      { cmd: 'publish', topic: 'req', payload: 'x', qos: 1, retain: false, dup: false },
      () => {},
    );
    await taken;
    await place.cut();
    const next = inMemory(closing, broker, 'place', { clean: false });
    expect(await next.messages.until(() => true)).toMatchObject({ text: 'x', dup: false });
  });

  test('ENV-008 a publish that nobody receives is acked all the same', async () => {
    const broker = await bareBroker(closing);
    const place = inMemory(closing, broker, 'place');
    await once(place.mqtt, 'connect');
    await expect(place.mqtt.publishAsync('nobody', 'x', { qos: 1 })).resolves.toBeDefined();
  });

  test('a publish cut off before its ack tells nothing until its client is ended: nothing may wait for it', async () => {
    const broker = await bareBroker(closing);
    const place = inMemory(closing, broker, 'place');
    await once(place.mqtt, 'connect');
    let told: unknown = 'nothing';
    place.mqtt.publish('evt', 'x', { qos: 1 }, (error) => {
      told = error;
    });
    await place.cut();
    expect(told).toBe('nothing');
    await place.mqtt.endAsync(true);
    expect(told).toBeInstanceOf(Error);
  });
});
