import type { Completion } from '../../contracts/operation.ts';
import { failure } from './codes.ts';
import type { Sequence } from './exchange.ts';
import type { ReaderReply, ReaderRequest } from './reader.ts';

/** One operation: what it asks of the reader, and whom to tell how it ended. */
export interface Turn {
  begin(): Sequence<Completion>;
  end(completion: Completion): void;
}

/** Operations that may wait behind the one under way. */
const MAX_WAITING = 4;

/**
 * Operations one after the other: the next one asks nothing before the last reply of the one before (CRD-008).
 * @param line.ask asks the reader; `reply` is called once, maybe within the call
 * @param line.over an operation has come to its end, which is not told yet
 */
export function createTurns(line: {
  ask(request: ReaderRequest, reply: (reply: ReaderReply) => void): void;
  over(): void;
}) {
  const waiting: Turn[] = [];
  let isRunning = false;

  function beginNext(): void {
    if (isRunning) return;
    const turn = waiting.shift();
    if (!turn) return;
    isRunning = true;
    const sequence = turn.begin();
    advance(turn, sequence, sequence.next());
  }

  function advance(
    turn: Turn,
    sequence: Sequence<Completion>,
    { done, value }: IteratorResult<ReaderRequest, Completion>,
  ): void {
    if (!done) return line.ask(value, (reply) => advance(turn, sequence, sequence.next(reply)));
    isRunning = false;
    line.over();
    turn.end(value);
    beginNext();
  }

  return {
    /** Begins it now or in its turn; ends it with device.busy where too many wait. */
    take(turn: Turn): void {
      if (waiting.length >= MAX_WAITING)
        return turn.end(failure('device.busy', `${MAX_WAITING} operations wait already`));
      waiting.push(turn);
      beginNext();
    },
    /** Takes those out that wait: they have not begun. */
    dropWaiting: (): Turn[] => waiting.splice(0),
  };
}
