import { Worker } from 'node:worker_threads';
import type { Hand } from './pool.ts';

/** A big world would be over long before V8 thinks of collecting its garbage: so it is told how much there is. In MB. */
const LIMITS = { maxOldGenerationSizeMb: 330, maxYoungGenerationSizeMb: 64 };

/**
 * A hand in a thread of its own, whose module at `url` answers each message with one. A job that ends the thread, or does not
 * end within `limitMs` of real time, is given to `lost`, and the next one gets a new thread.
 */
export function threadHand<J, R>(url: URL, limitMs: number, lost: (job: J, why: string) => R): Hand<J, R> {
  let worker: Worker | undefined;

  return {
    do: (job) =>
      new Promise<R>((resolve) => {
        worker ??= new Worker(url, { resourceLimits: LIMITS });
        const thread = worker;
        const timer = setTimeout(
          () => giveUp(`it did not end within ${limitMs / 1000} s of real time`),
          limitMs,
        );
        const settle = (result: R) => {
          clearTimeout(timer);
          thread.off('message', settle).off('error', onError).off('exit', onExit);
          resolve(result);
        };
        function giveUp(why: string): void {
          worker = undefined;
          settle(lost(job, why));
          // What it says when it is being ended interests nobody any more.
          thread.on('error', () => undefined);
          void thread.terminate();
        }
        const onError = (error: unknown) => giveUp(`its thread failed: ${(error as Error).stack ?? error}`);
        const onExit = (code: number) => giveUp(`its thread ended with ${code}`);
        thread.on('message', settle).on('error', onError).on('exit', onExit);
        thread.postMessage(job);
      }),
    async end() {
      await worker?.terminate();
      worker = undefined;
    },
  };
}
