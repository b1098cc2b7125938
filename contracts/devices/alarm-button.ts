import Type from 'typebox';
import { cancel } from '../cancel.ts';
import type { Profile } from '../operation.ts';

/** A button under the counter that calls the centre (DEV-06). No inquiry could recover a press, so state tells it for ever. */
export const alarmButton = {
  name: 'alarm-button',
  side: 'device',
  description: 'An alarm button’s driver: tells each press until the centre has acknowledged it',
  operations: {
    acknowledge: {
      kind: 'command',
      description: 'The centre has every press up to this number',
      request: Type.Object({ press: Type.Integer({ minimum: 1 }) }),
      result: Type.Object({ press: Type.Integer({ minimum: 1 }) }),
    },
    cancel,
  },
  status: Type.Object({
    device: Type.Union([Type.Literal('online'), Type.Literal('offline'), Type.Literal('starting')]),
    press: Type.Integer({ minimum: 0, description: 'How often it was pressed since the journal began' }),
    acknowledged: Type.Integer({
      minimum: 0,
      description: 'The last press that the centre has acknowledged',
    }),
    pressedAt: Type.Optional(
      Type.Integer({ description: 'Of the last press: platform time in ms, where it is known' }),
    ),
  }),
  capabilities: Type.Object({}),
  clauses: [
    {
      id: 'ALM-001',
      level: 'MUST',
      text: 'A press is on stable storage before it is told, and is told in every state until it is acknowledged, over restarts.',
    },
    {
      id: 'ALM-002',
      level: 'MUST',
      text: 'acknowledge of a press that never was is refused with contract.invalidData.',
    },
    {
      id: 'ALM-003',
      level: 'MUST',
      text: 'One push is one press: contacts that bounce within 50 ms count once.',
    },
  ],
} as const satisfies Profile;
