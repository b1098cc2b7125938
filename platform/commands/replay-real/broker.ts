import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import type { BusListener } from '../../bus/bus.ts';
import { loadCredentials } from '../../bus/credentials.ts';
import { type EmbeddedBroker, openEmbeddedBroker } from '../../bus/embedded-broker.ts';

/** The broker between everybody, which can be taken away and comes back on the same port. */
export interface Broker {
  readonly url: string;
  secretOf(name: string): string;
  publish(topic: string, text: string): void;
  /** Cuts the place's connection: its will follows, and it connects again. */
  drop(name: string): void;
  /** A second program under the place's name throws it out and goes. */
  kick(name: string): Promise<void>;
  isUp(): boolean;
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/** @param listener hears everything that the places say, in the platform's stead */
export async function openBroker(folder: string, listener: BusListener): Promise<Broker> {
  const credentials = loadCredentials(join(folder, 'credentials.json'));
  const secrets = new Map<string, string>();
  let broker: EmbeddedBroker | undefined = await openEmbeddedBroker({ port: 0, credentials, listener });
  const { port, url } = broker;
  const secretOf = (name: string) => {
    const secret = secrets.get(name) ?? credentials.issueCredential(name);
    secrets.set(name, secret);
    return secret;
  };
  const down = async () => {
    const gone = broker;
    broker = undefined;
    await gone?.close();
  };
  return {
    url,
    secretOf,
    publish: (topic, text) => broker?.publish(topic, text),
    drop: (name) => broker?.dropClient(name),
    async kick(name) {
      const second = await connectAsync(url, {
        protocolVersion: 4,
        clean: true,
        clientId: name,
        username: name,
        password: secretOf(name),
        reconnectPeriod: 0,
      });
      await second.endAsync(true);
    },
    isUp: () => broker !== undefined,
    down,
    async up() {
      broker ??= await openEmbeddedBroker({ port, credentials, listener });
    },
    close: down,
  };
}
