import { encode } from '../../contracts/envelope.ts';
import { TIME_TYPE } from '../../contracts/state.ts';
import type { Principal } from '../../platform/core/authorize.ts';
import type { Command } from '../../platform/core/input.ts';
import type { Order } from '../../platform/core/order.ts';
import { emptyState, findOrder, type State } from '../../platform/core/state.ts';
import { type OrderView, viewOf } from '../../platform/core/views.ts';
import { clockProblem } from '../../platform/runtime/clock-check.ts';
import { addDays, recover } from '../../platform/runtime/recover.ts';
import type { Reply } from '../../platform/runtime/runtime.ts';
import { digestOf } from './digest.ts';
import { imageOf } from './image.ts';
import { createGate } from './platform-gate.ts';
import { createPlatformLife, type PlatformLife } from './platform-life.ts';
import type { PlatformPorts } from './platform-ports.ts';
import { createPlatformTime } from './platform-time.ts';

export interface PlatformNode {
  start(): void;
  /** Nothing of it runs for so long, ms: what comes meanwhile waits, timers are late. */
  pause(ms: number): void;
  receive(topic: string, text: string): void;
  /** The silence of a place is looked at. */
  listen(place: string): void;
  /** Returns whether anybody is there; `taken` is called when it is decided. */
  command(who: Principal, command: Command, done: (reply: Reply) => void, taken?: () => void): boolean;
  read(order: string, done: (view: OrderView | undefined) => void): boolean;
  /** What it says of the time: `now` is platform time. */
  beat(now: number): string;
  /** Its clock at a moment of the world's time since the clock was last set. */
  clockAt(at: number): number;
  /** Somebody sets its clock. */
  stepClock(byMs: number): void;
  /** The disk's newest block is damaged when it dies next. */
  corrupt(damaged: () => void): void;
  readonly up: boolean;
  readonly paused: boolean;
  readonly epoch: string;
  readonly state: State;
  order(id: string): Order | undefined;
  idle(): boolean;
}

/** How long the operators take to bring a damaged disk back, or to set a clock, in ms. */
const REPAIR = 5 * 60_000;

/** The platform's machine: its clock, its disk, and lives of its process that end at any moment. */
export function createPlatformNode(ports: PlatformPorts): PlatformNode {
  const { time, clock, disk, observer, chronicle } = ports;
  const gate = createGate(time);
  const platformTime = createPlatformTime(time, clock, () => gate.enter(() => living?.runtime.alarm()));
  let living: PlatformLife | undefined;
  let state = emptyState();
  /** Rises by one with each start and each death. */
  let life = 0;
  let diesAtOnce: number | undefined;
  let corrupts: (() => void) | undefined;
  let damaged = false;

  const epoch = () => `platform-life-${life}`;

  function start(): void {
    life++;
    // What the dead one held is gone before the new one begins to hold it again. Where that will refuse to start, things stand
    // as they stood.
    if (!damaged) state = emptyState();
    let recovered: ReturnType<typeof recover>;
    try {
      recovered = recover(disk.kept(), digestOf);
    } catch (error) {
      return refuse((error as Error).message, () => {
        disk.repair();
        damaged = false;
        observer.tampered(time.now(), false);
      });
    }
    state = recovered.state;
    // A clock that is right is accepted, though the records are ahead of it: the operators have looked.
    const wrong = clock.isRight() ? undefined : clockProblem(clock.now(), recovered.state.now);
    if (wrong) return refuse(wrong, () => clock.step(time.now() - clock.now()));
    addDays(state, disk.ordersOfDays([state.previousDate, state.businessDate]));
    chronicle.note(() => ({ lane: 'platform', what: 'started' }));
    platformTime.begin(state.now);
    observer.clock(time.now(), platformTime.now());
    observer.recovered(time.now(), imageOf(state));
    living = createPlatformLife({
      ports,
      gate,
      recovered,
      diesAtOnce,
      platformTime,
      born: (place) => ports.tellTime(place, beat(platformTime.now())),
      die,
    });
    gate.open();
    ports.started();
    living.runtime.input({ kind: 'started', epoch: epoch() });
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

  /** The lights go out; `forMs` later it is started again, and where it says so dies once more while it recovers. */
  function die(forMs: number, again: boolean): void {
    if (!living) return;
    life++;
    living.end();
    living = undefined;
    gate.close();
    platformTime.setAlarm(undefined);
    diesAtOnce = again ? forMs : undefined;
    chronicle.note(() => ({ lane: 'platform', what: 'crash' }));
    chronicle.digest('crash');
    observer.crashed(time.now());
    if (corrupts && disk.corrupt()) {
      damaged = true;
      observer.tampered(time.now(), true);
      corrupts();
    }
    corrupts = undefined;
    ports.died();
    time.after(ports.downFor(forMs), start);
  }

  const beat = (now: number) =>
    encode({
      id: `beat-${now}`,
      source: 'platform',
      type: TIME_TYPE,
      time: now,
      data: { now, epoch: epoch() },
    });

  return {
    start,
    pause(ms) {
      if (!living) return;
      gate.pause(ms);
      observer.paused(time.now(), ms);
      chronicle.note(() => ({ lane: 'platform', what: 'paused', detail: `${ms} ms` }));
    },
    receive(topic, text) {
      gate.enter(() => {
        observer.delivered(time.now(), topic, text);
        living?.ear.hear(topic, text);
      });
    },
    listen: (place) => void gate.enter(() => living?.ear.listen(place)),
    command(who, command, done, taken = () => {}) {
      const own = living;
      return gate.enter(() => {
        taken();
        own?.runtime.command(who, command, (reply) => own.say(() => done(reply)));
      });
    },
    read(order, done) {
      const own = living;
      return gate.enter(() =>
        own?.runtime.read(
          (seen) => {
            const found = findOrder(seen, order) ?? disk.load([order])[0];
            return found && viewOf(found);
          },
          (view) => !own.isOver() && done(view),
        ),
      );
    },
    beat,
    clockAt: platformTime.at,
    stepClock(byMs) {
      clock.step(byMs);
      if (living) {
        observer.clock(time.now(), platformTime.now());
        platformTime.clockWasSet();
      }
      chronicle.note(() => ({ lane: 'platform', what: 'clock', detail: `${byMs} ms` }));
    },
    corrupt(damaged) {
      corrupts = damaged;
    },
    get up() {
      return gate.isOpen;
    },
    get paused() {
      return gate.isPaused;
    },
    get epoch() {
      return epoch();
    },
    get state() {
      return state;
    },
    order: (id) => findOrder(state, id),
    idle: () => living?.runtime.idle() === true,
  };
}
