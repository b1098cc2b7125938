import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { printer } from '../../contracts/devices/printer.ts';
import { wireError } from '../../contracts/errors.ts';
import {
  checkOf,
  completionSchema,
  REFUSED_TYPE,
  refusedSchema,
  typesOf,
} from '../../contracts/operation.ts';
import { carrier } from '../../contracts/profiles/carrier.ts';
import { PROFILES } from '../../contracts/profiles.ts';

const RESULT = { account: '13808001234', amountFen: 5_000, counterpartNo: 'CM1' };
const completion = checkOf(completionSchema(carrier.operations.perform.result));

describe('a check', () => {
  const perform = checkOf(carrier.operations.perform.request);
  const print = checkOf(printer.operations.print.request);
  const lines = (line: object) => ({ lines: [{ text: '收据' }, line], cut: true });

  it('says nothing of what fits, nor of members it does not know (ENV-005)', () => {
    expect(perform({ account: '13808001234', amountFen: 5_000 })).toBeUndefined();
    expect(perform({ account: '13808001234', amountFen: 5_000, colour: 'red' })).toBeUndefined();
    expect(print(lines({ text: '', align: 'center', bold: true }))).toBeUndefined();
  });

  it.each([
    [{}, '/ must have required properties account, amountFen'],
    [{ account: '1380800123' }, '/ must have required properties amountFen'],
    [{ account: '1380800123', amountFen: 1 }, '/account must match pattern "^1\\d{10}$"'],
    [{ account: 13808001234, amountFen: 1 }, '/account must be string'],
    [{ account: '13808001234', amountFen: 0 }, '/amountFen must be >= 1'],
    [{ account: '13808001234', amountFen: '1' }, '/amountFen must be integer'],
    [null, '/ must be object'],
    [[], '/ must be object'],
  ])('ENV-006 of %j it names the path and what is allowed: %s', (data, why) => {
    expect(perform(data)).toBe(why);
  });

  it.each([0.1, 1.5, 99.999, Number.NaN, 1e21, -1, 2 ** 53])(
    'ENV-006 money is a whole number of fen: not %d',
    (amountFen) => {
      expect(perform({ account: '13808001234', amountFen })).toMatch(/^\/amountFen must be /);
    },
  );

  it('names the path down to the member of a list, and every value that a choice allows', () => {
    expect(print(lines({ text: 7 }))).toBe('/lines/1/text must be string');
    expect(print(lines({ text: '', align: 'up' }))).toBe(
      '/lines/1/align must be "left" or "center" or "right"',
    );
    expect(print({ lines: [], cut: true })).toMatch(/^\/lines /);
  });

  it('never repeats the value, which may be personal data', () => {
    expect(perform({ account: '李晓梅 13912345678 1', amountFen: 1 })).not.toMatch(/李|139/);
  });

  it('is compiled once for a schema', () => {
    const schema = Type.Object({ a: Type.String() });
    expect(checkOf(schema)).toBe(checkOf(schema));
  });
});

describe('OPR-002 a completion', () => {
  const error = wireError('counterpart.declined');

  it.each([
    [{ outcome: 'success', result: RESULT }],
    [{ outcome: 'failure', error }],
    [{ outcome: 'unknown', error: { ...error, effect: 'unknown', detail: 'E-77' } }],
    [{ outcome: 'failure', error, later: true }],
  ])('OPR-002 is %j', (data) => {
    expect(completion(data)).toBeUndefined();
  });

  it.each([
    [{ outcome: 'success' }, '/ must have required properties result'],
    [{ outcome: 'failure' }, '/ must have required properties error'],
    [{ outcome: 'unknown', result: RESULT }, '/ must have required properties error'],
    [{ result: RESULT }, '/ must have required properties outcome'],
    [{ outcome: 'maybe', result: RESULT }, '/outcome must be "success" or "failure" or "unknown"'],
    [{ outcome: 'success', result: { ...RESULT, amountFen: 0 } }, '/result/amountFen must be >= 1'],
    [{ outcome: 'failure', error: { ...error, code: 'Declined' } }, /^\/error\/code must match pattern/],
    [{ outcome: 'failure', error: { ...error, code: 'a.b.c' } }, /^\/error\/code must match pattern/],
    [
      { outcome: 'failure', error: { ...error, effect: 'some' } },
      '/error/effect must be "none" or "applied" or "unknown"',
    ],
    [
      { outcome: 'failure', error: { ...error, detail: 'x'.repeat(501) } },
      '/error/detail must not have more than 500 characters',
    ],
    [null, /must be object/],
  ])('OPR-002 is not %j', (data, why) => {
    expect(completion(data)).toMatch(why);
  });

  it('ENV-007 what is no envelope is answered with an unknown effect and nothing else', () => {
    const refused = checkOf(refusedSchema);
    const malformed = wireError('contract.malformed', { effect: 'unknown' });
    expect(refused({ outcome: 'unknown', error: malformed })).toBeUndefined();
    expect(refused({ outcome: 'failure', error: malformed })).toBe('/outcome must be "unknown"');
  });
});

/** Commands whose second time changes nothing: nobody needs to ask whether there was a first. */
const DONE_AGAIN: { [operation: string]: string } = {
  'customer-display.show': 'replaces what is shown',
  'sign.show': 'replaces what is shown',
  'alarm-button.acknowledge': 'every press up to a number',
};

describe('the message types', () => {
  it('are the profile’s name, the operation’s and the stage, and no two are equal', () => {
    expect(typesOf(carrier, 'perform')).toEqual({
      request: 'yizhan.carrier.perform',
      accepted: 'yizhan.carrier.perform.accepted',
      processing: 'yizhan.carrier.perform.processing',
      completed: 'yizhan.carrier.perform.completed',
    });
    const all = PROFILES.flatMap((profile) =>
      Object.keys(profile.operations).flatMap((name) => Object.values(typesOf(profile, name))),
    );
    expect(new Set([...all, REFUSED_TYPE]).size).toBe(all.length + 1);
  });

  it('OPR-008 every profile has a question that asks what became of a key, unless all it does may be done again', () => {
    for (const { name, operations } of PROFILES) {
      const mayNotBeDoneAgain = Object.entries(operations).some(
        ([operation, { kind }]) => kind === 'command' && !Object.hasOwn(DONE_AGAIN, `${name}.${operation}`),
      );
      const { inquire } = operations;
      expect(inquire?.kind, name).toBe(mayNotBeDoneAgain ? 'question' : undefined);
      if (inquire) expect(checkOf(inquire.request)({ originalKey: 'K1' }), name).toBeUndefined();
    }
  });

  it('OPR-008 what may be done again is a command that says how things are to be, not what is to be added', () => {
    for (const each of Object.keys(DONE_AGAIN)) {
      const [name, operation = ''] = each.split('.');
      const profile = PROFILES.find((known) => known.name === name);
      expect(profile?.operations[operation]?.kind, each).toBe('command');
    }
  });
});
