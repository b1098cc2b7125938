import type { Standing } from './life.ts';

/** Where the platform runs: in this process, or in one of its own. It dies and comes back as the scenario says. */
export interface Host {
  /** Where its HTTP server listens; undefined while it is dead. */
  url(): string | undefined;
  /** Resolves when it knows what time it is. */
  caughtUp(): Promise<void>;
  busy(): boolean;
  standing(): Standing;
  cutDay(): void;
  /** Somebody sets the platform's clock. */
  setClock(byMs: number): void;
  /** Stands still, or goes on. Only a process of its own can. */
  pause(on: boolean): void;
  isPaused(): boolean;
  /** From here on it dies of nothing any more. */
  calm(): void;
  /** Ends it, for good. */
  close(): Promise<void>;
}
