import { createHash } from 'node:crypto';
import type { Principal } from '../../platform/core/authorize.ts';
import type { Command } from '../../platform/core/input.ts';
import type { Order } from '../../platform/core/order.ts';
import { orderOfRow, rowOf } from '../../platform/core/orders.ts';
import type { Block, Hash } from '../../platform/runtime/block.ts';
import { addDays, recover } from '../../platform/runtime/recover.ts';
import { createRuntime, type Reply } from '../../platform/runtime/runtime.ts';
import { CARRIER, CLERK, OFFICE, OUTLET, PRINTER, START, SYSTEM } from './small-platform.ts';

export const sha256: Hash = (text) => createHash('sha256').update(text).digest('hex');

/** What has left a runtime, in order. */
export type Told =
  | { what: 'published'; id: string; type: string; order: string }
  | { what: 'answered'; name: string; reply: Reply }
  | { what: 'changed' | 'alert'; about: string };

/** A disk: only what a test has made durable is on it. */
export interface Disk {
  blocks: Block[];
  rows: Map<string, Order>;
}

export const emptyDisk = (): Disk => ({ blocks: [], rows: new Map() });

/** The newest snapshot on the disk and what was written after it, as a store hands it over. */
export function keptOf({ blocks }: Disk) {
  const at = blocks.findLastIndex((block) => block.snapshot !== undefined);
  const block = blocks[at];
  const tail = blocks.slice(at + 1);
  if (block?.snapshot === undefined) return { blocks: tail };
  return { snapshot: { last: block.last, hash: block.hash, ...block.snapshot }, blocks: tail };
}

/**
 * A runtime whose disk and clock are in the test's hands: `append` and `load` are answered when the test says so. A new one
 * on the same disk is a restart after a crash.
 */
export function scriptedRuntime(
  disk: Disk,
  clock: { now: number },
  options: { snapshotEvery?: number } = {},
) {
  const told: Told[] = [];
  const marks: string[] = [];
  const recovered = recover(keptOf(disk), sha256);
  const { state } = recovered;
  const dates = [state.previousDate, state.businessDate];
  addDays(state, [...disk.rows.values()].filter((row) => dates.includes(row.businessDate)).map(rowOf));
  let appending: Block | undefined;
  let loading: string[] | undefined;
  let alarm: number | undefined;

  const runtime = createRuntime(
    recovered,
    {
      now: () => clock.now,
      fatal(error) {
        throw error;
      },
      setAlarm: (at) => {
        alarm = at;
      },
      append: (block) => {
        if (appending) throw new Error('a second block before the first is durable');
        appending = structuredClone(block);
      },
      load: (ids) => {
        if (loading) throw new Error('a second load before the first was answered');
        loading = ids;
      },
      publish: (_, text) => {
        const { id, type, correlationid } = JSON.parse(text) as {
          id: string;
          type: string;
          correlationid: string;
        };
        told.push({ what: 'published', id, type, order: correlationid });
      },
      changed: (outlet, order) => told.push({ what: 'changed', about: order ?? outlet }),
      alert: (_, about) => told.push({ what: 'alert', about }),
      marked: (names) => marks.push(...names),
      hash: sha256,
    },
    options,
  );

  return {
    runtime,
    state,
    told,
    marks,
    command(principal: Principal, command: Command, name: string = command.type): void {
      runtime.command(principal, command, (reply) => told.push({ what: 'answered', name, reply }));
    },
    get appending() {
      return appending;
    },
    get loading() {
      return loading;
    },
    get alarmAt() {
      return alarm;
    },
    /** The disk has taken the block. */
    durable(): boolean {
      const block = appending;
      if (!block) return false;
      appending = undefined;
      disk.blocks.push(block);
      for (const row of block.rows) disk.rows.set(row.id, orderOfRow(row));
      runtime.durable();
      return true;
    },
    /** The rows asked for have been read. */
    loaded(): boolean {
      const ids = loading;
      if (!ids) return false;
      loading = undefined;
      runtime.loaded(structuredClone(ids.flatMap((id) => disk.rows.get(id) ?? [])));
      return true;
    },
    /** The disk does all it is asked for, until there is nothing more. */
    settle(): void {
      while (this.durable() || this.loaded());
    },
    answers: () => told.flatMap((t) => (t.what === 'answered' ? [t] : [])),
    publishes: () => told.flatMap((t) => (t.what === 'published' ? [t] : [])),
  };
}

export type ScriptedRuntime = ReturnType<typeof scriptedRuntime>;

/** A scripted runtime with an outlet, an office, a carrier, a printer and credit, all durable and told. */
export function openShop(disk = emptyDisk(), options: { creditFen?: number; snapshotEvery?: number } = {}) {
  const clock = { now: START };
  const shop = scriptedRuntime(disk, clock, options);
  arrive(shop, 'platform-1');
  for (const [code, kind] of [
    [OUTLET, 'outlet'],
    [OFFICE, 'office'],
  ] as const)
    shop.command(SYSTEM, { type: 'registerOrganisation', organisation: { code, kind, name: code } });
  shop.command(CLERK, {
    type: 'buyCredit',
    id: '01JCREDT000000000000000000',
    outlet: OUTLET,
    amountFen: options.creditFen ?? 100_000,
  });
  shop.settle();
  shop.told.length = 0;
  return { disk, clock, shop };
}

/** The platform starts, and carrier and printer tell that they are there. */
export function arrive({ runtime }: Pick<ScriptedRuntime, 'runtime'>, epoch: string): void {
  runtime.input({ kind: 'started', epoch });
  for (const [place, profile] of [
    [CARRIER, 'carrier'],
    [PRINTER, 'printer'],
  ] as const)
    runtime.input({
      kind: 'presence',
      change: { place, online: true, epoch, profile, status: {}, capabilities: {} },
    });
}
