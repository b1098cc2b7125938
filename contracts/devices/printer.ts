import Type, { type Static } from 'typebox';
import { cancel } from '../cancel.ts';
import type { Profile } from '../operation.ts';

/** One printed line. Width is the printer's columns; a hanzi takes two. */
export const lineSchema = Type.Object({
  text: Type.String({ maxLength: 200, description: 'Empty for a blank line' }),
  align: Type.Optional(Type.Union([Type.Literal('left'), Type.Literal('center'), Type.Literal('right')])),
  size: Type.Optional(Type.Union([Type.Literal('normal'), Type.Literal('tall'), Type.Literal('double')])),
  bold: Type.Optional(Type.Boolean()),
  rule: Type.Optional(Type.Boolean({ description: 'A line across the whole paper instead of the text' })),
});

export type Line = Static<typeof lineSchema>;

/** A receipt printer (DEV-01). Names follow XFS4IoT where it has one. */
export const printer = {
  name: 'printer',
  side: 'device',
  description:
    'A receipt printer’s driver: prints a job at most once and says which of three outcomes it can prove',
  operations: {
    print: {
      kind: 'command',
      description: 'Print the lines and cut; success only where the device proved it',
      request: Type.Object({
        lines: Type.Array(lineSchema, { minItems: 1, maxItems: 200 }),
        cut: Type.Boolean(),
      }),
      result: Type.Object({
        proof: Type.Union([Type.Literal('processId'), Type.Literal('fenceAndStatus')], {
          description:
            'How the device proved it: its answer to this job’s id, or an in-order answer behind the last line and a clean status',
        }),
      }),
    },
    inquire: {
      kind: 'question',
      description: 'What became of the print job with this key',
      request: Type.Object({ originalKey: Type.String({ minLength: 1, maxLength: 256 }) }),
      result: Type.Object({
        standing: Type.Union([
          Type.Literal('printed'),
          Type.Literal('failed'),
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
    paper: Type.Union([
      Type.Literal('full'),
      Type.Literal('low'),
      Type.Literal('out'),
      Type.Literal('unknown'),
    ]),
    cover: Type.Union([Type.Literal('closed'), Type.Literal('open'), Type.Literal('unknown')]),
  }),
  capabilities: Type.Object({
    columns: Type.Integer({ minimum: 16, maximum: 96, description: 'Half-width characters a line' }),
    proof: Type.Union([Type.Literal('processId'), Type.Literal('fenceAndStatus')]),
    cut: Type.Boolean(),
  }),
  clauses: [
    {
      id: 'PRN-001',
      level: 'MUST',
      text: 'A job is sent to the paper at most once; after a restart or a lost line its outcome is unknown, never a second print.',
    },
    {
      id: 'PRN-002',
      level: 'MUST',
      text: 'success is said only after the device’s own proof; bytes that were written prove nothing.',
    },
    {
      id: 'PRN-003',
      level: 'MUST',
      text: 'failure with effect none is said only where nothing was printed: the obstacle was seen before the first byte of the job.',
    },
    {
      id: 'PRN-004',
      level: 'MUST',
      text: 'An obstacle in the middle of a job is completed with device.printIncomplete where the device says so, else with device.printUncertain.',
    },
    {
      id: 'PRN-005',
      level: 'MUST',
      text: 'Device, paper and cover are told in state.status when they change; «unknown» where the device cannot say now.',
    },
    {
      id: 'PRN-006',
      level: 'SHOULD',
      text: 'A character that the device cannot print is replaced by U+3013 (〓) and the rest is printed.',
    },
  ],
} as const satisfies Profile;
