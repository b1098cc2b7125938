import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bus, BusListener } from '../../platform/bus/bus.ts';
import { type Credentials, loadCredentials } from '../../platform/bus/credentials.ts';
import { openEmbeddedBroker } from '../../platform/bus/embedded-broker.ts';
import { openExternalBroker } from '../../platform/bus/external-broker.ts';
import { startMosquitto } from '../platform/bus/support.ts';

export interface Sent {
  topic: string;
  text: string;
}

/** A broker that can be taken away and brought back on the same port. */
export interface Link {
  readonly url: string;
  /** The platform's bus at present. */
  bus(): Bus;
  secretOf(name: string): string;
  /** From this very call on nothing passes in either direction; resolves when the broker is gone. */
  cut(): Promise<void>;
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export type OpenLink = (names: readonly string[], listener: BusListener) => Promise<Link>;

const issued = (credentials: Credentials, names: readonly string[]) =>
  new Map(names.map((name) => [name, credentials.issueCredential(name)]));

/** The broker in the platform's own process. */
export const embedded =
  (folder: string): OpenLink =>
  async (names, listener) => {
    const credentials = loadCredentials(join(folder, 'credentials.json'));
    const secrets = issued(credentials, names);
    let broker = await openEmbeddedBroker({ port: 0, credentials, listener });
    const { port, url } = broker;
    return {
      url,
      bus: () => broker,
      secretOf: (name) => secrets.get(name) ?? '',
      cut: () => broker.close(),
      async reopen() {
        broker = await openEmbeddedBroker({ port, credentials, listener });
      },
      close: () => broker.close(),
    };
  };

/** mosquitto with the files that are generated for it, and the platform as its client. */
export const mosquitto =
  (folder: string): OpenLink =>
  async (names, listener) => {
    // Not below the other folder: mosquitto runs as a user of its own, which could not enter that.
    const files = mkdtempSync(join(tmpdir(), 'yizhan-mosquitto-'));
    const credentials = loadCredentials(join(folder, 'credentials.json'));
    const secrets = issued(credentials, ['platform', ...names]);
    let broker = await startMosquitto(files, secrets);
    let isCut = false;
    let up = () => {};
    const gates: BusListener = {
      message(topic, payload) {
        if (!isCut) listener.message(topic, payload);
      },
      up() {
        listener.up();
        up();
      },
      down: listener.down,
    };
    const nextUp = () =>
      new Promise<void>((resolve) => {
        up = resolve;
      });
    const first = nextUp();
    const bus = openExternalBroker({
      url: broker.url,
      password: secrets.get('platform') ?? '',
      listener: gates,
    });
    await first;
    const { url, port } = broker;
    return {
      url,
      bus: () => ({ ...bus, publish: (topic, text) => isCut || bus.publish(topic, text) }),
      secretOf: (name) => secrets.get(name) ?? '',
      cut() {
        isCut = true;
        return broker.stop();
      },
      async reopen() {
        const again = nextUp();
        broker = await startMosquitto(files, secrets, port);
        isCut = false;
        await again;
      },
      async close() {
        await bus.close();
        await broker.stop();
        rmSync(files, { recursive: true, force: true });
      },
    };
  };
