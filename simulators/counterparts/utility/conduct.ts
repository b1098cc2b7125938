import { createHash } from 'node:crypto';
import Type, { type Static } from 'typebox';
import { checkOf } from '../../../contracts/operation.ts';
import { MINUTE } from '../../../contracts/time.ts';
import { MAGIC_NUMBERS } from './magic-numbers.ts';

const times = Type.Integer({ minimum: 1 });

/** What the simulated utility does with one order, and with what it is told and asked of it later. Plain data. */
export const conductSchema = Type.Object({
  /** What its own system does. `down`: nothing can be sent to it. `notReached`: the request is lost on the way. */
  upstream: Type.Union([
    Type.Literal('order'),
    Type.Literal('decline'),
    Type.Literal('down'),
    Type.Literal('notReached'),
  ]),
  /** Why it declines. */
  code: Type.Optional(
    Type.Union([
      Type.Literal('counterpart.accountInvalid'),
      Type.Literal('counterpart.accountClosed'),
      Type.Literal('counterpart.amountNotAllowed'),
      Type.Literal('counterpart.limitExceeded'),
      Type.Literal('counterpart.declined'),
    ]),
  ),
  /** Until the request is in its books, ms; before, they do not know it. What is on its way is lost with the process. */
  delayMs: Type.Optional(Type.Integer({ minimum: 1 })),
  /** What the platform is told: the result, nothing (it has to inquire), or «timed out» after 30 s. */
  tell: Type.Union([Type.Literal('result'), Type.Literal('nothing'), Type.Literal('timeout')]),
  /** A fault of the told result: another amount, another card, or the same result told twice. */
  flaw: Type.Optional(
    Type.Union([Type.Literal('wrongAmount'), Type.Literal('wrongCard'), Type.Literal('toldTwice')]),
  ),
  /** So many times it does not seal. */
  noSeal: Type.Optional(times),
  /** So many times it does not answer what it is told of the card; `taken`: its books have it all the same. */
  noAnswer: Type.Optional(Type.Object({ times, taken: Type.Boolean() })),
  /** So many inquiries find nothing, though it is in the books. */
  denies: Type.Optional(times),
});

export type Conduct = Static<typeof conductSchema>;

const LATE = 40 * MINUTE;

/** The stories that have a name. */
export const CONDUCTS = {
  success: { upstream: 'order', tell: 'result' },
  noSuchCustomer: { upstream: 'decline', code: 'counterpart.accountInvalid', tell: 'result' },
  closedAccount: { upstream: 'decline', code: 'counterpart.accountClosed', tell: 'result' },
  declined: { upstream: 'decline', code: 'counterpart.declined', tell: 'result' },
  lateSuccess: { upstream: 'order', delayMs: LATE, tell: 'result' },
  lateSuccessUntold: { upstream: 'order', delayMs: LATE, tell: 'nothing' },
  lostReply: { upstream: 'order', tell: 'nothing' },
  timeoutOrdered: { upstream: 'order', tell: 'timeout' },
  timeoutNotOrdered: { upstream: 'notReached', tell: 'timeout' },
  down: { upstream: 'down', tell: 'result' },
  wrongAmount: { upstream: 'order', tell: 'result', flaw: 'wrongAmount' },
  wrongCard: { upstream: 'order', tell: 'result', flaw: 'wrongCard' },
  toldTwice: { upstream: 'order', tell: 'result', flaw: 'toldTwice' },
  noSeal: { upstream: 'order', tell: 'result', noSeal: 2 },
  confirmLost: { upstream: 'order', tell: 'result', noAnswer: { times: 2, taken: true } },
  confirmNotTaken: { upstream: 'order', tell: 'result', noAnswer: { times: 2, taken: false } },
  denies: { upstream: 'order', tell: 'nothing', denies: 2 },
} as const satisfies Record<string, Conduct>;

export type ConductName = keyof typeof CONDUCTS;

/** A script: the first rule that fits and is not used up decides. */
export const scriptSchema = Type.Array(
  Type.Object({
    /** Only this customer; without it any. */
    customerNo: Type.Optional(Type.String()),
    /** For how many orders the rule is used; without it for ever. */
    times: Type.Optional(times),
    conduct: Type.Union([...Object.keys(CONDUCTS).map((name) => Type.Literal(name)), conductSchema]),
  }),
);

export interface Rule {
  customerNo?: string;
  times?: number;
  conduct: ConductName | Conduct;
}

export type Script = readonly Rule[];

/** Reads a script as JSON gives it. Throws with the place and the names that are allowed. */
export function readScript(value: unknown): Script {
  const wrong = checkOf(scriptSchema)(value);
  if (wrong !== undefined)
    throw new Error(
      `the utility's script is wrong at ${wrong}; a conduct is its data or one of ${Object.keys(CONDUCTS).join(', ')}`,
    );
  return value as Script;
}

/** Out of 1000 orders of a seeded run; the rest succeeds. */
const SEEDED: readonly [number, ConductName][] = [
  [20, 'declined'],
  [20, 'lateSuccess'],
  [20, 'lateSuccessUntold'],
  [20, 'lostReply'],
  [20, 'timeoutOrdered'],
  [20, 'timeoutNotOrdered'],
  [20, 'down'],
  [20, 'noSeal'],
  [15, 'confirmLost'],
  [15, 'confirmNotTaken'],
  [10, 'toldTwice'],
  [5, 'wrongAmount'],
  [5, 'wrongCard'],
  [5, 'denies'],
];

/** An order of a purchase, or of a void, by its key. */
export interface Asked {
  key: string;
  customerNo: string;
}

/** Decides what happens to an order. The same key always gets the same answer. */
export interface ConductOf {
  (asked: Asked): Conduct;
  /** A rule more, before the script and behind those that were added earlier. */
  add(rule: Rule): void;
}

/** By an added rule, else by the script, else by a magic number, else by the seed; else it succeeds. */
export function createConduct({ script = [], seed }: { script?: Script; seed?: number } = {}): ConductOf {
  const counted = (rule: Rule) => ({ ...rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  const written = script.map(counted);
  const added: ReturnType<typeof counted>[] = [];
  /** Seals and confirmations ask again about an order: that must not use a rule up. */
  const decided = new Map<string, Conduct>();

  function decide({ key, customerNo }: Asked): Conduct {
    for (const rule of [...added, ...written]) {
      if (rule.left === 0 || (rule.customerNo !== undefined && rule.customerNo !== customerNo)) continue;
      rule.left -= 1;
      return typeof rule.conduct === 'string' ? CONDUCTS[rule.conduct] : rule.conduct;
    }
    const magic = MAGIC_NUMBERS.find(({ digits }) => customerNo.endsWith(digits));
    if (magic) return CONDUCTS[magic.conduct];
    let lot = seed === undefined ? 1_000 : lotOf(`${seed} ${key}`);
    for (const [share, name] of SEEDED) {
      if (lot < share) return CONDUCTS[name];
      lot -= share;
    }
    return CONDUCTS.success;
  }

  const conductOf = (asked: Asked): Conduct => {
    const conduct = decided.get(asked.key) ?? decide(asked);
    decided.set(asked.key, conduct);
    return conduct;
  };
  return Object.assign(conductOf, { add: (rule: Rule) => void added.push(counted(rule)) });
}

/** From 0 to 999: the same text always gives the same, whatever was drawn before. */
const lotOf = (text: string) => createHash('sha256').update(text).digest().readUInt32BE() % 1_000;
