import { fileURLToPath } from 'node:url';
import type { Bus, BusListener } from '../../bus/bus.ts';
import type { Principal } from '../../core/authorize.ts';
import type { Command } from '../../core/input.ts';
import { findOrder } from '../../core/state.ts';
import { openHttp } from '../../http/server.ts';
import type { Clock } from '../../service/clock.ts';
import { openPlatform } from '../../service/service.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import { type Watch, watchStore } from './commit-watch.ts';

/** What a platform needs to know to begin; plain data. */
export interface Prepared {
  /** Everything it keeps is below it. */
  folder: string;
  /** What is registered and sold before the scenario begins: on the first start only. */
  setUp: readonly { principal: Principal; command: Command }[];
  watches: readonly Watch[];
}

/** Often, so that recoveries begin at one. */
const SNAPSHOT_EVERY = 25;

const NEVER = new Promise<never>(() => {});

/** How far the platform is. */
export interface Standing {
  /** Orders that have not settled. */
  live: number;
  /** The ids of those that wait for a person. */
  manual: string[];
  /** The names of the places that it knows to be there. */
  online: string[];
}

/** What is known of a platform that has not said anything yet: it is not done. */
export const NOT_SEEN: Standing = { live: 1, manual: [], online: [] };

/** One life of the platform's process, from its recovery to its death. */
export interface Life {
  url: string;
  listener: BusListener;
  /** Nothing is being decided, made durable or answered. */
  idle(): boolean;
  /** As of the last call. */
  standing(): Standing;
  command(principal: Principal, command: Command): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Recovers the platform with its HTTP server on the folder and runs it until something of the scenario kills it.
 * @param died called once at the moment of death, with the fault's index, or nothing where it stopped by itself (its disk
 * failed). Nothing of it reaches anybody then, and nothing reaches it; it is to be closed all the same.
 */
export async function openLife(
  { folder, setUp, watches }: Prepared,
  clock: Clock,
  openBus: (listener: BusListener) => Bus,
  died: (index?: number) => void,
): Promise<Life> {
  let silent = false;
  let deaf = false;
  let over = false;
  const die = (index?: number) => {
    if (over) return;
    over = true;
    silent = true;
    died(index);
  };
  const kept = await openSqliteStore(folder);
  const store = watchStore(kept, watches, {
    die,
    deafen() {
      deaf = true;
    },
  });
  // A recovery is part of the scenario, the first start is not.
  if (setUp.length === 0) store.arm();
  const platform = await openPlatform({
    store,
    clock,
    acceptClock: true,
    snapshotEvery: SNAPSHOT_EVERY,
    onFatal: () => die(),
  }).catch(async (error: Error) => {
    await kept.close();
    throw error;
  });
  const listener: BusListener = {
    ...platform.listener,
    message: (topic, payload) => silent || deaf || platform.listener.message(topic, payload),
    up: () => silent || platform.listener.up(),
  };
  const bus = openBus(listener);
  platform.connect({
    url: bus.url,
    publish(topic, text) {
      if (silent) return;
      bus.publish(topic, text);
      if (topic.endsWith('/req')) store.left();
    },
    close: () => bus.close(),
  });
  platform.subscribe(undefined, () => store.left());
  for (const { principal, command } of setUp) {
    const reply = await platform.command(principal, command);
    if (!reply.ok)
      throw new Error(`${command.type} was refused at the start: ${reply.code} ${reply.detail ?? ''}`);
  }
  store.arm();

  let answering = 0;
  /** Who is dead answers nobody. */
  const command: typeof platform.command = async (principal, asked) => {
    if (silent) return NEVER;
    answering += 1;
    const reply = await platform.command(principal, asked);
    answering -= 1;
    return silent ? NEVER : reply;
  };
  const http = await openHttp({
    platform: { ...platform, command },
    port: 0,
    webRoot: fileURLToPath(new URL('../../web/', import.meta.url)),
  });
  let standing = NOT_SEEN;
  return {
    url: http.url,
    listener,
    idle: () => silent || (platform.idle() && answering === 0),
    standing() {
      // As it was when it was asked last: it is asked all the time.
      void platform
        .read((state) => ({
          live: state.live.size,
          online: [...state.presence.keys()],
          manual: [...state.live].filter((id) => findOrder(state, id)?.state === 'manual'),
        }))
        .then((seen) => {
          standing = seen;
        });
      return standing;
    },
    command,
    async close() {
      over = true;
      silent = true;
      await http.close();
      await platform.close();
    },
  };
}
