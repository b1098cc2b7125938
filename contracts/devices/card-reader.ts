import Type, { type Static } from 'typebox';
import { cancel } from '../cancel.ts';
import type { Profile } from '../operation.ts';

const hex = (bytes: number, description: string) =>
  Type.String({ pattern: `^[0-9A-F]{${bytes * 2}}$`, description: `${description}; ${bytes} bytes as hex` });

const cardSerial = hex(
  8,
  'The serial number burnt into the card: the card’s identity, whatever slot it is in',
);
const challenge = hex(8, 'The random number that the card gave in this session; a new session has a new one');
const count = Type.Integer({
  minimum: 0,
  maximum: 0xffffffff,
  description: 'How many purchases the card has carried',
});
const fen = Type.Integer({ minimum: 0, maximum: 2_000_000_000, description: 'Amount in fen' });

/** What a meter’s purchase card says of itself. */
export const meterCardSchema = Type.Object({
  card: Type.Literal('meter'),
  layout: Type.Union([Type.Literal('2009'), Type.Literal('2013')], {
    description: 'The generation of the card’s files',
  }),
  serial: cardSerial,
  meterNo: Type.String({ pattern: '^\\d{12}$' }),
  customerNo: Type.String({ pattern: '^\\d{12}$' }),
  kind: Type.Union([Type.Literal('open'), Type.Literal('purchase'), Type.Literal('replacement')]),
  wallet: Type.Object({ amountFen: fen, count }),
  returned: Type.Optional(
    Type.Object(
      {
        count,
        balanceFen: fen,
        data: Type.String({ pattern: '^([0-9A-F]{2}){1,256}$', description: 'The whole file, as hex' }),
      },
      { description: 'What the meter wrote back when it took the purchase; missing where its file is empty' },
    ),
  ),
  damaged: Type.Optional(
    Type.Array(Type.Union([Type.Literal('parameters'), Type.Literal('returned')]), {
      minItems: 1,
      maxItems: 2,
      description:
        'Files that are neither whole nor empty: a write was broken off. The members of a damaged parameters file are as far as they can be read; a damaged return file is missing above',
    }),
  ),
  challenge,
});

export type MeterCard = Static<typeof meterCardSchema>;

const otherCardSchema = Type.Object({
  card: Type.Union([Type.Literal('memory'), Type.Literal('unknown')]),
  answerToReset: Type.String({ pattern: '^([0-9A-F]{2}){0,33}$' }),
  memory: Type.Optional(
    Type.String({ pattern: '^([0-9A-F]{2}){1,256}$', description: 'Of a memory card: its bytes' }),
  ),
});

/** A reader and writer of IC cards (DEV-02). Names follow XFS4IoT where it has one. */
export const cardReader = {
  name: 'card-reader',
  side: 'device',
  description:
    'A card reader’s driver: reads the card in it, writes a sealed purchase to it, and says what reading it back proved',
  operations: {
    read: {
      kind: 'question',
      description: 'Read the card that is in the reader; begins a new session with it',
      request: Type.Object({}),
      result: Type.Union([meterCardSchema, otherCardSchema]),
    },
    write: {
      kind: 'command',
      description: 'Write the sealed files to this very card, then read them back',
      request: Type.Object({
        serial: cardSerial,
        challenge,
        before: Type.Object(
          { amountFen: fen, count },
          { description: 'The wallet that must still be on the card' },
        ),
        after: Type.Object({ amountFen: fen, count }, { description: 'The wallet that the files carry' }),
        authorization: hex(8, 'The issuer’s answer to the challenge'),
        files: Type.Array(
          Type.Object({
            file: Type.Union([Type.Literal('parameters'), Type.Literal('wallet'), Type.Literal('returned')]),
            data: Type.String({ pattern: '^([0-9A-F]{2}){1,256}$' }),
            mac: hex(4, 'The issuer’s seal over challenge, header and data'),
          }),
          { minItems: 1, maxItems: 3 },
        ),
      }),
      result: Type.Object({
        serial: cardSerial,
        wallet: Type.Object({ amountFen: fen, count }),
        written: Type.Union([Type.Literal('now'), Type.Literal('already')], {
          description: 'already: the card carried it before the first byte was written',
        }),
      }),
    },
    release: {
      kind: 'command',
      description: 'Power the card off and give it back to the customer',
      request: Type.Object({}),
      result: Type.Object({}),
    },
    inquire: {
      kind: 'question',
      description:
        'What became of the write with this key, as the driver’s journal has it; a card is asked by read',
      request: Type.Object({ originalKey: Type.String({ minLength: 1, maxLength: 256 }) }),
      result: Type.Object({
        standing: Type.Union([
          Type.Literal('written'),
          Type.Literal('notWritten'),
          Type.Literal('uncertain'),
          Type.Literal('inProgress'),
          Type.Literal('notFound'),
        ]),
        errorCode: Type.Optional(Type.String()),
      }),
    },
    cancel,
  },
  status: Type.Object({
    device: Type.Union([
      Type.Literal('online'),
      Type.Literal('offline'),
      Type.Literal('starting'),
      Type.Literal('hardwareError'),
      Type.Literal('userError'),
    ]),
    media: Type.Union([
      Type.Literal('present'),
      Type.Literal('notPresent'),
      Type.Literal('jammed'),
      Type.Literal('unknown'),
    ]),
    chipPower: Type.Union([
      Type.Literal('online'),
      Type.Literal('poweredOff'),
      Type.Literal('hardwareError'),
      Type.Literal('noCard'),
      Type.Literal('unknown'),
    ]),
  }),
  capabilities: Type.Object({
    model: Type.String({ minLength: 1, maxLength: 64 }),
    holdsCard: Type.Boolean({ description: 'The card can’t be pulled out while it is being worked on' }),
    cards: Type.Array(Type.Union([Type.Literal('cpu'), Type.Literal('sle4442')])),
  }),
  clauses: [
    {
      id: 'CRD-001',
      level: 'MUST',
      text: 'write works on the card with the named serial only; another card is not written to (device.cardSwapped).',
    },
    {
      id: 'CRD-002',
      level: 'MUST',
      text: 'success of write is said only after the files were read back and are those of the request; bytes that were written prove nothing.',
    },
    {
      id: 'CRD-003',
      level: 'MUST',
      text: 'failure with effect none is said only where no write was sent to the card, or where reading back proved the card unchanged.',
    },
    {
      id: 'CRD-004',
      level: 'MUST',
      text: 'Where a write was sent and can’t be read back, or what is read is neither the old nor the new card, it is completed with unknown (device.writeUncertain); the driver does not go on by itself when the card is back.',
    },
    {
      id: 'CRD-005',
      level: 'MUST',
      text: 'A card that already carries the request’s wallet and files is not written again: written is «already».',
    },
    {
      id: 'CRD-006',
      level: 'MUST',
      text: 'A challenge is used in the session that gave it; after a new session the write fails with device.challengeStale and nothing was written.',
    },
    {
      id: 'CRD-007',
      level: 'MUST',
      text: 'media tells that a card came or went within two seconds; «unknown» where the reader can’t say now.',
    },
    {
      id: 'CRD-008',
      level: 'MUST',
      text: 'One operation at a time: what comes meanwhile waits for its turn or is refused with device.busy; nothing is sent into another’s exchange.',
    },
  ],
} as const satisfies Profile;
