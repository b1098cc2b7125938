import type { State } from '../../platform/core/state.ts';
import type { Block } from '../../platform/runtime/block.ts';
import type { Recovered } from '../../platform/runtime/recover.ts';
import { createRuntime, type Runtime } from '../../platform/runtime/runtime.ts';
import { digestOf } from './digest.ts';
import type { Fate } from './fates.ts';
import { imageOfMoved } from './image.ts';
import { createEar, type Ear } from './platform-ear.ts';
import type { Gate } from './platform-gate.ts';
import type { PlatformPorts } from './platform-ports.ts';
import type { PlatformTime } from './platform-time.ts';

/** One life of the platform's process, from its recovery to its death. */
export interface PlatformLife {
  readonly runtime: Runtime;
  readonly ear: Ear;
  /** What it says to the world: nothing any more, once it has died in the middle of saying it. */
  say(act: () => void): void;
  isOver(): boolean;
  end(): void;
}

export interface PlatformLifeOptions {
  ports: PlatformPorts;
  gate: Gate;
  recovered: Recovered;
  /** It dies before its first block is written, for so long, ms. */
  diesAtOnce: number | undefined;
  platformTime: PlatformTime;
  /** A place has begun a session. */
  born(place: string): void;
  die(forMs: number, again: boolean): void;
}

/** The very runtime of the platform, on a simulated disk: every block meets the fate that the scenario has for it. */
export function createPlatformLife(options: PlatformLifeOptions): PlatformLife {
  const { ports, gate, recovered, platformTime, born, die } = options;
  const { time, disk, observer, chronicle } = ports;
  const state: State = recovered.state;
  const movedOrders = new Set<string>();
  const movedOutlets = new Set<string>();
  let { diesAtOnce } = options;
  let over = false;
  /** It may say so much more, and then: for a death in the middle of what one block releases. */
  let budget = Number.POSITIVE_INFINITY;
  let onSpent: (() => void) | undefined;

  function say(act: () => void): void {
    if (over) return;
    if (budget-- <= 0) {
      onSpent?.();
      return;
    }
    act();
  }

  function append(block: Block): void {
    if (over) return;
    if (diesAtOnce !== undefined) {
      const forMs = diesAtOnce;
      diesAtOnce = undefined;
      chronicle.probe('crash-in-recovery');
      return die(forMs, false);
    }
    const fate = ports.fateOf(block);
    if (fate.kind === 'crash' && fate.when === 'beforeWrite') return die(fate.forMs, fate.again);
    const commit = disk.take(block);
    const { first, last, at, prev, hash, body } = block;
    time.after(ports.diskMs(block), () => {
      // The power may have failed while it was being written: then it is not there, whole or not at all.
      if (over) return;
      if (fate.kind !== 'refused' || fate.keeps) {
        commit();
        chronicle.digest(hash);
        chronicle.note(() => ({ lane: 'disk', what: 'durable', detail: body }));
        observer.durable(time.now(), { first, last, at, prev, hash, body });
      }
      if (fate.kind === 'refused') return die(fate.forMs, false);
      if (fate.kind === 'crash' && fate.when === 'afterWrite') return die(fate.forMs, fate.again);
      gate.enter(() => release(fate));
    });
  }

  function release(fate: Fate): void {
    const crash = fate.kind === 'crash' ? fate : undefined;
    if (crash?.when === 'midRelease') {
      budget = 1;
      onSpent = () => die(crash.forMs, crash.again);
    }
    runtime.durable();
    budget = Number.POSITIVE_INFINITY;
    onSpent = undefined;
    if (over) return;
    if (crash) return die(crash.forMs, crash.again);
    look();
  }

  /** Where memory and disk must agree, somebody looks. */
  function look(): void {
    if (!runtime.idle()) return;
    observer.quiet(time.now(), imageOfMoved(state, movedOrders, movedOutlets));
    movedOrders.clear();
    movedOutlets.clear();
  }

  const runtime = createRuntime(
    recovered,
    {
      now: platformTime.now,
      setAlarm: (at) => {
        if (!over) platformTime.setAlarm(at);
      },
      append,
      load: (ids) => void time.after(1, () => !over && gate.enter(() => runtime.loaded(disk.load(ids)))),
      publish: (topic, text) =>
        say(() => {
          observer.left(time.now(), topic, text);
          ports.publish(topic, text);
        }),
      changed: (outlet, order) =>
        say(() => {
          movedOutlets.add(outlet);
          if (order) movedOrders.add(order);
          ports.changed(outlet, order);
        }),
      alert: (code, about) => say(() => ports.alert(code, about)),
      marked(marks) {
        for (const mark of marks) chronicle.probe(mark);
      },
      fatal(error) {
        throw error;
      },
      hash: digestOf,
    },
    { snapshotEvery: ports.snapshotEvery },
  );

  return {
    runtime,
    ear: createEar({ time, chronicle, input: runtime.input, born }),
    say,
    isOver: () => over,
    end() {
      over = true;
    },
  };
}
