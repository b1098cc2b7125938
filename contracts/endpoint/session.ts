import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { type MqttClient, connect as mqttConnect } from 'mqtt';
import { BEAT_EVERY } from '../state.ts';
import { nameOf, type Place, TIME_TOPIC, topicOf } from '../topics.ts';
import type { ConnectOptions } from './connect.ts';
import type { Endpoint } from './endpoint.ts';

/** How long `close` waits for the broker's acknowledgement of the death, in ms. */
const PATIENCE = 2_000;

/** One MQTT connection of a place. */
export interface Session {
  publish(topic: string, text: string, retain: boolean): void;
  online(): boolean;
  end(): Promise<void>;
}

export interface SessionEvents {
  /** Subscribed, and the birth is said. */
  born(): void;
  /** It has lasted for a beat. */
  settled(): void;
  /** Once. `refused`: the broker knows no such name or password. */
  over(trouble: string, refused: boolean): void;
}

/** One connection with one epoch and one client object: nothing of it can be taken for something of the next one. */
export function openSession(
  { place, url, password, tls }: Pick<ConnectOptions, 'place' | 'url' | 'password' | 'tls'>,
  endpoint: Endpoint,
  events: SessionEvents,
): Session {
  const name = nameOf(place);
  const epoch = randomUUID();
  const will = endpoint.will(epoch);
  const client = mqttConnect(url, {
    ...tls,
    protocolVersion: 4,
    clean: true, // TOP-006
    clientId: name, // TOP-005
    username: name,
    password,
    keepalive: 15,
    connectTimeout: 10_000,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    will: { topic: will.topic, payload: Buffer.from(will.text), qos: 1, retain: true },
  });
  const early: [string, Uint8Array][] = [];
  let beating: NodeJS.Timeout | undefined;
  let online = false;
  let isOver = false;
  let trouble = 'the connection was closed';
  let refused = false;

  const over = () => {
    if (isOver) return;
    isOver = true;
    online = false;
    clearInterval(beating);
    endpoint.disconnected();
    events.over(trouble, refused);
  };
  const fail = (error: Error & { code?: unknown; reason?: string }) => {
    // Of TLS: «certificate required» instead of where in OpenSSL that was found.
    trouble = error.reason || error.message || String(error.code);
    refused = error.code === 4 || error.code === 5;
    client.end(true);
    over();
  };

  client.on('error', fail);
  client.on('close', over);
  client.on('message', (topic, payload, packet) => {
    // TOP-003: outside of `state` a retained message is an old one, whoever left it there.
    if (packet.retain) return;
    // A request may follow the subscription at its heels; the birth has to be said first (STA-001).
    if (online) endpoint.message(topic, payload);
    else early.push([topic, payload]);
  });
  client.on('connect', () => {
    // Nagle would hold a reply back behind the acknowledgement of its request: 40 ms a message.
    if (client.stream instanceof Socket) client.stream.setNoDelay(true);
    subscribeBoth(client, place)
      .then(() => {
        if (isOver) return;
        online = true;
        endpoint.connected(epoch);
        beating = setInterval(() => {
          endpoint.beat(); // STA-005
          events.settled();
        }, BEAT_EVERY).unref();
        events.born();
        for (const [topic, payload] of early.splice(0)) endpoint.message(topic, payload);
      })
      .catch(fail);
  });

  return {
    publish(topic, text, retain) {
      // What a broken connection swallows is healed by repeats and inquiries, so the callback has nothing to do.
      client.publish(topic, text, { qos: 1, retain }, () => {});
    },
    online: () => online,
    async end() {
      clearInterval(beating);
      const force = setTimeout(() => client.end(true), PATIENCE);
      if (online) endpoint.death();
      online = false;
      // Without force it waits for the acknowledgement of the death before it disconnects (STA-003).
      await new Promise<void>((resolve) => {
        client.once('close', () => resolve());
        client.end(!client.connected, {}, () => resolve());
      });
      clearTimeout(force);
    },
  };
}

/** One filter a call: where one of a list is denied, mqtt.js rejects them all without saying which. */
async function subscribeBoth(client: MqttClient, place: Place): Promise<void> {
  await client.subscribeAsync(TIME_TOPIC, { qos: 1 });
  await client.subscribeAsync(topicOf(place, 'req'), { qos: 1 });
}
