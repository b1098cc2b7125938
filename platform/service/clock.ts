/** Time as the platform's process needs it. `now` is platform time in ms; what hangs on it may be driven on a bench. */
export interface Clock {
  now(): number;
  /** Calls `act` once when platform time reaches `time`; the result takes it back. */
  at(time: number, act: () => void): () => void;
  /** Steady real time in ms, for liveness: whether somebody is silent is not a matter of business time. */
  steady(): number;
  /** Calls `act` again and again, in real time; does not keep the process alive. */
  every(ms: number, act: () => void): () => void;
}

/** A timer sleeps its length whatever the wall clock does meanwhile (a mended clock, a suspend): so it looks again, ms. */
const LONGEST = 5_000;

/** `now`: where time is read from, in ms; the machine's clock unless another one runs as fast. */
export function realClock(now: () => number = () => Date.now()): Clock {
  return {
    now,
    at(time, act) {
      let timer: NodeJS.Timeout;
      const arm = () => {
        const wait = time - now();
        timer = setTimeout(() => (now() < time ? arm() : act()), Math.min(Math.max(wait, 0), LONGEST));
      };
      arm();
      return () => clearTimeout(timer);
    },
    steady: () => performance.now(),
    every(ms, act) {
      const timer = setInterval(act, ms);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}
