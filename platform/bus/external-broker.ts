import { Socket } from 'node:net';
import { connect, type MqttClient } from 'mqtt';
import { subscriptionsOf } from '../../contracts/access.ts';
import { parseTopic } from '../../contracts/topics.ts';
import type { Bus, BusListener } from './bus.ts';

export interface ExternalBrokerOptions {
  /** `mqtt://host:port` or `mqtts://host:port` */
  url: string;
  /** The platform's user name and client id. */
  name?: string;
  password: string;
  /** PEM texts: the authority that signed the broker's certificate, and our own certificate where the broker asks for one. */
  tls?: { ca?: string | Buffer; key?: string | Buffer; cert?: string | Buffer };
  listener: BusListener;
}

/**
 * The platform as a client of a broker that runs elsewhere (mosquitto, EMQX …), with MQTT 3.1.1. Returns at once: `up`
 * comes when all subscriptions stand, and as long as the broker can't be had it is tried again, after at most 10 s.
 *
 * Such a broker can't lead a refused message to quarantine; see `mosquitto.ts` for what else it can't do.
 * @throws RangeError where the address is none of MQTT
 */
export function openExternalBroker(options: ExternalBrokerOptions): Bus {
  const { url, name = 'platform', password, tls, listener } = options;
  if (!/^mqtts?:\/\/[^/]/.test(url))
    throw new RangeError(`broker address «${url}» must be mqtt://host:port, or mqtts://host:port for TLS`);
  let client: MqttClient;
  let up = false;
  let closed = false;
  let attempt = 0;
  let told: string | undefined;
  let retry: NodeJS.Timeout | undefined;

  /** Each attempt has a client of its own: a reconnecting one would send again what it kept, old commands included. */
  function start(): void {
    const mine = connect(url, {
      ...tls,
      protocolVersion: 4,
      clean: true,
      clientId: name,
      username: name,
      password,
      keepalive: 15,
      connectTimeout: 10_000,
      reconnectPeriod: 0,
      queueQoSZero: false,
    });
    client = mine;
    mine.on('error', (error) => lost(mine, error.message));
    mine.on('close', () => lost(mine, 'the broker closed the connection'));
    mine.on('connect', () => {
      // Else Nagle holds what we answer to a message behind its own ack, for 40 ms.
      if (mine.stream instanceof Socket) mine.stream.setNoDelay(true);
      subscribe(mine, name).then(
        () => {
          if (mine !== client || closed) return;
          up = true;
          attempt = 0;
          told = undefined;
          listener.up();
        },
        (error: Error) => lost(mine, error.message),
      );
    });
    mine.on('message', (topic, payload, packet) => {
      if (mine !== client || closed) return;
      // TOP-003: retained where the broker could not forbid it, so it may be of any age.
      if (packet.retain && parseTopic(topic)?.leaf !== 'state') return;
      listener.message(topic, payload);
    });
  }

  function lost(mine: MqttClient, reason: string): void {
    if (mine !== client || closed || retry) return;
    mine.end(true);
    up = false;
    retry = setTimeout(
      () => {
        retry = undefined;
        start();
      },
      Math.min(10_000, 250 * 2 ** attempt++),
    );
    if (told === reason) return;
    told = reason;
    listener.down(`broker ${url}: ${reason}`);
  }

  start();
  return {
    url,
    publish(topic, text) {
      if (up && !closed) client.publish(topic, text, { qos: 1 });
    },
    async close() {
      if (closed) return;
      closed = true;
      clearTimeout(retry);
      if (up) await endGently(client);
      client.end(true);
    },
  };
}

/** One filter a call: of a list, the client tells only that something in it was refused. */
async function subscribe(client: MqttClient, name: string): Promise<void> {
  for (const filter of subscriptionsOf({ role: 'platform', name })) {
    try {
      await client.subscribeAsync(filter, { qos: 1 });
    } catch (error) {
      throw new Error(`it does not grant «${filter}» to «${name}»: check its access list`, { cause: error });
    }
  }
}

/** Waits for the acks of what was sent, but not for a broker that is gone. */
function endGently(client: MqttClient): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(resolve, 2_000);
    client.end(false, {}, () => {
      clearTimeout(limit);
      resolve();
    });
  });
}
