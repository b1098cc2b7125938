import { type Clock, realClock } from './clock.ts';

export interface DrivenClock extends Clock {
  /**
   * Begins to jump from each thing that is due to the next. `busy` says whether somebody is still at work at the present time;
   * there is no jump meanwhile.
   */
  drive(busy: () => boolean): void;
  /**
   * Jumps `ms` ahead, by way of everything that is due in between, each at its own time and in order. Somebody who stays busy
   * is waited for a moment only. Resolves when it is there, and nobody is busy with what came due last. Rejects where `ms` is
   * not ahead, and while it is being driven or advanced already.
   */
  advance(ms: number, busy: () => boolean): Promise<void>;
  /** No jump follows. */
  stop(): void;
  /** Calls `act` after every jump, before what has come due by it. */
  onJump(act: () => void): void;
}

/** How often it looks whether everybody is done, and how often in a row they must be, in real ms and looks. */
const LOOK_EVERY = 5;
const QUIET_LOOKS = 6;
/** So many looks at most before each jump of an advance: a printer that hangs must not stop the time for ever. */
const PATIENCE = 200;

/**
 * A clock that runs as real time does and can be told to jump, always by way of what is due: the real inquiry ladder of a day
 * passes in seconds, each rung at its own time.
 * @param start what it says first, in ms
 * @param tick what it runs with: any clock in ms
 */
export function drivenClock(start: number, tick: () => number = () => performance.now()): DrivenClock {
  let offset = start - tick();
  const real = realClock(() => Math.floor(tick() + offset));
  const due = new Set<{ time: number; come: () => void }>();
  const jumped: (() => void)[] = [];
  /** The present drive or advance; another one, or none, ends it. */
  let journey: object | undefined;

  /** Jumps to the next thing that is due, or to `end` where that comes first; only ever forward. */
  function jump(end: number): void {
    const to = Math.min(end, ...[...due].map((entry) => entry.time));
    if (!Number.isFinite(to)) return;
    offset += Math.max(0, to - real.now());
    for (const act of jumped) act();
    for (const entry of [...due].sort((a, b) => a.time - b.time)) if (entry.time <= real.now()) entry.come();
  }

  /** Jumps on to `end`, waiting before each jump until nobody has been busy for a few looks, or for so many looks in all. */
  function travel(end: number, busy: () => boolean, patience: number, arrived: () => void): void {
    const mine = {};
    journey = mine;
    let quiet = 0;
    let looks = 0;
    const timer = setInterval(() => {
      quiet = busy() ? 0 : quiet + 1;
      if (journey === mine && quiet < QUIET_LOOKS && ++looks < patience) return;
      quiet = 0;
      looks = 0;
      if (journey === mine && real.now() < end) return jump(end);
      clearInterval(timer);
      if (journey === mine) journey = undefined;
      arrived();
    }, LOOK_EVERY);
  }

  return {
    ...real,
    at(time, act) {
      const entry = { time, come };
      due.add(entry);
      const cancel = real.at(time, come);
      function come(): void {
        if (forget()) act();
      }
      function forget(): boolean {
        cancel();
        return due.delete(entry);
      }
      return forget;
    },
    onJump: (act) => jumped.push(act),
    drive: (busy) => travel(Number.POSITIVE_INFINITY, busy, Number.POSITIVE_INFINITY, () => {}),
    advance(ms, busy) {
      if (!(ms > 0)) return Promise.reject(new Error(`time only goes forward: ${ms} ms is not ahead`));
      if (journey) return Promise.reject(new Error('the clock is jumping already: wait until it is there'));
      return new Promise((resolve) => travel(real.now() + ms, busy, PATIENCE, resolve));
    },
    stop() {
      journey = undefined;
    },
  };
}
