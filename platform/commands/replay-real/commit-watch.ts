import type { Block } from '../../runtime/block.ts';
import type { Store } from '../../store/store.ts';

/** What becomes of a commit: a crash point, or what the disk does. */
export type Doom =
  | 'beforeAppend'
  | 'afterAppend'
  | 'midRelease'
  | 'afterRelease'
  | 'full'
  | 'error'
  | 'errorWritten';

/** Waits for the `nth` commit about an order, or about the day cut (`cut`). Plain data: it crosses to a process. */
export interface Watch {
  /** The fault's place in the scenario. */
  index: number;
  /** The order's id, or `cut`; `any`: whatever comes first. */
  about: string;
  nth: number;
  doom: Doom;
  /** How many such commits there were already. */
  seen: number;
}

export interface WatchedStore extends Store {
  /** From now on commits count. */
  arm(): void;
  /** Something left the platform, or somebody was told: where the commit before it is to die there, it does. */
  left(): void;
}

/** Longer than anything takes that was released and is on its way out of the process, in real ms. */
const FLUSH = 20;

/**
 * A store at which the platform dies, or that fails, at the named commits.
 * @param die the platform's process ends here, at once and without a word; `index` of the fault
 * @param deafen everything that was released may still leave, and nothing new is heard
 */
export function watchStore(
  store: Store,
  watches: readonly Watch[],
  { die, deafen }: { die: (index: number) => void; deafen: () => void },
): WatchedStore {
  let armed = false;
  let dead = false;
  let leaving: Watch | undefined;

  const end = ({ index }: Watch): void => {
    dead = true;
    die(index);
  };

  const doomOf = (block: Block): Watch | undefined => {
    let doomed: Watch | undefined;
    for (const watch of watches)
      if (block.body.includes(traceOf(watch)) && ++watch.seen === watch.nth) doomed = watch;
    return doomed;
  };

  return {
    ...store,
    arm() {
      armed = true;
    },
    left() {
      if (leaving && !dead) end(leaving);
    },
    async append(block) {
      if (dead) return NEVER;
      const watch = armed ? doomOf(block) : undefined;
      // The effects of the doomed commit have all been released when the next one begins.
      if (!watch) return store.append(block);
      switch (watch.doom) {
        case 'beforeAppend':
          end(watch);
          return NEVER;
        case 'full':
          throw new Error('SQLITE_FULL: database or disk is full');
        case 'error':
          throw new Error('SQLITE_IOERR: disk I/O error');
        case 'errorWritten':
          await store.append(block);
          throw new Error('SQLITE_IOERR: disk I/O error');
        default:
          await store.append(block);
      }
      if (watch.doom === 'afterAppend') {
        end(watch);
        return NEVER;
      }
      if (watch.doom === 'midRelease') leaving = watch;
      setImmediate(() => {
        deafen();
        // Where nothing was there to be released first, it dies behind all of it.
        setTimeout(() => dead || end(watch), FLUSH);
      });
    },
  };
}

const NEVER = new Promise<never>(() => {});

/** What stands in every block about it. */
function traceOf({ about }: Watch): string {
  if (about === 'any') return '';
  return about === 'cut' ? '"type":"dayOpened"' : about;
}
