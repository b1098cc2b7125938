import { type WireErrorCode, wireError } from '../errors.ts';
import {
  type Check,
  type Completion,
  checkOf,
  completionSchema,
  type Operation,
  type Profile,
  typesOf,
} from '../operation.ts';

/** An operation as the endpoint serves it. */
export interface Served {
  name: string;
  operation: Operation;
  types: ReturnType<typeof typesOf>;
  /** Of a completion's data. */
  checkEnd: Check;
}

export const failure = (code: WireErrorCode, detail?: string): Completion => ({
  outcome: 'failure',
  error: wireError(code, detail === undefined ? {} : { detail }),
});

export const unknown = (code: WireErrorCode, detail?: string): Completion => ({
  outcome: 'unknown',
  error: wireError(code, { effect: 'unknown', ...(detail === undefined ? {} : { detail }) }),
});

/** What the behaviour said, where it fits the contract; else that the adapter failed inside. */
export const fitting = (said: Completion, served: Served): Completion => {
  const wrong = served.checkEnd(said);
  return wrong === undefined
    ? said
    : unknown('adapter.internal', `the completion breaks its schema: ${wrong}`);
};

const endChecks = new WeakMap<Operation, Check>();

/** The profile's operations with their message types; the compiled checks are kept over endpoints. */
export function servedOf(profile: Profile): Served[] {
  return Object.entries(profile.operations).map(([name, operation]) => {
    const checkEnd = endChecks.get(operation) ?? checkOf(completionSchema(operation.result));
    endChecks.set(operation, checkEnd);
    return { name, operation, types: typesOf(profile, name), checkEnd };
  });
}
