import Type from 'typebox';
import type { Profile } from '../operation.ts';

const account = Type.String({ pattern: '^1\\d{10}$', description: 'The subscriber’s number, 11 digits' });
const fen = Type.Integer({ minimum: 1, maximum: 100_000_000, description: 'Amount in fen' });
const counterpartNo = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'The carrier’s own journal number',
});

/** What became of a key, as the carrier's books say it. */
const standing = Type.Union(
  [
    Type.Literal('succeeded'),
    Type.Literal('failed'),
    Type.Literal('processing'),
    Type.Literal('unknown'),
    Type.Literal('notFound'),
  ],
  { description: 'notFound: the carrier’s books do not know the key. It proves nothing by itself' },
);

const wireErrorCode = Type.String({ description: 'The error that a failed one ended with' });

/** A mobile carrier that tops phones up: MOB-01 to MOB-11. */
export const carrier = {
  name: 'carrier',
  side: 'counterpart',
  description: 'A carrier’s adapter: tops prepaid phones up and takes applications for a reversal',
  operations: {
    perform: {
      kind: 'command',
      description: 'Top the account up by the amount, once per key',
      request: Type.Object({ account, amountFen: fen }),
      result: Type.Object({ account, amountFen: fen, counterpartNo }),
    },
    inquire: {
      kind: 'question',
      description: 'What became of the perform with this key',
      request: Type.Object({ originalKey: Type.String({ minLength: 1, maxLength: 256 }) }),
      result: Type.Object({
        standing,
        account: Type.Optional(account),
        amountFen: Type.Optional(fen),
        counterpartNo: Type.Optional(counterpartNo),
        errorCode: Type.Optional(wireErrorCode),
      }),
    },
    applyForReversal: {
      kind: 'command',
      description: 'Apply for the reversal of a successful perform; the carrier’s staff decide later',
      request: Type.Object({
        originalKey: Type.String({ minLength: 1, maxLength: 256 }),
        counterpartNo,
        account,
        amountFen: fen,
      }),
      result: Type.Object({ applicationNo: counterpartNo }),
    },
    inquireReversal: {
      kind: 'question',
      description: 'What became of the application with this key',
      request: Type.Object({ applicationKey: Type.String({ minLength: 1, maxLength: 256 }) }),
      result: Type.Object({
        standing: Type.Union([
          Type.Literal('pending'),
          Type.Literal('reversed'),
          Type.Literal('refused'),
          Type.Literal('notFound'),
        ]),
        errorCode: Type.Optional(wireErrorCode),
      }),
    },
  },
  status: Type.Object({
    upstream: Type.Union([Type.Literal('up'), Type.Literal('down'), Type.Literal('unknown')]),
  }),
  capabilities: Type.Object({
    reversal: Type.Union([Type.Literal('application'), Type.Literal('oneStep'), Type.Literal('none')]),
    keepsKeysDays: Type.Integer({ minimum: 7 }),
  }),
  clauses: [
    {
      id: 'CRR-001',
      level: 'MUST',
      text: 'A success repeats account and amountFen of the request; what differs is no success of it.',
    },
    {
      id: 'CRR-002',
      level: 'MUST',
      text: 'failure is said only for an answer in which the carrier itself declined, or where nothing was sent to it (counterpart.unreachable).',
    },
    {
      id: 'CRR-003',
      level: 'MUST',
      text: 'A carrier’s time-out or an answer that is not clear is completed with unknown; a later inquire asks the carrier again.',
    },
    {
      id: 'CRR-004',
      level: 'MUST',
      text: 'inquire is answered from the carrier’s books by our key, also after the adapter has lost its own journal and by an instance that was never asked; «notFound» is the books’ answer, never the adapter’s own.',
    },
    {
      id: 'CRR-005',
      level: 'MUST',
      text: 'A reversal has happened only when inquireReversal says «reversed»; the application’s success says that it was taken.',
    },
  ],
} as const satisfies Profile;
