import { type WireErrorCode, wireError } from '../../../contracts/errors.ts';
import type { Completion } from '../../../contracts/operation.ts';
import type { Books } from './books.ts';
import type { Conduct } from './conduct.ts';
import type { BookEvent } from './entries.ts';

/** What a conduct does «so many times». */
export type Use = 'noSeal' | 'noAnswer' | 'denies';

/** What commands and questions work with. */
export interface Context {
  books: Books;
  conductOf(asked: { key: string; customerNo: string; operation: 'order' | 'orderVoid' }): Conduct;
  /** The utility's time in ms. */
  now(): number;
  /** Calls `fn` after so many ms, unless it is stopped before. */
  after(ms: number, fn: () => void): void;
  /** Applies the events at once, and calls `then` when they and all before them are kept. */
  write(events: readonly BookEvent[], then: () => void): void;
  /** Whether this is one of the purchase's first so many times. */
  isUsed(what: Use, key: string, times: number): boolean;
}

export const success = <Result>(result: Result): Completion<Result> => ({ outcome: 'success', result });
export const failure = (code: WireErrorCode): Completion => ({ outcome: 'failure', error: wireError(code) });
export const unknown = (code: WireErrorCode): Completion => ({
  outcome: 'unknown',
  error: wireError(code, { effect: 'unknown' }),
});
