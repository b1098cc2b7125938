import Type, { type Static } from 'typebox';
import type { Clause } from './clause.ts';

/** The contract version a place speaks; the major one stands in the topic. */
export const CONTRACT_VERSION = '1.0';

/** How often a place repeats its `state`, and after how much silence it counts as gone. In ms. */
export const BEAT_EVERY = 10_000;
export const SILENT_AFTER = 35_000;

/** Retained on `state`: birth, beat and status changes (online), death and will (offline), each with the session's epoch. */
export const stateSchema = Type.Object({
  online: Type.Boolean(),
  epoch: Type.String({
    minLength: 8,
    maxLength: 64,
    description: 'New for each MQTT connection; the same in its birth, beats, death and will',
  }),
  sequence: Type.Integer({ minimum: 0, description: 'Rises with each state of one epoch' }),
  contract: Type.String({ pattern: '^\\d+\\.\\d+$' }),
  profile: Type.String({ description: 'carrier, printer, …' }),
  status: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), { description: 'As the profile or device class declares it' }),
  ),
  capabilities: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

export type State = Static<typeof stateSchema>;

export const STATE_TYPE = 'yizhan.state';

/** The platform's beat on {@link TIME_TOPIC}. */
export const timeSchema = Type.Object({
  now: Type.Integer({ description: 'Platform time in ms since 1970-01-01T00:00:00Z' }),
  epoch: Type.String({ description: 'New for each start of the platform' }),
});

export type TimeBeat = Static<typeof timeSchema>;

export const TIME_TYPE = 'yizhan.platform.time';

export const clauses: readonly Clause[] = [
  {
    id: 'STA-001',
    level: 'MUST',
    text: 'A place publishes its birth (state, online true, retained) as the first message of each connection, and its will is the same state with online false.',
  },
  {
    id: 'STA-002',
    level: 'MUST',
    text: 'Birth, beats, death and will of one connection carry one epoch; another connection has another epoch.',
  },
  {
    id: 'STA-003',
    level: 'MUST',
    text: 'Before it disconnects on purpose a place publishes its death (state, online false, retained): a clean disconnect discards the will.',
  },
  {
    id: 'STA-004',
    level: 'MUST',
    text: 'A receiver ignores a death of an epoch that is not the present one, and a birth of an epoch it has seen die: the order of arrival proves nothing.',
  },
  {
    id: 'STA-005',
    level: 'MUST',
    text: 'A place repeats its state every 10 s; after 35 s of silence it counts as gone.',
  },
  {
    id: 'STA-006',
    level: 'MUST',
    text: 'Being gone is no outcome: no effect is taken for failed because its place went offline.',
  },
  {
    id: 'STA-007',
    level: 'MUST',
    text: 'The sequence of a will is 9007199254740991: it is the last state of its epoch, whenever it comes.',
  },
];
