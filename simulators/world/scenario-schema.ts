import Type, { type TObject } from 'typebox';
import { CONDUCTS, conductSchema } from '../counterparts/carrier/conduct.ts';
import { oneOf, whole, yesOrNo } from './fault-members.ts';
import { HEALERS, type Operation, type OrderPlan } from './scenario.ts';

const instant = Type.String({ description: 'an instant such as 08:03:12.250 or +1d 08:03:12' });
const MINUTE = 60_000;

const pair = (what: string) =>
  Type.Optional(
    Type.Tuple([whole(0, MINUTE, what), whole(0, MINUTE, what)], {
      description: `two whole numbers of ms, the shortest and the longest, from 0 to ${MINUTE}: [2, 40]`,
    }),
  );

export const worldSchema = Type.Object({
  start: Type.String({ description: 'a Shanghai time such as 2026-11-23 08:00:00' }),
  hours: Type.Number({ exclusiveMinimum: 0, maximum: 72, description: 'a number above 0, at most 72' }),
  stations: whole(1, 9_998, 'how many outlets with one station each'),
  creditFen: whole(0, 10_000_000_000, 'fen, 0 or at least 50000'),
  without: Type.Optional(
    Type.Array(oneOf(HEALERS), {
      uniqueItems: true,
      description: `a list of ${HEALERS.join(', ')}, each once`,
    }),
  ),
  linkMs: pair('ms'),
  diskMs: pair('ms'),
  embeddedBroker: Type.Optional(yesOrNo),
});

export const scenarioSchema = Type.Object({
  v: Type.Literal(1, { description: 'the number 1' }),
  seed: whole(0, 4_294_967_295, 'a seed'),
  world: Type.Unknown({ description: 'an object' }),
  orders: Type.Array(Type.Unknown(), { description: 'a list of orders, which may be empty' }),
  operations: Type.Array(Type.Unknown(), { description: 'a list of operations, which may be empty' }),
  faults: Type.Array(Type.Unknown(), { description: 'a list of faults, which may be empty' }),
  note: Type.Optional(Type.String({ maxLength: 2_000, description: 'a text' })),
});

const CONDUCT_NAMES = Object.keys(CONDUCTS);

const base = {
  name: Type.String({
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$',
    description: 'a short name of letters, digits, dots and dashes',
  }),
  at: instant,
  station: whole(1, 9_998, 'a station of this world'),
};

const fen = whole(1, 100_000_000, 'fen, 1 yuan being 100');

/** What each kind of order has besides `do`. */
export const ORDER_MEMBERS = {
  topup: Type.Object({
    ...base,
    account: Type.String({ pattern: '^\\d{1,20}$', description: 'a phone number of digits' }),
    fen,
    conduct: Type.Optional(
      Type.Union([...CONDUCT_NAMES.map((name) => Type.Literal(name)), conductSchema], {
        description: `one of ${CONDUCT_NAMES.join(', ')}, or data such as {"upstream":"charge","tell":"result"}`,
      }),
    ),
    again: Type.Optional(yesOrNo),
  }),
  credit: Type.Object({ ...base, fen }),
  void: Type.Object({ ...base, of: Type.String({ description: 'the name of a purchase of credit' }) }),
  card: Type.Object({ ...base, customer: whole(1, 999, 'a customer with a meter card'), fen }),
  cardVoid: Type.Object({
    ...base,
    of: Type.String({ description: 'the name of a purchase on a meter card' }),
  }),
} as const satisfies { [K in OrderPlan['do']]: TObject };

const ofOrder = Type.Object({ at: instant, of: Type.String({ description: 'the name of an order' }) });

/** What each kind of operation has besides `do`. */
export const OPERATION_MEMBERS = {
  reprint: ofOrder,
  inquire: ofOrder,
  cutDay: Type.Object({ at: instant }),
} as const satisfies { [K in Operation['do']]: TObject };
