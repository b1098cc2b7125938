import Type from 'typebox';
import type { Profile } from '../operation.ts';

/** The kiosk itself, told by the host of its drivers: what the centre sees beside the devices (DEV-07). */
export const kiosk = {
  name: 'kiosk',
  side: 'device',
  description: 'A kiosk’s host: tells power, network and how its drivers’ processes are',
  operations: {},
  status: Type.Object({
    power: Type.Union([Type.Literal('mains'), Type.Literal('battery'), Type.Literal('unknown')], {
      description: 'unknown: the machine has nothing that could tell',
    }),
    network: Type.Union([Type.Literal('up'), Type.Literal('unstable')], {
      description:
        'unstable: the connection was lost within the last ten minutes. A lost one is told by the will',
    }),
    networkInterface: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 32,
        description: 'The interface that carries the default route; missing where none does',
      }),
    ),
    version: Type.String({ maxLength: 32 }),
    drivers: Type.Record(
      Type.String(),
      Type.Object({
        phase: Type.Union([
          Type.Literal('starting'),
          Type.Literal('running'),
          Type.Literal('backingOff'),
          Type.Literal('stopped'),
          Type.Literal('misconfigured'),
        ]),
        why: Type.Optional(Type.String({ maxLength: 300 })),
      }),
    ),
  }),
  capabilities: Type.Object({}),
  clauses: [
    {
      id: 'KSK-001',
      level: 'MUST',
      text: 'A driver that is disabled by its configuration is told as misconfigured with the reason; it takes no other driver with it.',
    },
    {
      id: 'KSK-002',
      level: 'MUST',
      text: 'Power and the interface of the default route are told within 30 s of a change; «unknown» or nothing where the machine can’t say, never what was true before.',
    },
    {
      id: 'KSK-003',
      level: 'MUST',
      text: 'After a lost connection network is told as unstable for ten minutes, from the next birth on.',
    },
  ],
} as const satisfies Profile;
