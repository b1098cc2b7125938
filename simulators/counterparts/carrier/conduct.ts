import Type, { type Static } from 'typebox';
import { checkOf } from '../../../contracts/operation.ts';
import { MINUTE } from '../../../contracts/time.ts';
import { MAGIC_NUMBERS } from './magic-numbers.ts';

const decline = Type.Union([
  Type.Literal('counterpart.accountInvalid'),
  Type.Literal('counterpart.accountClosed'),
  Type.Literal('counterpart.amountNotAllowed'),
  Type.Literal('counterpart.limitExceeded'),
  Type.Literal('counterpart.declined'),
]);

/** What the simulated carrier does with one top-up. Plain data, so that a script or a scenario can hold it. */
export const conductSchema = Type.Object({
  /** What its own system does. `down`: nothing can be sent to it. `notReached`: the request is lost on the way. */
  upstream: Type.Union([
    Type.Literal('charge'),
    Type.Literal('decline'),
    Type.Literal('down'),
    Type.Literal('notReached'),
  ]),
  /** Why it declines. */
  code: Type.Optional(decline),
  /** Until it decides, in ms; `never`: it stays in processing. */
  delayMs: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Type.Literal('never')])),
  /** It says at once that it has taken the request (MOB-02). */
  processing: Type.Optional(Type.Boolean()),
  /** What the platform is told: the result when it is decided, nothing (it has to inquire), or «timed out» after 30 s. */
  tell: Type.Union([Type.Literal('result'), Type.Literal('nothing'), Type.Literal('timeout')]),
  /** A fault of the told result: another amount, or the same result told twice. */
  flaw: Type.Optional(Type.Union([Type.Literal('wrongAmount'), Type.Literal('toldTwice')])),
  /** The subscriber owes this much by then, in fen (MOB-08). */
  arrearsFen: Type.Optional(Type.Integer({ minimum: 0 })),
});

export type Conduct = Static<typeof conductSchema>;

const LATE = 40 * MINUTE;

/** The stories that have a name. */
export const CONDUCTS = {
  success: { upstream: 'charge', delayMs: 300, processing: true, tell: 'result' },
  noSuchAccount: { upstream: 'decline', code: 'counterpart.accountInvalid', tell: 'result' },
  closedAccount: { upstream: 'decline', code: 'counterpart.accountClosed', tell: 'result' },
  lateSuccess: { upstream: 'charge', delayMs: LATE, processing: true, tell: 'result' },
  lateSuccessUntold: { upstream: 'charge', delayMs: LATE, processing: true, tell: 'nothing' },
  lateFailure: {
    upstream: 'decline',
    code: 'counterpart.declined',
    delayMs: LATE,
    processing: true,
    tell: 'result',
  },
  lostReply: { upstream: 'charge', tell: 'nothing' },
  timeoutCharged: { upstream: 'charge', tell: 'timeout' },
  timeoutNotCharged: { upstream: 'notReached', tell: 'timeout' },
  down: { upstream: 'down', tell: 'result' },
  processingForEver: { upstream: 'charge', delayMs: 'never', processing: true, tell: 'result' },
  wrongAmount: { upstream: 'charge', tell: 'result', flaw: 'wrongAmount' },
  toldTwice: { upstream: 'charge', tell: 'result', flaw: 'toldTwice' },
  inArrears: { upstream: 'charge', tell: 'result', arrearsFen: 2_500 },
} as const satisfies Record<string, Conduct>;

export type ConductName = keyof typeof CONDUCTS;

/** A script: the first rule that fits and is not used up decides. */
export const scriptSchema = Type.Array(
  Type.Object({
    /** Only this number; without it any. */
    account: Type.Optional(Type.String()),
    /** How often the rule is used; without it for ever. */
    times: Type.Optional(Type.Integer({ minimum: 1 })),
    conduct: Type.Union([...Object.keys(CONDUCTS).map((name) => Type.Literal(name)), conductSchema]),
  }),
);

export interface Rule {
  account?: string;
  times?: number;
  conduct: ConductName | Conduct;
}

export type Script = readonly Rule[];

/** Reads a script as JSON gives it. Throws with the place and the names that are allowed. */
export function readScript(value: unknown): Script {
  const wrong = checkOf(scriptSchema)(value);
  if (wrong !== undefined)
    throw new Error(
      `the carrier's script is wrong at ${wrong}; a conduct is its data or one of ${Object.keys(CONDUCTS).join(', ')}`,
    );
  return value as Script;
}

/** Out of 1000 top-ups of a seeded run; the rest succeeds. */
const SEEDED: readonly [number, ConductName][] = [
  [20, 'noSuchAccount'],
  [20, 'lateSuccess'],
  [20, 'lateSuccessUntold'],
  [20, 'lateFailure'],
  [20, 'lostReply'],
  [20, 'timeoutCharged'],
  [20, 'timeoutNotCharged'],
  [20, 'down'],
  [10, 'toldTwice'],
  [5, 'wrongAmount'],
  [5, 'processingForEver'],
];

export interface ConductOptions {
  script?: Script;
  /** With a seed the carrier misbehaves now and then: always the same way for the same seed and key. */
  seed?: number;
}

/** Decides what happens to a request. */
export interface ConductOf {
  (request: { key: string; account: string }): Conduct;
  /** A rule more, before the script and behind those that were added earlier. */
  add(rule: Rule): void;
}

/** By an added rule, else by the script, else by a magic number, else by the seed; else it succeeds. */
export function createConduct({ script = [], seed }: ConductOptions = {}): ConductOf {
  const counted = (rule: Rule) => ({ ...rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  const written = script.map(counted);
  const added: ReturnType<typeof counted>[] = [];
  const decide = ({ key, account }: { key: string; account: string }): Conduct => {
    for (const rule of [...added, ...written]) {
      if (rule.left === 0 || (rule.account !== undefined && rule.account !== account)) continue;
      rule.left -= 1;
      return typeof rule.conduct === 'string' ? CONDUCTS[rule.conduct] : rule.conduct;
    }
    const magic = MAGIC_NUMBERS.find(({ digits }) => account.endsWith(digits));
    if (magic) return CONDUCTS[magic.conduct];
    let lot = seed === undefined ? 1_000 : keyedHash(`${seed} ${key}`) % 1_000;
    for (const [share, name] of SEEDED) {
      if (lot < share) return CONDUCTS[name];
      lot -= share;
    }
    return CONDUCTS.success;
  };
  return Object.assign(decide, { add: (rule: Rule) => void added.push(counted(rule)) });
}

/** FNV-1a with a final mix: the same text always gives the same 32 bits, whatever was drawn before. */
function keyedHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
