import Type from 'typebox';
import { cancel } from '../cancel.ts';
import type { Profile } from '../operation.ts';

/** A display that shows the customer the amount. Its wire has one direction: nothing ever comes back. */
export const customerDisplay = {
  name: 'customer-display',
  side: 'device',
  description: 'A customer display’s driver: shows an amount with its label, or clears',
  operations: {
    show: {
      kind: 'command',
      description: 'Show this instead of what is shown; success says that it was sent, for nothing answers',
      request: Type.Object({
        amountFen: Type.Optional(
          Type.Integer({ minimum: 0, maximum: 99_999_999, description: 'Amount in fen; missing: clear' }),
        ),
        label: Type.Optional(
          Type.Union([
            Type.Literal('price'),
            Type.Literal('total'),
            Type.Literal('received'),
            Type.Literal('change'),
          ]),
        ),
      }),
      result: Type.Object({ proof: Type.Literal('none') }),
    },
    cancel,
  },
  status: Type.Object({
    device: Type.Union([Type.Literal('online'), Type.Literal('offline'), Type.Literal('starting')], {
      description: 'online: its line is open; whether a display hangs on it nobody can know',
    }),
  }),
  capabilities: Type.Object({ digits: Type.Integer({ minimum: 4, maximum: 40 }), labels: Type.Boolean() }),
  clauses: [
    {
      id: 'DSP-001',
      level: 'MUST',
      text: 'What cannot be shown whole (too many digits) is refused with contract.invalidData; never is a part of an amount shown.',
    },
    {
      id: 'DSP-002',
      level: 'MUST',
      text: 'After a lost line or a restart the display is cleared before anything is shown: no old amount stands before the next customer.',
    },
  ],
} as const satisfies Profile;
