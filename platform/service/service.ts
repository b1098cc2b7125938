import { createHash, randomUUID } from 'node:crypto';
import { decode, encode } from '../../contracts/envelope.ts';
import { checkOf } from '../../contracts/operation.ts';
import {
  BEAT_EVERY,
  type State as PlaceState,
  STATE_TYPE,
  stateSchema,
  TIME_TYPE,
} from '../../contracts/state.ts';
import { DAY } from '../../contracts/time.ts';
import { parseTopic, TIME_TOPIC, topicOf } from '../../contracts/topics.ts';
import type { Bus, BusListener } from '../bus/bus.ts';
import { formatLocal } from '../core/calendar.ts';
import type { CardStage } from '../core/card-work.ts';
import { isSettled } from '../core/order.ts';
import { ALERTS_KEPT, findOrder } from '../core/state.ts';
import { findByJournalNo } from '../core/views.ts';
import type { PlatformApi } from '../http/platform.ts';
import type { Hash } from '../runtime/block.ts';
import { clockProblem } from '../runtime/clock-check.ts';
import { createForwardClock } from '../runtime/forward-clock.ts';
import { createPresence } from '../runtime/presence.ts';
import { addDays, recover } from '../runtime/recover.ts';
import { createRuntime, type Reply } from '../runtime/runtime.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import { createNewcomers } from './newcomers.ts';
import { createQuestions } from './questions.ts';
import { createSightings } from './sightings.ts';
import { createWatchers } from './watchers.ts';

export interface PlatformService extends PlatformApi {
  /** The platform's ear on the bus: give it to the broker that is opened for it. */
  readonly listener: BusListener;
  /** From now on what is published leaves by this bus. */
  connect(bus: Bus): void;
  /** Nothing is being decided or made durable. */
  idle(): boolean;
  /** A printer is at work, or ought to be. */
  printing(): boolean;
  /** A card is being worked on: a reader is at it, or the files for it are being sealed. */
  onCard(): boolean;
  /** The order's last print has ended. */
  isPrinted(order: string): boolean;
  /** Resolves at the next change of any order, or after a moment without one. */
  nextChange(): Promise<void>;
  close(): Promise<void>;
}

export interface ServiceOptions {
  store: Store;
  clock: Clock;
  /** What was promised can't be kept: the store failed. The process must end; nothing more is told to anyone. */
  onFatal(error: Error): void;
  snapshotEvery?: number;
  /** Start although the clock is far from where the records end: somebody has looked and says that it is right. */
  acceptClock?: boolean;
  /** The store is a backup's: what came after it is lost, and its numbers must not be given again. */
  restored?: boolean;
}

export const sha256: Hash = (text) => createHash('sha256').update(text).digest('hex');

const fitsState = checkOf(stateSchema);

/** While a card's order is in one of these, something answers soon. */
const AT_WORK: ReadonlySet<CardStage | undefined> = new Set(['reading', 'sealing', 'writing'] as const);

/** Recovers the platform from its store and runs it: where the synchronous runtime meets promises, MQTT and real time. */
export async function openPlatform({
  store,
  clock,
  onFatal,
  snapshotEvery,
  acceptClock = false,
  restored = false,
}: ServiceOptions): Promise<PlatformService> {
  const recovered = recover(await store.kept(), sha256);
  const { state } = recovered;
  const wrong = acceptClock ? undefined : clockProblem(clock.now(), state.now, state.acceptedAheadMs);
  if (wrong) throw new Error(wrong);
  const recordsAhead = Math.max(0, state.now - clock.now());
  // What was accepted once stays so, and shrinks as the clock draws level: no start asks for it again.
  const acceptedAheadMs = acceptClock ? recordsAhead : Math.min(state.acceptedAheadMs, recordsAhead);
  const forward = createForwardClock(state.now);
  addDays(state, await store.ordersOfDays([state.previousDate, state.businessDate].filter(Boolean)));

  const epoch = randomUUID();
  const presence = createPresence();
  const sightings = createSightings();
  const counters: { [name: string]: number } = {
    blocks: 0,
    records: 0,
    messages: 0,
    malformed: 0,
    denied: 0,
  };
  const watchers = createWatchers();
  let bus: Bus | undefined;
  let busUp = false;
  let closed = false;
  let cancelAlarm: (() => void) | undefined;
  let alarmAt: number | undefined;
  /** Leaps of the wall clock that were not followed. They end with the process, so they stand on no record. */
  const leaps: { at: number; code: string; about: string }[] = [];

  const halt = (error: Error) => {
    closed = true;
    onFatal(error);
  };
  const count = (name: string, by = 1) => {
    counters[name] = (counters[name] ?? 0) + by;
  };

  const runtime = createRuntime(
    recovered,
    {
      now: platformNow,
      setAlarm(at) {
        if (at === alarmAt) return;
        alarmAt = at;
        arm();
      },
      append(block) {
        count('blocks');
        count('records', block.last - block.first + 1);
        store.append(block).then(() => closed || runtime.durable(), halt);
      },
      load(ids) {
        store.load(ids).then((rows) => closed || runtime.loaded(rows), halt);
      },
      publish: (topic, text) => bus?.publish(topic, text),
      changed: (outlet, order) => watchers.tell(order === undefined ? { outlet } : { outlet, order }),
      // It is on the record, and from there in the state; nobody is told in another way yet.
      alert: () => count('alerts'),
      marked(marks) {
        for (const mark of marks) count(`mark.${mark}`);
      },
      fatal: halt,
      hash: sha256,
    },
    snapshotEvery === undefined ? {} : { snapshotEvery },
  );

  /** A wall clock that was set moves the alarm with it; the beat sees to it that this is soon noticed. */
  function platformNow(): number {
    const before = forward.ahead;
    const wall = clock.now();
    const now = forward.now(wall, clock.steady());
    if (forward.ahead !== before) arm();
    if (forward.ahead < Math.min(before, 0)) leapt(now, wall);
    return now;
  }

  function leapt(at: number, wall: number): void {
    const about = `the clock leapt to ${formatLocal(wall)}, platform time is ${formatLocal(at)}`;
    leaps.push({ at, code: 'alert.clockLeapt', about });
    if (leaps.length > ALERTS_KEPT) leaps.shift();
    count('alerts');
  }

  function arm(): void {
    cancelAlarm?.();
    cancelAlarm = undefined;
    if (alarmAt === undefined || closed) return;
    // Also where nothing is due for days: a bench's jump to what is due must not look like a clock that was set.
    cancelAlarm = clock.at(Math.min(alarmAt - forward.ahead, clock.now() + DAY), ring);
  }

  function ring(): void {
    alarmAt = undefined;
    if (!closed) runtime.alarm();
  }

  function tellTime(): void {
    const now = platformNow();
    const beat = { id: randomUUID(), source: 'platform', type: TIME_TYPE, time: now, data: { now, epoch } };
    bus?.publish(TIME_TOPIC, encode(beat));
  }

  const newcomers = createNewcomers(clock, tellTime, (change) => runtime.input({ kind: 'presence', change }));

  const questions = createQuestions(clock, (place, envelope) =>
    bus?.publish(topicOf(place, 'req'), encode(envelope)),
  );

  const stopBeat = clock.every(BEAT_EVERY, () => {
    tellTime();
    for (const change of presence.silent(clock.steady())) {
      sightings.note(change, platformNow());
      runtime.input({ kind: 'presence', change });
    }
  });

  const listener: BusListener = {
    message(topic, payload) {
      if (closed) return;
      count('messages');
      const parsed = parseTopic(topic);
      const read = decode(payload);
      if (!parsed || !read.ok) return count('malformed');
      const { place, leaf } = parsed;
      const { envelope } = read;
      if (leaf === 'rep' && questions.answered(place, envelope)) return;
      if (leaf !== 'state') return runtime.input({ kind: 'message', place, leaf, envelope });
      if (envelope.type !== STATE_TYPE || fitsState(envelope.data)) return count('malformed');
      const before = presence.get(place)?.epoch;
      const change = presence.state(place, envelope.data as PlaceState, clock.steady());
      if (!change) return;
      sightings.note(change, platformNow());
      newcomers.add(change, change.online && before !== change.epoch);
    },
    up() {
      busUp = true;
      tellTime();
    },
    down() {
      busUp = false;
    },
    denied: () => count('denied'),
  };

  const read = <T>(look: Parameters<typeof runtime.read<T>>[0]) =>
    new Promise<T>((resolve) => runtime.read(look, resolve));

  const api: PlatformService = {
    listener,
    connect(opened) {
      bus = opened;
    },
    now: platformNow,
    command: (principal, command) =>
      closed
        ? Promise.reject(new Error('the platform is closed'))
        : new Promise<Reply>((resolve) => runtime.command(principal, command, resolve)),
    read,
    ask: questions.ask,
    async order(id) {
      const known = await read((seen) => {
        const order = findOrder(seen, id);
        return order && structuredClone(order);
      });
      return known ?? (await store.load([id]))[0];
    },
    async findByJournalNo(outlet, journalNo) {
      return (
        (await read((seen) => findByJournalNo(seen, outlet, journalNo))) ??
        store.findByNumber(outlet, journalNo)
      );
    },
    subscribe: watchers.add,
    alerts: () => [...state.alerts, ...leaps].sort((a, b) => a.at - b.at).slice(-ALERTS_KEPT),
    sightings: sightings.all,
    health() {
      platformNow();
      return {
        ok: !closed && busUp,
        detail: {
          businessDate: state.businessDate,
          liveOrders: state.live.size,
          lastRecord: runtime.lastRecord,
          bus: busUp ? 'up' : 'down',
          online: state.presence.size,
          /** Platform time against the wall clock, ms: negative where it is behind. */
          aheadMs: forward.ahead,
        },
      };
    },
    counters: () => ({ ...counters }),
    idle: () => runtime.idle(),
    printing() {
      for (const id of state.live)
        if (findOrder(state, id)?.prints.some((job) => job.state === 'sent' || job.state === 'accepted'))
          return true;
      return false;
    },
    onCard() {
      for (const id of state.live) if (AT_WORK.has(findOrder(state, id)?.card?.stage)) return true;
      return false;
    },
    isPrinted: (id) => {
      const order = findOrder(state, id);
      return order?.receipt !== undefined && isSettled(order);
    },
    nextChange: () =>
      new Promise((resolve) => {
        const seen = () => {
          clearTimeout(timer);
          forget();
          resolve();
        };
        const timer = setTimeout(seen, 50);
        const forget = watchers.add(undefined, seen);
      }),
    async close() {
      closed = true;
      stopBeat();
      newcomers.stop();
      cancelAlarm?.();
      await bus?.close();
      await store.close();
    },
  };
  runtime.input({ kind: 'started', epoch, acceptedAheadMs, restored });
  return api;
}
