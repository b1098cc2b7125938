import { randomUUID } from 'node:crypto';
import type { Envelope } from '../../contracts/envelope.ts';
import type { Completion } from '../../contracts/operation.ts';
import { nameOf, type Place } from '../../contracts/topics.ts';
import type { Clock } from './clock.ts';

/**
 * What the platform asks a place for a person who waits. It moves no money and stands on no record: whoever lost the answer asks
 * again.
 */
export interface Questions {
  /**
   * The completion, or `undefined` where none came within `withinMs`. A `command` carries a key of its own, and is not begun
   * later than that.
   */
  ask(
    place: Place,
    types: { request: string; completed: string },
    data: object,
    withinMs: number,
    kind?: 'question' | 'command',
  ): Promise<Completion | undefined>;
  /** Takes a reply that answers one of these questions; returns whether it did. */
  answered(place: Place, envelope: Envelope): boolean;
}

export function createQuestions(
  clock: Pick<Clock, 'now' | 'at'>,
  publish: (place: Place, envelope: Envelope) => void,
): Questions {
  const open = new Map<
    string,
    { from: string; completed: string; done: (completion?: Completion) => void }
  >();

  return {
    ask(place, { request, completed }, data, withinMs, kind = 'question') {
      return new Promise((resolve) => {
        const id = `q.${randomUUID()}`;
        const now = clock.now();
        const cancel = clock.at(now + withinMs, () => end());
        const end = (completion?: Completion) => {
          cancel();
          open.delete(id);
          resolve(completion);
        };
        // Only the place that was asked may answer.
        open.set(id, { from: nameOf(place), completed, done: end });
        const asCommand = kind === 'command' ? { key: id, expiry: now + withinMs, attempt: 1 } : {};
        publish(place, { id, source: 'platform', type: request, time: now, ...asCommand, data });
      });
    },
    answered(place, { causation = '', source, type, data }) {
      const question = open.get(causation);
      if (
        !question ||
        question.from !== nameOf(place) ||
        source !== question.from ||
        type !== question.completed
      )
        return false;
      question.done(data as Completion);
      return true;
    },
  };
}
