import { wireError } from '../../contracts/errors.ts';
import type { Completion } from '../../contracts/operation.ts';
import { codeOf, failed, failure } from './codes.ts';
import { demand, isTrouble, type Sequence } from './exchange.ts';

/**
 * Powers the card off and gives it back. A reader without a card has nothing left to give back: success.
 * @param late whether the command’s time is over
 */
export function* releaseCard(late: () => boolean): Sequence<Completion> {
  if (late()) return failure('contract.expired', 'waited for the reader until its deadline');
  // A card whose contacts are off already, or that is gone, is given back all the same.
  yield* demand('powerOff', { do: 'powerOff' });
  const ejected = yield* demand('eject', { do: 'eject' });
  if (!isTrouble(ejected) || ejected.cause === 'noCard') return { outcome: 'success', result: {} };
  // A jam proves that it is not out. Of anything else nobody can say how far it came (ERR-004).
  if (!ejected.maybeDone || ejected.cause === 'jammed') return failed(ejected);
  return {
    outcome: 'unknown',
    error: wireError(codeOf(ejected), { effect: 'unknown', detail: ejected.detail }),
  };
}
