import { encode } from '../../contracts/envelope.ts';
import { topicOf } from '../../contracts/topics.ts';
import type { Principal } from '../core/authorize.ts';
import { type Command, type Input, ordersOf } from '../core/input.ts';
import { isSettled, type Order } from '../core/order.ts';
import { rowOf } from '../core/orders.ts';
import type { AlertCode, ProblemCode } from '../core/problems.ts';
import { orderOf, type Record } from '../core/records.ts';
import { addSettled, takeSnapshot } from '../core/snapshot.ts';
import { findOrder, isInMemory, putBack, putToRest, type State } from '../core/state.ts';
import { step } from '../core/step.ts';
import type { Effect } from '../core/turn.ts';
import { type OrderView, viewOf } from '../core/views.ts';
import { nextWake, takeDue } from '../core/wakes.ts';
import { type Block, chainHash, encodeBody, type Hash, sealOf } from './block.ts';
import type { Recovered } from './recover.ts';

/** What a command is told, once it is durable. */
export type Reply =
  | { ok: true; order?: OrderView }
  | { ok: false; code: ProblemCode; detail?: string; order?: OrderView };

/** The world, as the runtime needs it: real in a station, simulated in a test. Nothing here answers by itself or waits. */
export interface RuntimePorts {
  /** Platform time, ms. */
  now(): number;
  /** Call `alarm()` at this time; replaces the time asked for before. */
  setAlarm(at: number | undefined): void;
  /** Make durable, then call `durable()`. The next block comes only after that. */
  append(block: Block): void;
  /** Fetch the rows with these ids, then call `loaded()`. */
  load(ids: string[]): void;
  publish(topic: string, text: string): void;
  /** Somebody may be looking at this: tell them to read again. */
  changed(outlet: string, order: string | undefined): void;
  alert(code: AlertCode, about: string): void;
  /** Names of rare branches, for coverage. */
  marked(marks: readonly string[]): void;
  /** A fault of the platform itself. The state may be half a step ahead of its records: nothing is done or told any more. */
  fatal(error: Error): void;
  hash: Hash;
}

export interface RuntimeOptions {
  /** A snapshot stands in the first block after this many records. */
  snapshotEvery?: number;
}

interface Queued {
  input: Input;
  done?: (reply: Reply) => void;
}

/** What it speaks of is kept from when it stepped aside: what settles meanwhile would make it speak of less. */
type Aside = Queued & { ids: string[] };

export type Runtime = ReturnType<typeof createRuntime>;

/**
 * The one writer: append → apply in memory → durable → release the effects, in order. A synchronous state machine: every call
 * returns at once, and what it promised comes as a later call. While one block is being made durable the next one gathers,
 * so the batch grows with the load (group commit).
 */
export function createRuntime(
  from: Recovered,
  ports: RuntimePorts,
  { snapshotEvery = 50_000 }: RuntimeOptions = {},
) {
  const { state } = from;
  let appended = from.last;
  let durableTo = from.last;
  let hash = from.hash;
  let sinceSnapshot = from.sinceSnapshot;
  let appending = false;
  let releasing = false;
  let broken = false;
  const queue: Queued[] = [];
  /** Inputs about orders that are not in memory, by turns: being loaded now, and to be loaded next. */
  let loadingFor: Aside[] = [];
  let waiting: Aside[] = [];
  /** What the store was asked for, for them. */
  let asked = new Set<string>();
  /** The orders those inputs speak of: whatever comes for one of them comes after. */
  const awaited = new Map<string, number>();
  let pending: Record[] = [];
  /** The orders that pending records are about, and those of the block on its way to the disk: not yet rows. */
  let touched = new Map<string, Order>();
  let saving = new Map<string, Order>();
  const outbox: { after: number; release: () => void }[] = [];

  const isTouched = (id: string) => touched.has(id);

  function enqueue(input: Input, done?: (reply: Reply) => void): void {
    queue.push(done ? { input, done } : { input });
    guarded(pump);
  }

  function guarded(act: () => void): void {
    if (broken) return;
    try {
      act();
    } catch (error) {
      broken = true;
      ports.fatal(error as Error);
    }
  }

  /**
   * Decides what is queued, first come, first served. What speaks of an order that is not in memory steps aside until it is
   * loaded, and so does what comes later for the same order; everything else goes on.
   */
  function pump(): void {
    for (const queued of queue.splice(0)) {
      const ids = ordersOf(state, queued.input);
      if (ids.every((id) => !awaited.has(id) && isHere(id))) decide(queued);
      else {
        waiting.push({ ...queued, ids });
        for (const id of ids) awaited.set(id, (awaited.get(id) ?? 0) + 1);
      }
    }
    loadNext();
    flush();
    ports.setAlarm(nextWake(state.wakes));
  }

  /** A day cut may drop an order from the state before its row is on the disk: then it is taken back from what is under way. */
  function isHere(id: string): boolean {
    if (isInMemory(state, id)) return true;
    const underWay = touched.get(id) ?? saving.get(id);
    if (underWay) addSettled(state, [underWay]);
    return underWay !== undefined;
  }

  function loadNext(): void {
    if (loadingFor.length > 0 || waiting.length === 0) return;
    loadingFor = waiting;
    waiting = [];
    asked = new Set(loadingFor.flatMap(({ ids }) => ids).filter((id) => !isHere(id)));
    ports.load([...asked]);
  }

  function takeUp(rows: readonly Order[]): void {
    addSettled(state, rows);
    const dropped: Aside[] = [];
    for (const queued of loadingFor.splice(0)) {
      const { ids } = queued;
      // What was in memory when the load began may have left it by a day cut since: it is looked up, too.
      if (!ids.every((id) => asked.has(id) || isHere(id))) {
        dropped.push(queued);
        continue;
      }
      for (const id of ids) {
        const left = (awaited.get(id) ?? 0) - 1;
        if (left > 0) awaited.set(id, left);
        else awaited.delete(id);
      }
      decide(queued);
    }
    waiting.unshift(...dropped);
    pump();
  }

  function decide({ input, done }: Queued): void {
    const turn = step(state, input, ports.now());
    for (const record of turn.records) {
      pending.push(record);
      const id = orderOf(record);
      const order = id === undefined ? undefined : findOrder(state, id);
      if (order) touched.set(order.id, order);
    }
    if (turn.marks.length > 0) ports.marked(turn.marks);
    const after = appended + pending.length;
    for (const effect of turn.effects) outbox.push({ after, release: releaseOf(effect, done) });
  }

  /** What is told is what the state is now, though it is told later: so the answer's view is taken at once. */
  function releaseOf(effect: Effect, done: ((reply: Reply) => void) | undefined): () => void {
    switch (effect.kind) {
      case 'publish': {
        const topic = topicOf(effect.place, 'req');
        const text = encode(effect.envelope);
        return () => ports.publish(topic, text);
      }
      case 'answer': {
        const { order, ...rest } = effect.answer;
        const reply = (order ? { ...rest, order: viewOf(order) } : rest) as Reply;
        return () => done?.(reply);
      }
      case 'changed':
        return () => ports.changed(effect.outlet, effect.order);
      case 'alert':
        return () => ports.alert(effect.code, effect.about);
    }
  }

  function flush(): void {
    // Before the block is cut, for it forgets what was touched.
    putBack(state, isTouched);
    if (!appending && pending.length > 0) {
      appending = true;
      ports.append(cutBlock());
    }
    releaseDurable();
  }

  function cutBlock(): Block {
    const first = appended + 1;
    const last = appended + pending.length;
    const body = encodeBody(pending);
    const prev = hash;
    const at = state.now;
    hash = chainHash(ports.hash, { prev, first, last, at, body });
    sinceSnapshot += pending.length;
    // Not looked up in the state: a day cut of this very block may have dropped them.
    const rows = [...touched.values()].filter(isSettled).map(rowOf);
    const block: Block = { first, last, at, prev, hash, body, rows };
    if (sinceSnapshot >= snapshotEvery) {
      // Nothing is pending beyond this block, so the state is exactly the state after its last record.
      const snapshot = JSON.stringify(takeSnapshot(state));
      block.snapshot = { body: snapshot, seal: sealOf(ports.hash, hash, snapshot) };
      sinceSnapshot = 0;
    }
    appended = last;
    pending = [];
    for (const row of rows) putToRest(state, row);
    saving = touched;
    touched = new Map();
    return block;
  }

  /** In order: an effect never leaves before the records it rests on, nor before an earlier effect. */
  function releaseDurable(): void {
    // A released effect may bring the next input at once; the loop that is under way releases what that adds.
    if (releasing) return;
    releasing = true;
    let n = 0;
    for (let entry = outbox[0]; entry && entry.after <= durableTo; entry = outbox[++n]) entry.release();
    outbox.splice(0, n);
    releasing = false;
  }

  return {
    /** A person or the platform asks for something; `done` is called once, when the answer is durable. */
    command(principal: Principal, command: Command, done: (reply: Reply) => void): void {
      enqueue({ kind: 'command', principal, command }, done);
    },
    /** Anything else that happens. */
    input(input: Input): void {
      enqueue(input);
    },
    /** Answers from the state as it is now, as soon as all of it is durable. */
    read<T>(look: (state: State) => T, done: (value: T) => void): void {
      const value = look(state);
      putBack(state, isTouched);
      outbox.push({ after: appended + pending.length, release: () => done(value) });
      guarded(releaseDurable);
    },
    /** The block given to `append` is on the disk. */
    durable(): void {
      durableTo = appended;
      appending = false;
      saving = new Map();
      guarded(flush);
    },
    /** The rows asked for by `load`; those that are not there have never been settled orders. */
    loaded(rows: readonly Order[]): void {
      guarded(() => takeUp(rows));
    },
    /** The time asked for by `setAlarm` has come, or may have. */
    alarm(): void {
      const now = ports.now();
      for (let key = takeDue(state.wakes, now); key !== undefined; key = takeDue(state.wakes, now))
        queue.push({ input: { kind: 'wake', key } });
      guarded(pump);
    },
    /** Nothing is queued, being decided or on its way to the disk. */
    idle: () => !appending && loadingFor.length === 0 && outbox.length === 0,
    get lastRecord() {
      return appended;
    },
  };
}
