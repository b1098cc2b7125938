import type { Progress } from '../../../simulators/campaign/campaign.ts';

const EVERY_MS = 200;
/** Where nobody watches, in a log: now and then. */
const LOG_EVERY_MS = 15_000;
const WIDTH = 24;

/** How far a campaign is, on standard error, so that standard output stays the result's. */
export interface Bar {
  show(progress: Progress): void;
  /** The line is free for other words. */
  clear(): void;
}

/** `share` says how much is done, 0 to 1, of the seeds or of the time. */
export function progressBar(share: (progress: Progress) => number, now: () => number): Bar {
  const { stderr } = process;
  let shown = now();
  let dirty = false;
  return {
    show(progress) {
      if (now() - shown < (stderr.isTTY ? EVERY_MS : LOG_EVERY_MS)) return;
      shown = now();
      const words = wordsOf(progress);
      if (!stderr.isTTY) {
        stderr.write(`${words}\n`);
        return;
      }
      const filled = Math.round(Math.min(1, share(progress)) * WIDTH);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
      stderr.write(`\r\x1b[K${bar} ${words}`.slice(0, (stderr.columns ?? 120) + 3));
      dirty = true;
    },
    clear() {
      if (dirty) stderr.write('\r\x1b[K');
      dirty = false;
    },
  };
}

const wordsOf = ({ seeds, stationDays, faultsDelivered, failed }: Progress) =>
  `${seeds.toLocaleString('en')} seeds, ${Math.round(stationDays).toLocaleString('en')} station-days, ${faultsDelivered.toLocaleString('en')} faults delivered, ${failed} failures`;
