/** Who does jobs, one at a time. */
export interface Hand<J, R> {
  do(job: J): Promise<R>;
  end(): Promise<void>;
}

/**
 * Lets the hands do the jobs, each taking the next when it is free, and gives the results out in the order of the jobs
 * whoever was faster. When `stopped` says so no further job is begun; those that were begun are awaited and given out.
 * An error of `take` ends it and is passed on.
 */
export async function doInOrder<J, R>(
  jobs: Iterable<J>,
  hands: readonly Hand<J, R>[],
  take: (result: R, job: J) => void,
  stopped: () => boolean,
): Promise<void> {
  const rest = jobs[Symbol.iterator]();
  const waiting = new Map<number, { job: J; result: R }>();
  let begun = 0;
  let given = 0;
  let failed = false;

  async function work(hand: Hand<J, R>): Promise<void> {
    while (!failed && !stopped()) {
      const next = rest.next();
      if (next.done) return;
      const place = begun++;
      const result = await hand.do(next.value);
      waiting.set(place, { job: next.value, result });
      giveOut();
    }
  }

  function giveOut(): void {
    for (let due = waiting.get(given); due; due = waiting.get(given)) {
      waiting.delete(given++);
      take(due.result, due.job);
    }
  }

  await Promise.all(
    hands.map((hand) =>
      work(hand).catch((error: Error) => {
        failed = true;
        throw error;
      }),
    ),
  );
}

/** A hand of this thread; between two jobs it lets others of the thread have their turn. */
export function handHere<J, R>(play: (job: J) => R): Hand<J, R> {
  return {
    async do(job) {
      await new Promise((resolve) => setImmediate(resolve));
      return play(job);
    },
    end: () => Promise.resolve(),
  };
}
