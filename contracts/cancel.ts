import Type, { type Static } from 'typebox';
import type { Operation } from './operation.ts';

/**
 * Every device class has it, and no driver implements it: the endpoint answers. A driver that asks `late()` right before its
 * first byte, as OPR-005 wants, gives a cancelled command up in the same breath.
 */
export const cancel = {
  kind: 'question',
  description:
    'Do not begin the command with this key, if it has not begun; answered when it has ended, one way or the other',
  request: Type.Object({ originalKey: Type.String({ minLength: 1, maxLength: 256 }) }),
  result: Type.Object({
    standing: Type.Union([Type.Literal('canceled'), Type.Literal('ended'), Type.Literal('notFound')], {
      description:
        'canceled: it never began, and never will; ended: it had begun or was over, and its own completion says how it ended; notFound: this key is not known here',
    }),
  }),
} as const satisfies Operation;

export type CancelStanding = Static<typeof cancel.result>['standing'];
