import { createBooks } from './books.ts';
import type { InvariantId, Violation, Watch } from './invariant.ts';
import { INVARIANTS } from './invariants/index.ts';
import { readReply, readRequest } from './message.ts';
import type { Observer, Told, WrittenBlock } from './observation.ts';
import type { LogRecord } from './records.ts';
import { createScene } from './scene.ts';
import { readView } from './view.ts';

export interface Checker extends Observer {
  verdict(): Verdict;
  /** Nothing that comes now can change the verdict. */
  stopped(): boolean;
}

export interface Verdict {
  /** The first rule that was broken. */
  violation?: Violation;
  /** How often each invariant had something to check. */
  checked: { [id: string]: number };
  /** The checker itself failed: nothing can be said about the run. */
  failedItself?: string;
}

export interface CheckerOptions {
  /** Only these invariants watch. */
  only?: readonly InvariantId[];
  /** The chain's digest. */
  hash: (text: string) => string;
}

type Hook = (at: number, a?: unknown, b?: unknown, c?: unknown, d?: unknown) => void;

/** At most so often is told that time passes, in ms of the world's. */
const TICK = 1_000;

/**
 * Watches one run from outside: folds what is durable, and hands every observation to the invariants that want it. It never
 * throws: what fails inside it makes the run inconclusive, never a pass.
 */
export function createChecker({ only, hash }: CheckerOptions): Checker {
  const { scene, tell } = createScene();
  const books = createBooks(scene.intents);
  const checked: { [id: string]: number } = {};
  let violation: Violation | undefined;
  let failedItself: string | undefined;
  let isOver = false;
  let ticked = Number.NEGATIVE_INFINITY;

  const watches = INVARIANTS.filter(({ id }) => !only || only.includes(id)).map(({ id, kind, watch }) => {
    checked[id] = 0;
    return watch({
      books,
      scene,
      hash,
      broken(what) {
        violation ??= { invariant: id, kind, ...what };
        isOver = true;
      },
      checked(times = 1) {
        checked[id] = (checked[id] ?? 0) + times;
      },
    });
  });
  const hooks = <K extends keyof Watch>(name: K) => watches.flatMap((watch) => watch[name] ?? []);
  const ticks = hooks('tick');
  const records = hooks('record');
  const heard = hooks('heard');
  const sent = hooks('sent');
  const shown = hooks('shown');

  /** Does it if the run is still open, once whoever waits for time has been told. */
  function observe(at: number, act: () => void): void {
    if (isOver) return;
    try {
      if (at - ticked >= TICK) {
        ticked = at;
        for (const tick of ticks) tick(at);
      }
      act();
    } catch (error) {
      failedItself = error instanceof Error ? (error.stack ?? error.message) : String(error);
      isOver = true;
    }
  }

  function relay(name: keyof Observer): Hook {
    const own = tell[name] as Hook | undefined;
    const list = hooks(name) as Hook[];
    return (at, a, b, c, d) =>
      observe(at, () => {
        own?.(at, a, b, c, d);
        for (const hook of list) hook(at, a, b, c, d);
      });
  }

  const orderOf = (id: string | undefined) => (id === undefined ? undefined : books.orders.get(id));
  const delivered = relay('delivered');
  const left = relay('left');
  const told = relay('told');
  const durable = relay('durable');

  return {
    intended: relay('intended'),
    submitted: relay('submitted'),
    cash: relay('cash'),
    carrier: relay('carrier'),
    utility: relay('utility'),
    card: relay('card'),
    meter: relay('meter'),
    settledByHand: relay('settledByHand'),
    paper: relay('paper'),
    crashed: relay('crashed'),
    recovered: relay('recovered'),
    refusedToStart: relay('refusedToStart'),
    quiet: relay('quiet'),
    clock: relay('clock'),
    paused: relay('paused'),
    tampered: relay('tampered'),
    online: relay('online'),
    healed: relay('healed'),
    end: relay('end'),
    delivered(at, topic, text) {
      delivered(at, topic, text);
      if (heard.length === 0) return;
      observe(at, () => {
        const message = readReply(topic, text);
        if (message) for (const hook of heard) hook(at, message, orderOf(message.order));
      });
    },
    left(at, topic, text) {
      left(at, topic, text);
      if (sent.length === 0) return;
      observe(at, () => {
        const message = readRequest(topic, text);
        if (message) for (const hook of sent) hook(at, message, orderOf(message.order));
      });
    },
    told(at, what: Told) {
      told(at, what);
      if (shown.length === 0) return;
      observe(at, () => {
        const view = readView(what.text);
        if (view) for (const hook of shown) hook(at, view, what, orderOf(view.id));
      });
    },
    durable(at, block: WrittenBlock) {
      observe(at, () => {
        const body = JSON.parse(block.body) as { records: LogRecord[] };
        for (const record of body.records) {
          const order = books.fold(at, record);
          for (const hook of records) hook(at, record, order);
        }
      });
      durable(at, block);
    },
    verdict: () => ({
      checked,
      ...(violation ? { violation } : {}),
      ...(failedItself === undefined ? {} : { failedItself }),
    }),
    stopped: () => isOver,
  };
}
