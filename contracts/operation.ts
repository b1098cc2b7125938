import Type, { type Static, type TObject, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Clause } from './clause.ts';
import type { WireError } from './errors.ts';

/**
 * One operation of a profile or device class: a request, and how it ends.
 * A command with an effect is accepted (journaled, within a second), may be *processing*, and is completed once.
 * A question is completed at once.
 */
export interface Operation<Request extends TSchema = TSchema, Result extends TSchema = TSchema> {
  description: string;
  /** `command` changes the world and carries a key and a deadline; `question` does not. */
  kind: 'command' | 'question';
  request: Request;
  /** What a completion with outcome `success` tells. */
  result: Result;
}

/** A counterpart profile or a device class: the contract on one screen. */
export interface Profile<Operations extends Record<string, Operation> = Record<string, Operation>> {
  name: string;
  description: string;
  /** Whom the contract binds: a counterpart's adapter or a device's driver. */
  side: 'counterpart' | 'device';
  operations: Operations;
  /** What the place tells about itself in `state.status`. */
  status: TObject;
  /** What it tells it can do, in `state.capabilities`. */
  capabilities: TObject;
  clauses: readonly Clause[];
}

/** How an effect ended, as far as the sender can prove it. */
export type Outcome = 'success' | 'failure' | 'unknown';

/** The data of a `.completed` message. */
export interface Completion<Result = unknown> {
  outcome: Outcome;
  result?: Result;
  error?: WireError;
}

const errorSchema = Type.Object({
  code: Type.String({ pattern: '^[a-z]+\\.[a-z][A-Za-z]*$' }),
  effect: Type.Union([Type.Literal('none'), Type.Literal('applied'), Type.Literal('unknown')]),
  retry: Type.Union([
    Type.Literal('never'),
    Type.Literal('sameKey'),
    Type.Literal('newKey'),
    Type.Literal('after'),
  ]),
  action: Type.String(),
  detail: Type.Optional(Type.String({ maxLength: 500 })),
});

/** The schema of an operation's completion: a success has a result, everything else has an error. */
export function completionSchema(result: TSchema): TSchema {
  return Type.Union([
    Type.Object({ outcome: Type.Literal('success'), result }),
    Type.Object({
      outcome: Type.Union([Type.Literal('failure'), Type.Literal('unknown')]),
      error: errorSchema,
    }),
  ]);
}

export const acceptedSchema = Type.Object({});
export const processingSchema = Type.Object({
  counterpartNo: Type.Optional(
    Type.String({ maxLength: 64, description: 'The counterpart’s own number for it, where it has one' }),
  ),
});

export const clauses: readonly Clause[] = [
  {
    id: 'OPR-001',
    level: 'MUST',
    text: 'A command is answered with «accepted» within one second of its arrival, after the request and its key are on stable storage.',
  },
  {
    id: 'OPR-002',
    level: 'MUST',
    text: 'Every accepted command is completed exactly once with success, failure or unknown; repeats of that completion are the same in outcome.',
  },
  {
    id: 'OPR-003',
    level: 'MUST',
    text: 'The same key with the same data gives no second effect: it is answered with what is known of the first.',
  },
  {
    id: 'OPR-004',
    level: 'MUST',
    text: 'The same key with other data is completed with contract.conflict and has no effect of its own.',
  },
  {
    id: 'OPR-005',
    level: 'MUST',
    text: 'No effect is started after expirytime in platform time; such a request is completed with contract.expired, and its key is never started later.',
  },
  {
    id: 'OPR-006',
    level: 'MUST',
    text: 'No effect is started without a fresh time from the platform (a beat not older than 60 s); such a request is completed with contract.timeUnknown, and its key is never started later.',
  },
  {
    id: 'OPR-007',
    level: 'MUST',
    text: 'After a restart an accepted command whose outcome the journal does not prove is completed with «unknown», never repeated.',
  },
  {
    id: 'OPR-008',
    level: 'MUST',
    text: 'A question is answered at any time, also for keys that were never seen (contract.notFound).',
  },
  {
    id: 'OPR-009',
    level: 'MUST',
    text: 'Keys and their outcomes are kept for at least 7 days, over restarts.',
  },
  {
    id: 'OPR-010',
    level: 'MUST',
    text: '«processing» says that the counterpart has taken the request; it may be sent between «accepted» and the completion and is not an end.',
  },
  {
    id: 'OPR-011',
    level: 'MUST',
    text: 'A device’s command that is cancelled before its effect has begun is completed with contract.canceled and never begins; one that has begun goes on to its own end. cancel is answered when the command has ended.',
  },
];

/** The type of an answer to what is no envelope: there is no operation to name (ENV-007). */
export const REFUSED_TYPE = 'yizhan.refused';

/** The data of an answer of {@link REFUSED_TYPE}. */
export const refusedSchema = Type.Object({ outcome: Type.Literal('unknown'), error: errorSchema });

/** The message types of an operation. */
export const typesOf = (profile: Pick<Profile, 'name'>, operation: string) => {
  const request = `yizhan.${profile.name}.${operation}`;
  return {
    request,
    accepted: `${request}.accepted`,
    processing: `${request}.processing`,
    completed: `${request}.completed`,
  };
};

/** The request data and the result data of an operation, as TypeScript types. */
export type RequestOf<O extends Operation> = Static<O['request']>;
export type ResultOf<O extends Operation> = Static<O['result']>;

/** A compiled check: `undefined` where the data fits, else where and why it does not. */
export type Check = (data: unknown) => string | undefined;

const compiled = new WeakMap<TSchema, Check>();

/** Compiles a schema once; the message names the path and what is allowed there, never the value: it may be personal. */
export function checkOf(schema: TSchema): Check {
  const known = compiled.get(schema);
  if (known) return known;
  const validator = Compile(schema);
  const check: Check = (data) => {
    if (validator.Check(data)) return undefined;
    return complaint(validator.Errors(data));
  };
  compiled.set(schema, check);
  return check;
}

type Misfit = ReturnType<ReturnType<typeof Compile>['Errors']>[number];

/** Which branch of a union a misfit is about; `undefined` outside of unions. */
const branchOf = ({ schemaPath }: Misfit) => /^.*?\/anyOf\/\d+/.exec(schemaPath)?.[0];

const depthOf = ({ instancePath }: Misfit) => instancePath.split('/').length;

function complaint(misfits: readonly Misfit[]): string {
  const constants = misfits.filter((misfit) => misfit.keyword === 'const');
  // A branch whose constant differs was not meant: its other misfits would mislead.
  const notMeant = new Set(constants.map(branchOf));
  const meant = misfits.find(
    (misfit) => !['const', 'anyOf'].includes(misfit.keyword) && !notMeant.has(branchOf(misfit)),
  );
  if (meant) return `${meant.instancePath || '/'} ${meant.message}`;
  // The deepest one lies in the branch that fits best.
  const [deepest] = constants.toSorted((a, b) => depthOf(b) - depthOf(a));
  if (!deepest) return 'does not fit the schema';
  const allowed = constants.flatMap((misfit) =>
    misfit.keyword === 'const' && misfit.instancePath === deepest.instancePath
      ? [JSON.stringify(misfit.params.allowedValue)]
      : [],
  );
  return `${deepest.instancePath || '/'} must be ${allowed.join(' or ')}`;
}
