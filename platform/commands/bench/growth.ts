import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from '../../../contracts/envelope.ts';
import { nameOf, parseTopic } from '../../../contracts/topics.ts';
import { addDays, recover } from '../../runtime/recover.ts';
import { createRuntime, type Runtime } from '../../runtime/runtime.ts';
import { realClock } from '../../service/clock.ts';
import { openPlatform, sha256 } from '../../service/service.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import type { Store } from '../../store/store.ts';
import { answersTo } from './answer.ts';
import { birthOf, PLACES, payment, preparation, SYSTEM } from './network.ts';

const IN_FLIGHT = 64;
/** A business day of the bench: so many orders stay in memory, two days long, whatever stands on the disk. */
const DAY_ORDERS = 10_000;

/** A platform without a bus: its requests are answered at once, everything else is the real path down to the disk. */
interface Direct {
  runtime: Runtime;
  store: Store;
  /** Makes so many payments, cutting the day every {@link DAY_ORDERS}; resolves with the wall time in ms. */
  pay(count: number): Promise<number>;
}

async function openDirect(folder: string): Promise<Direct> {
  const store = await openSqliteStore(folder);
  const recovered = recover(await store.kept(), sha256);
  const { state } = recovered;
  addDays(state, await store.ordersOfDays([state.previousDate, state.businessDate].filter(Boolean)));
  let made = 0;
  const fail = (error: Error) => {
    throw error;
  };
  const runtime = createRuntime(recovered, {
    now: () => Date.now(),
    setAlarm: () => {},
    append: (block) => void store.append(block).then(() => runtime.durable(), fail),
    load: (ids) => void store.load(ids).then((rows) => runtime.loaded(rows), fail),
    publish(topic, text) {
      const place = parseTopic(topic)?.place;
      if (!place) return;
      for (const answer of answersTo(nameOf(place), text)) {
        const read = decode(answer);
        if (read.ok) runtime.input({ kind: 'message', place, leaf: 'rep', envelope: read.envelope });
      }
    },
    changed: () => {},
    alert: () => {},
    marked: () => {},
    fatal: fail,
    hash: sha256,
  });
  const command = (asked: ReturnType<typeof payment>) =>
    new Promise<void>((resolve, reject) =>
      runtime.command(asked.who, asked.command, (reply) =>
        reply.ok ? resolve() : reject(new Error(reply.code)),
      ),
    );
  runtime.input({ kind: 'started', epoch: 'bench' });
  for (const place of PLACES) runtime.input({ kind: 'presence', change: birthOf(place) });
  for (const asked of preparation()) await command(asked);
  return {
    runtime,
    store,
    async pay(count) {
      const begun = performance.now();
      let left = count;
      const worker = async () => {
        while (left-- > 0) {
          const n = ++made;
          await command(payment(n));
          if (n % DAY_ORDERS === 0) await command({ who: SYSTEM, command: { type: 'cutDay' } });
        }
      };
      await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
      await new Promise<void>((resolve) => runtime.read(() => undefined, resolve));
      return performance.now() - begun;
    },
  };
}

export interface Growth {
  small: number;
  large: number;
  /** Wall time a payment, ms. */
  smallMs: number;
  largeMs: number;
  growthRatio: number;
  /** Reopening the large store: the whole recovery, ms. */
  restartMs: number;
  fillSeconds: number;
}

/** Cost a payment with `small` and with `large` finished orders on the disk, measured in turn; and the restart with `large`. */
export async function measureGrowth(
  small: number,
  large: number,
  progress: (done: number, of: number) => void,
): Promise<Growth> {
  const folders = [
    mkdtempSync(join(tmpdir(), 'yizhan-bench-')),
    mkdtempSync(join(tmpdir(), 'yizhan-bench-')),
  ] as const;
  try {
    const [few, many] = [await openDirect(folders[0]), await openDirect(folders[1])];
    await few.pay(small);
    const begun = performance.now();
    const slice = 5_000;
    for (let done = 0; done < large; done += slice) {
      await many.pay(Math.min(slice, large - done));
      progress(done, large);
    }
    const fillSeconds = (performance.now() - begun) / 1000;
    // In turn, so that the machine's moods fall on both alike.
    const rounds = 7;
    const count = 2_000;
    const [fewMs, manyMs]: [number[], number[]] = [[], []];
    for (let i = 0; i < rounds; i++) {
      fewMs.push((await few.pay(count)) / count);
      manyMs.push((await many.pay(count)) / count);
    }
    await few.store.close();
    await many.store.close();
    const restart = performance.now();
    const platform = await openPlatform({
      store: await openSqliteStore(folders[1]),
      clock: realClock(),
      onFatal: () => {},
    });
    await platform.read(() => undefined);
    const restartMs = performance.now() - restart;
    await platform.close();
    const [smallMs, largeMs] = [median(fewMs), median(manyMs)];
    return { small, large, smallMs, largeMs, growthRatio: largeMs / smallMs, restartMs, fillSeconds };
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
