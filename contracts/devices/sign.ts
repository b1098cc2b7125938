import Type from 'typebox';
import { cancel } from '../cancel.ts';
import type { Profile } from '../operation.ts';

/** An LED sign over the counter, fed from the centre (DEV-05). */
export const sign = {
  name: 'sign',
  side: 'device',
  description: 'An LED sign’s driver: shows the centre’s text until another comes',
  operations: {
    show: {
      kind: 'command',
      description: 'Show this text from now on; an empty one darkens the sign',
      request: Type.Object({ text: Type.String({ maxLength: 200 }) }),
      result: Type.Object({ proof: Type.Union([Type.Literal('none'), Type.Literal('acknowledged')]) }),
    },
    cancel,
  },
  status: Type.Object({
    device: Type.Union([Type.Literal('online'), Type.Literal('offline'), Type.Literal('starting')]),
    text: Type.String({ maxLength: 200, description: 'What was last sent to it; empty after a restart' }),
  }),
  capabilities: Type.Object({ characters: Type.Integer({ minimum: 1, maximum: 200 }) }),
  clauses: [
    {
      id: 'SGN-001',
      level: 'MUST',
      text: 'status.text is what the sign was last told in this life of the driver; after a lost line or a restart it is empty until the centre sends again.',
    },
    {
      id: 'SGN-002',
      level: 'MUST',
      text: 'A character that the sign can’t show is replaced by U+3013 (〓); the rest is shown.',
    },
  ],
} as const satisfies Profile;
