import { decode, encode } from '../../contracts/envelope.ts';
import { checkOf } from '../../contracts/operation.ts';
import { type State as PlaceState, stateSchema, TIME_TYPE } from '../../contracts/state.ts';
import { nameOf, parseTopic } from '../../contracts/topics.ts';
import type { Principal } from '../../platform/core/authorize.ts';
import type { Command } from '../../platform/core/input.ts';
import type { Order } from '../../platform/core/order.ts';
import { emptyState, findOrder, type State } from '../../platform/core/state.ts';
import { type OrderView, viewOf } from '../../platform/core/views.ts';
import type { Block } from '../../platform/runtime/block.ts';
import { clockProblem } from '../../platform/runtime/clock-check.ts';
import { createForwardClock } from '../../platform/runtime/forward-clock.ts';
import { createPresence, type Presence } from '../../platform/runtime/presence.ts';
import { addDays, recover } from '../../platform/runtime/recover.ts';
import { createRuntime, type Reply, type Runtime } from '../../platform/runtime/runtime.ts';
import type { Observer } from '../checker/observation.ts';
import type { Chronicle } from './chronicle.ts';
import { digestOf } from './digest.ts';
import type { Disk } from './disk.ts';
import { imageOf, imageOfMoved } from './image.ts';
import type { PlatformClock } from './platform-clock.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What becomes of a block: as the fates say, at the world's time. */
export type Fate =
  | { kind: 'written' }
  /** The process dies; the block is on the disk or not; so long until it is started again. */
  | {
      kind: 'crash';
      when: 'now' | 'afterWrite' | 'midRelease' | 'afterRelease';
      keeps: boolean;
      forMs: number;
      again: boolean;
    }
  /** The disk refuses: the process ends by itself. */
  | { kind: 'refused'; keeps: boolean; forMs: number };

export interface PlatformPorts {
  time: VirtualTime;
  clock: PlatformClock;
  disk: Disk;
  observer: Observer;
  chronicle: Chronicle;
  snapshotEvery: number;
  /** How long this commit takes, ms. */
  diskMs(block: Block): number;
  fateOf(block: Block): Fate;
  /** How long it stays down, where it was to be so long, ms. */
  downFor(ms: number): number;
  /** A message leaves for the broker. */
  publish(topic: string, text: string): void;
  /** Somebody was born: this place must hear the time before anything else. */
  tellTime(topic: string, text: string): void;
  changed(outlet: string, order: string | undefined): void;
  alert(code: string, about: string): void;
  /** It lives again; whoever has said something lately says so. */
  started(epoch: string): void;
  died(): void;
}

export interface PlatformNode {
  start(): void;
  /** The lights go out; `forMs` later it is started again. */
  crash(forMs: number, again?: boolean): void;
  /** Nothing of it runs for so long: what comes meanwhile waits, timers are late. */
  pause(ms: number): void;
  receive(topic: string, text: string): void;
  /** The silence of a place is looked at; returns whether it counts as gone by now. */
  listen(place: string): boolean;
  /** Returns whether anybody is there; `taken` is called when it is decided. */
  command(who: Principal, command: Command, done: (reply: Reply) => void, taken?: () => void): boolean;
  read(order: string, done: (view: OrderView | undefined) => void): boolean;
  /** What it says of the time. */
  beat(platformTime: number): string;
  /** Its clock at a moment of the world's time since the clock was last set. */
  clockAt(at: number): number;
  /** Somebody sets its clock. */
  stepClock(byMs: number): void;
  /** The disk's newest block is damaged. */
  corrupt(damaged: () => void): void;
  readonly up: boolean;
  readonly paused: boolean;
  readonly epoch: string;
  readonly state: State;
  order(id: string): Order | undefined;
  idle(): boolean;
}

const fitsState = checkOf(stateSchema);

/** The platform's process: the very core and runtime, on a simulated disk, with lives that end at any moment. */
export function createPlatformNode(ports: PlatformPorts): PlatformNode {
  const { time, clock, disk, observer, chronicle } = ports;
  const topics = new Map<string, ReturnType<typeof parseTopic>>();
  let presences = new Map<string, Presence>();
  let runtime: Runtime | undefined;
  let state = emptyState();
  let life = 0;
  let forward = createForwardClock(0);
  let alarmAt: number | undefined;
  let pausedUntil = 0;
  let held: (() => void)[] = [];
  let budget = Number.POSITIVE_INFINITY;
  let onSpent: (() => void) | undefined;
  let crashAgain: number | undefined;
  let corrupts: (() => void) | undefined;
  const movedOrders = new Set<string>();
  const movedOutlets = new Set<string>();

  /** Everything that reaches the process comes in here: not when it is dead, later when it is paused. */
  function enter(act: () => void): boolean {
    if (!runtime) return false;
    if (time.now() < pausedUntil) {
      const own = life;
      held.push(() => own === life && act());
      return true;
    }
    act();
    return true;
  }

  const platformNow = () => forward.now(clock.now());

  function arm(): void {
    clock.setAlarm(alarmAt === undefined ? undefined : alarmAt - forward.ahead, () => {
      alarmAt = undefined;
      enter(() => runtime?.alarm());
    });
  }

  /** What it says to the world: nothing any more, once it has died in the middle of saying it. */
  function say(own: number, act: () => void): void {
    if (own !== life) return;
    if (budget-- <= 0) {
      onSpent?.();
      return;
    }
    act();
  }

  function die(forMs: number, again: boolean): void {
    if (!runtime) return;
    life++;
    runtime = undefined;
    held = [];
    pausedUntil = 0;
    budget = Number.POSITIVE_INFINITY;
    onSpent = undefined;
    alarmAt = undefined;
    arm();
    crashAgain = again ? forMs : undefined;
    chronicle.note(() => ({ lane: 'platform', what: 'crash' }));
    chronicle.digest('crash');
    observer.crashed(time.now());
    if (corrupts && disk.corrupt()) {
      observer.tampered(time.now(), true);
      corrupts();
    }
    corrupts = undefined;
    ports.died();
    time.after(ports.downFor(forMs), start);
  }

  function append(own: number, block: Block): void {
    if (own !== life) return;
    if (crashAgain !== undefined) {
      const forMs = crashAgain;
      crashAgain = undefined;
      chronicle.probe('crash-in-recovery');
      return die(forMs, false);
    }
    const fate = ports.fateOf(block);
    if (fate.kind === 'crash' && fate.when === 'now' && !fate.keeps) return die(fate.forMs, fate.again);
    const commit = disk.take(block);
    const { first, last, at, prev, hash, body } = block;
    time.after(ports.diskMs(block), () => {
      // The power may have failed while it was being written: then it is not there, whole or not at all.
      if (own !== life) return;
      if (fate.kind === 'written' || fate.keeps) {
        commit();
        chronicle.digest(hash);
        chronicle.note(() => ({ lane: 'disk', what: 'durable', detail: body }));
        observer.durable(time.now(), { first, last, at, prev, hash, body });
      }
      if (fate.kind === 'refused') return die(fate.forMs, false);
      if (fate.kind === 'crash' && (fate.when === 'now' || fate.when === 'afterWrite'))
        return die(fate.forMs, fate.again);
      enter(() => release(own, fate));
    });
  }

  function release(own: number, fate: Fate): void {
    const crash = fate.kind === 'crash' ? fate : undefined;
    const end = () => crash && die(crash.forMs, crash.again);
    if (crash?.when === 'midRelease') {
      budget = 1;
      onSpent = end;
    }
    runtime?.durable();
    budget = Number.POSITIVE_INFINITY;
    onSpent = undefined;
    if (crash && own === life) return void end();
    if (own === life) look();
  }

  /** Where memory and disk must agree, somebody looks. */
  function look(): void {
    if (!runtime?.idle()) return;
    observer.quiet(time.now(), imageOfMoved(state, movedOrders, movedOutlets));
    movedOrders.clear();
    movedOutlets.clear();
  }

  function start(): void {
    const own = ++life;
    // What the dead one held is gone before the new one begins to hold it again.
    state = emptyState();
    let recovered: ReturnType<typeof recover>;
    try {
      recovered = recover(disk.kept(), digestOf);
    } catch (error) {
      return refuse((error as Error).message, () => {
        disk.repair();
        observer.tampered(time.now(), false);
      });
    }
    // A clock that is right is accepted, though the records are ahead of it: the operators have looked.
    const wrong = clock.isRight() ? undefined : clockProblem(clock.now(), recovered.state.now);
    if (wrong) return refuse(wrong, setRight);
    state = recovered.state;
    addDays(state, disk.ordersOfDays([state.previousDate, state.businessDate]));
    presences = new Map();
    movedOrders.clear();
    movedOutlets.clear();
    chronicle.note(() => ({ lane: 'platform', what: 'started' }));
    forward = createForwardClock(state.now);
    observer.clock(time.now(), platformNow());
    observer.recovered(time.now(), imageOf(state));
    runtime = createRuntime(
      recovered,
      {
        now: platformNow,
        setAlarm: (at) => {
          if (own !== life) return;
          alarmAt = at;
          arm();
        },
        append: (block) => append(own, block),
        load: (ids) => void time.after(1, () => own === life && enter(() => runtime?.loaded(disk.load(ids)))),
        publish: (topic, text) =>
          say(own, () => {
            observer.left(time.now(), topic, text);
            ports.publish(topic, text);
          }),
        changed: (outlet, order) =>
          say(own, () => {
            movedOutlets.add(outlet);
            if (order) movedOrders.add(order);
            ports.changed(outlet, order);
          }),
        alert: (code, about) => say(own, () => ports.alert(code, about)),
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
    ports.started(epochOf(own));
    runtime.input({ kind: 'started', epoch: epochOf(own) });
  }

  /** It will not start like this; the operators mend it, and start it again. */
  function refuse(why: string, mend: () => void): void {
    chronicle.note(() => ({ lane: 'platform', what: 'refused to start', detail: why }));
    chronicle.probe('refused-to-start');
    observer.refusedToStart(time.now(), why);
    time.after(REPAIR, () => {
      mend();
      start();
    });
  }

  function setRight(): void {
    clock.step(time.now() - clock.now());
  }

  function hear(topic: string, text: string): void {
    let parsed = topics.get(topic);
    if (parsed === undefined && !topics.has(topic)) {
      parsed = parseTopic(topic);
      topics.set(topic, parsed);
    }
    const read = decode(text);
    if (!parsed || !read.ok) return chronicle.probe('malformed-message');
    const { place, leaf } = parsed;
    if (leaf !== 'state') return runtime?.input({ kind: 'message', place, leaf, envelope: read.envelope });
    if (fitsState(read.envelope.data)) return chronicle.probe('malformed-state');
    const presence = presenceOf(nameOf(place));
    const before = presence.get(place)?.epoch;
    const change = presence.state(place, read.envelope.data as PlaceState, time.now());
    if (!change) return;
    // Whoever has just come may start nothing before it knows the time (OPR-006).
    if (change.online && before !== change.epoch) ports.tellTime(nameOf(place), beat(platformNow()));
    runtime?.input({ kind: 'presence', change });
  }

  function presenceOf(place: string): Presence {
    const known = presences.get(place) ?? createPresence();
    presences.set(place, known);
    return known;
  }

  const epochOf = (own: number) => `platform-life-${own}`;
  const beat = (now: number) =>
    encode({
      id: `beat-${now}`,
      source: 'platform',
      type: TIME_TYPE,
      time: now,
      data: { now, epoch: epochOf(life) },
    });

  return {
    start,
    crash: (forMs, again = false) => die(forMs, again),
    pause(ms) {
      if (!runtime) return;
      pausedUntil = Math.max(pausedUntil, time.now() + ms);
      observer.paused(time.now(), ms);
      chronicle.note(() => ({ lane: 'platform', what: 'paused', detail: `${ms} ms` }));
      const own = life;
      time.after(ms, () => {
        if (own !== life || time.now() < pausedUntil) return;
        for (const act of held.splice(0)) act();
      });
    },
    receive(topic, text) {
      enter(() => {
        observer.delivered(time.now(), topic, text);
        hear(topic, text);
      });
    },
    listen(place) {
      let gone = false;
      enter(() => {
        for (const change of presenceOf(place).silent(time.now())) {
          gone = true;
          chronicle.note(() => ({ lane: 'platform', what: 'silent', detail: place }));
          runtime?.input({ kind: 'presence', change });
        }
      });
      return gone;
    },
    command(who, command, done, taken = () => {}) {
      const own = life;
      return enter(() => {
        taken();
        runtime?.command(who, command, (reply) => say(own, () => done(reply)));
      });
    },
    read(order, done) {
      const own = life;
      return enter(() =>
        runtime?.read(
          (seen) => {
            const found = findOrder(seen, order) ?? disk.load([order])[0];
            return found && viewOf(found);
          },
          (view) => own === life && done(view),
        ),
      );
    },
    beat,
    clockAt: (at) => platformNow() - (time.now() - at),
    stepClock(byMs) {
      clock.step(byMs);
      if (runtime) {
        observer.clock(time.now(), platformNow());
        arm();
      }
      chronicle.note(() => ({ lane: 'platform', what: 'clock', detail: `${byMs} ms` }));
    },
    corrupt(damaged) {
      corrupts = damaged;
    },
    get up() {
      return runtime !== undefined;
    },
    get paused() {
      return time.now() < pausedUntil;
    },
    get epoch() {
      return epochOf(life);
    },
    get state() {
      return state;
    },
    order: (id) => findOrder(state, id),
    idle: () => runtime?.idle() === true,
  };
}

/** How long the operators take to bring a damaged disk back, or to set a clock, in ms. */
const REPAIR = 5 * 60_000;
