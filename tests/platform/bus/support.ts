import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { BusListener } from '../../../platform/bus/bus.ts';
import { type Credentials, loadCredentials } from '../../../platform/bus/credentials.ts';
import { type MosquittoFilesOptions, mosquittoFiles } from '../../../platform/bus/mosquitto.ts';

/** What must be closed after a test, last opened first. */
export function closer(): { add(close: () => unknown): void; close(): Promise<void> } {
  const open: (() => unknown)[] = [];
  return {
    add: (close) => open.push(close),
    async close() {
      for (const close of open.splice(0).reverse()) await close();
    },
  };
}

/** A folder that is gone after the test. */
export function temporaryFolder(closing: ReturnType<typeof closer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-bus-'));
  closing.add(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function issue(
  folder: string,
  names: readonly string[],
): { credentials: Credentials; secrets: Map<string, string> } {
  const credentials = loadCredentials(join(folder, 'credentials.json'));
  return { credentials, secrets: new Map(names.map((name) => [name, credentials.issueCredential(name)])) };
}

/** Something that happens and can be waited for: no sleeps, the test's time-out is the limit. */
export function journal<Entry>(): {
  entries: Entry[];
  push(entry: Entry): void;
  /** The first entry that fits, seen already or still to come. */
  until(fits: (entry: Entry) => boolean): Promise<Entry>;
} {
  const entries: Entry[] = [];
  const waiting = new Set<(entry: Entry) => void>();
  return {
    entries,
    push(entry) {
      entries.push(entry);
      for (const look of waiting) look(entry);
    },
    until(fits) {
      const found = entries.find(fits);
      if (found !== undefined) return Promise.resolve(found);
      return new Promise((resolve) => {
        const look = (entry: Entry) => {
          if (!fits(entry)) return;
          waiting.delete(look);
          resolve(entry);
        };
        waiting.add(look);
      });
    },
  };
}

export interface Heard {
  topic: string;
  text: string;
}

/** A listener that notes everything. */
export function recorder() {
  const messages = journal<Heard>();
  const events = journal<string>();
  const denials = journal<{ who: string; what: string }>();
  const listener: BusListener = {
    message: (topic, payload) => messages.push({ topic, text: Buffer.from(payload).toString() }),
    up: () => events.push('up'),
    down: (reason) => events.push(`down: ${reason}`),
    denied: (who, what) => denials.push({ who, what }),
  };
  return { listener, messages, events, denials };
}

export interface TestClient {
  mqtt: MqttClient;
  messages: ReturnType<typeof journal<Heard & { retain: boolean; dup: boolean }>>;
  /** Cuts the line without a word: the will follows. */
  cut(): Promise<void>;
}

/** A connected client as a partner would write it; rejects where it is refused. */
export function dial(
  url: string,
  name: string,
  password: string | undefined,
  options: IClientOptions = {},
): Promise<TestClient> {
  const mqtt = connect(url, {
    clientId: name,
    username: name,
    ...(password === undefined ? {} : { password }),
    reconnectPeriod: 0,
    protocolVersion: 4,
    ...options,
  });
  const messages: TestClient['messages'] = journal();
  mqtt.on('message', (topic, payload, { retain, dup }) =>
    messages.push({ topic, text: payload.toString(), retain, dup }),
  );
  const cut = () =>
    new Promise<void>((resolve) => {
      if (mqtt.stream.destroyed) return resolve();
      mqtt.stream.once('close', resolve);
      mqtt.stream.destroy();
    });
  return new Promise((resolve, reject) => {
    mqtt.once('connect', () => {
      if (mqtt.stream instanceof Socket) mqtt.stream.setNoDelay(true);
      resolve({ mqtt, messages, cut });
    });
    mqtt.on('error', reject);
    mqtt.once('close', () => reject(new Error('closed before it was connected')));
  });
}

export const MOSQUITTO = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto', '/usr/local/sbin/mosquitto'].find(
  (file) => existsSync(file),
);

/** mosquitto on the files that we generate, on a port of its own; resolves when it listens. */
export async function startMosquitto(
  folder: string,
  secrets: ReadonlyMap<string, string>,
  port?: number,
  tls?: MosquittoFilesOptions['tls'],
): Promise<{ url: string; port: number; stop(): Promise<void> }> {
  if (!MOSQUITTO) throw new Error('mosquitto is not installed: apt-get install mosquitto');
  const chosen = port ?? (await freePort());
  const conf = mosquittoFiles({ credentials: secrets, folder, port: chosen, ...(tls ? { tls } : {}) });
  lendToMosquitto(folder);
  const child = spawn(MOSQUITTO, ['-c', conf], { stdio: ['ignore', 'ignore', 'pipe'] });
  await running(child);
  return {
    url: `${tls ? 'mqtts' : 'mqtt'}://127.0.0.1:${chosen}`,
    port: chosen,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

/** Started by root, mosquitto becomes its own user before it reads the lists. */
function lendToMosquitto(folder: string): void {
  if (process.getuid?.() !== 0) return;
  const [, , uid, gid] =
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((line) => line.startsWith('mosquitto:'))
      ?.split(':') ?? [];
  if (uid === undefined || gid === undefined) return;
  chmodSync(folder, 0o700);
  chownSync(folder, Number(uid), Number(gid));
  for (const file of readdirSync(folder)) chownSync(join(folder, file), Number(uid), Number(gid));
}

function running(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk;
      if (/mosquitto version .* running/.test(said)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`mosquitto ended with ${code}: ${said}`)));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
