import type { Behaviour, Command, Question } from '../../../contracts/endpoint/behaviour.ts';
import { KEYS_KEPT } from '../../../contracts/endpoint/keys.ts';
import { DAY } from '../../../contracts/time.ts';
import type { Books } from './books.ts';
import { createCommands } from './commands.ts';
import type { Context, Use } from './context.ts';
import type { BookEvent } from './entries.ts';
import { createQuestions } from './questions.ts';

export interface UtilityPorts {
  /** The utility's time in ms. */
  now(): number;
  /** Calls `fn` after so many ms; the result takes it back. */
  after(ms: number, fn: () => void): () => void;
  /** Keeps the events and then calls `done`, in the order of the calls; also for none, as a barrier. */
  keep(events: readonly BookEvent[], done: () => void): void;
}

export interface Utility {
  behaviour: Behaviour;
  /** Whether something is still going to happen by itself. */
  busy(): boolean;
  /** Whether something is on its way to the disk. */
  writing(): boolean;
  /** Takes the timers back. */
  stop(): void;
}

/** How often a conduct's «so many times» has been used, by purchase: kept outside, for a process that dies must not forget it. */
export interface Uses {
  /** The count after this use. */
  next(what: Use, key: string): number;
  /** Told each time that it hits. */
  used(what: Use, key: string): void;
}

export function noUses(used: Uses['used'] = () => {}): Uses {
  const counts = new Map<string, number>();
  return {
    next(what, key) {
      const id = `${what} ${key}`;
      const count = (counts.get(id) ?? 0) + 1;
      counts.set(id, count);
      return count;
    },
    used,
  };
}

/** The simulated utility: what the books decide, told as the conduct says. */
export function createUtility(
  books: Books,
  conductOf: Context['conductOf'],
  ports: UtilityPorts,
  uses: Uses = noUses(),
): Utility {
  const timers = new Set<() => void>();
  let writing = 0;

  const context: Context = {
    books,
    conductOf,
    now: ports.now,
    after(ms, fn) {
      const cancel = ports.after(ms, () => {
        timers.delete(cancel);
        fn();
      });
      timers.add(cancel);
    },
    // Applied at once, so that the next decision sees it; told only when it is kept.
    write(events, then) {
      for (const event of events) books.apply(event);
      writing += 1;
      ports.keep(events, () => {
        writing -= 1;
        then();
      });
    },
    isUsed(what, key, times) {
      const isHit = times > 0 && uses.next(what, key) <= times;
      if (isHit) uses.used(what, key);
      return isHit;
    },
  };
  const commands: { [operation: string]: (command: Command) => void } = createCommands(context);
  const questions: { [operation: string]: (question: Question) => void } = createQuestions(context);

  return {
    behaviour: {
      capabilities: { keepsKeysDays: KEYS_KEPT / DAY, voids: true },
      status: () => ({ upstream: 'up' }),
      command: (command) => commands[command.operation]?.(command),
      question: (question) => questions[question.operation]?.(question),
    },
    busy: () => timers.size > 0 || writing > 0,
    writing: () => writing > 0,
    stop() {
      for (const cancel of timers) cancel();
      timers.clear();
    },
  };
}
