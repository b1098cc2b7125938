import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encode } from '../../../contracts/envelope.ts';
import { topicOf } from '../../../contracts/topics.ts';
import type { BusListener } from '../../bus/bus.ts';
import { loadCredentials } from '../../bus/credentials.ts';
import { openEmbeddedBroker } from '../../bus/embedded-broker.ts';
import { realClock } from '../../service/clock.ts';
import { openPlatform } from '../../service/service.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import { NAMES, PLACES, payment, preparation } from './network.ts';

const IN_FLIGHT = 64;

/** What one measurement gave: how many a second, and how long each took (ms). */
export interface Rate {
  perSecond: number;
  p50: number;
  p99: number;
}

export async function openBench(listener: BusListener, folder: string, echo: boolean) {
  const credentials = loadCredentials(join(folder, 'credentials.json'));
  const secrets = NAMES.map((name) => credentials.issueCredential(name));
  const broker = await openEmbeddedBroker({ port: 0, credentials, listener });
  const peer = fork(fileURLToPath(new URL('./peer.js', import.meta.url)));
  peer.send({ url: broker.url, secrets, echo });
  await once(peer, 'message');
  return {
    broker,
    async close() {
      peer.kill();
      await once(peer, 'exit');
    },
  };
}

/** Keeps {@link IN_FLIGHT} of `one` under way until `count` are done. */
export async function load(count: number, one: (n: number) => Promise<void>): Promise<Rate> {
  const times: number[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const begun = performance.now();
      await one(next++);
      times.push(performance.now() - begun);
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  const seconds = (performance.now() - begun) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? 0;
  return { perSecond: count / seconds, p50: at(0.5), p99: at(0.99) };
}

/** Bare request/reply round trips through the same broker, with a payload of a payment's size. */
export async function measureRoundTrips(count: number): Promise<Rate> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-bench-'));
  const waiting: (() => void)[] = [];
  const listener: BusListener = {
    message(topic) {
      if (topic.endsWith('/rep')) waiting.shift()?.();
    },
    up: () => {},
    down: () => {},
  };
  const bench = await openBench(listener, folder, true);
  const data = { account: '13808001234', amountFen: 5000 };
  const id = '01JABCDEFGHJKMNPQRSTVWXYZ0.1';
  const time = Date.now();
  const text = encode({
    id,
    source: 'platform',
    type: 'yizhan.carrier.perform',
    time,
    correlation: id,
    key: id,
    expiry: time,
    attempt: 1,
    data,
  });
  const topics = PLACES.map((place) => topicOf(place, 'req'));
  const one = (n: number) =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      bench.broker.publish(topics[n % topics.length] ?? '', text);
    });
  try {
    await load(2_000, one);
    return await load(count, one);
  } finally {
    await bench.close();
    await bench.broker.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A platform on its own folder with its broker and the peer, ready for payments. */
export async function openPaying() {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-bench-'));
  const store = await openSqliteStore(folder);
  const platform = await openPlatform({
    store,
    clock: realClock(),
    onFatal: (error) => {
      throw error;
    },
  });
  const bench = await openBench(platform.listener, folder, false);
  platform.connect(bench.broker);
  const command = async ({ who, command: asked }: ReturnType<typeof payment>) => {
    const reply = await platform.command(who, asked);
    if (!reply.ok) throw new Error(`${asked.type} was refused: ${reply.code}`);
  };
  for (const asked of preparation()) await command(asked);
  // Births are welcomed together, a moment after they came.
  while ((await platform.read((state) => state.presence.size)) < PLACES.length) await platform.nextChange();
  return {
    platform,
    command,
    async close() {
      await bench.close();
      await platform.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whole payments: order in, hold, carrier, capture, receipt printed; every step durable. */
export async function measurePayments(count: number): Promise<Rate & { recordsPerBlock: number }> {
  const { platform, command, close } = await openPaying();
  const printed = new Map<string, () => void>();
  const unsubscribe = platform.subscribe(undefined, ({ order }) => {
    const done = order !== undefined && platform.isPrinted(order) && printed.get(order);
    if (!done) return;
    printed.delete(order);
    // The state runs ahead of the disk: done is what is durable.
    void platform.read(() => undefined).then(done);
  });
  const one = async (n: number) => {
    const asked = payment(n);
    if (asked.command.type !== 'pay') return;
    const { id } = asked.command;
    const done = new Promise<void>((resolve) => printed.set(id, resolve));
    await command(asked);
    await done;
  };
  try {
    await load(2_000, one);
    const before = platform.counters();
    const rate = await load(count, one);
    const after = platform.counters();
    const recordsPerBlock =
      ((after.records ?? 0) - (before.records ?? 0)) / ((after.blocks ?? 0) - (before.blocks ?? 0));
    return { ...rate, recordsPerBlock };
  } finally {
    unsubscribe();
    await close();
  }
}
