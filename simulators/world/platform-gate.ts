import type { VirtualTime } from './virtual-time.ts';

/** The way into the platform's process: whatever reaches it comes through here, or nowhere. */
export interface Gate {
  /** Returns whether anybody is there: while the process lives. While it is paused `act` waits, and dies with it. */
  enter(act: () => void): boolean;
  /** The process lives from now on. */
  open(): void;
  /** The process dies. */
  close(): void;
  /** Nothing of it runs for so long, ms: what comes meanwhile waits. */
  pause(ms: number): void;
  readonly isOpen: boolean;
  readonly isPaused: boolean;
}

export function createGate(time: VirtualTime): Gate {
  let open = false;
  let life = 0;
  let pausedUntil = 0;
  let held: (() => void)[] = [];
  return {
    enter(act) {
      if (!open) return false;
      if (time.now() < pausedUntil) held.push(act);
      else act();
      return true;
    },
    open() {
      open = true;
      life++;
    },
    close() {
      open = false;
      life++;
      pausedUntil = 0;
      held = [];
    },
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, time.now() + ms);
      time.after(ms, () => {
        if (time.now() < pausedUntil) return;
        // One of them may end the process: the rest were waiting for one that is dead.
        const own = life;
        for (const act of held.splice(0)) if (own === life) act();
      });
    },
    get isOpen() {
      return open;
    },
    get isPaused() {
      return time.now() < pausedUntil;
    },
  };
}
