import Type, { type Static, type TSchema } from 'typebox';
import { PROBLEMS, type ProblemCode } from '../core/problems.ts';
import type { CreditView, OrderView } from '../core/views.ts';

const text = Type.String();
const fen = (description: string) => Type.Integer({ description: `${description}, fen` });
const time = Type.Number({ description: 'Platform time, ms since 1970' });
const oneOf = <T extends string>(...values: T[]) => Type.Union(values.map((value) => Type.Literal(value)));

export const orderView = Type.Object(
  {
    id: Type.String({ description: 'ULID, minted by the station' }),
    kind: oneOf('payment', 'creditPurchase', 'creditVoid', 'cardPurchase', 'cardVoid'),
    service: Type.Optional(text),
    outlet: text,
    operator: text,
    fields: Type.Record(text, text, { description: 'What the service declares, masked (ACC-04)' }),
    amountFen: fen('The order’s amount'),
    journalNo: Type.Optional(text),
    businessDate: text,
    createdAt: time,
    state: oneOf('processing', 'unknown', 'manual', 'succeeded', 'failed', 'rejected'),
    needsQuery: Type.Boolean({ description: 'MOB-10: the outcome is not known and a query is due' }),
    voided: Type.Boolean(),
    problem: Type.Optional(
      Type.String({ description: 'Why it failed or was refused: GET /api/explain/{code}' }),
    ),
    counterpartNo: Type.Optional(text),
    receipt: Type.Optional(
      Type.Object({
        number: text,
        prints: Type.Array(
          Type.Object({
            copy: Type.Integer({ description: '0: the original' }),
            state: oneOf('waiting', 'sent', 'accepted', 'printed', 'failed', 'uncertain'),
            error: Type.Optional(text),
          }),
        ),
      }),
    ),
    history: Type.Array(Type.Object({ at: time, what: text, why: Type.Optional(text) })),
    transfers: Type.Array(
      Type.Object({ kind: text, debit: text, credit: text, amountFen: fen('The amount'), postingDate: text }),
    ),
    cases: Type.Array(Type.Object({ kind: text, at: time })),
    card: Type.Optional(
      Type.Object({
        stage: text,
        zh: Type.String({ description: 'What to do with the card and the cash' }),
        en: text,
        may: Type.Array(oneOf('work', 'takeBack', 'confirm', 'void'), {
          description: 'POST …/card-work, …/take-back, …/confirmation, /api/card-voids',
        }),
      }),
    ),
  },
  { $id: 'OrderView', additionalProperties: false },
);

export const creditView = Type.Object(
  {
    outlet: text,
    name: text,
    balanceFen: fen('Bought less spent'),
    heldFen: fen('Of it, held for orders whose outcome is not known yet'),
    availableFen: fen('What the next order may cost'),
  },
  { $id: 'CreditView', additionalProperties: false },
);

export const problemView = Type.Object(
  {
    type: Type.String({ description: '`urn:yizhan:problem:` and the code' }),
    title: text,
    titleEn: text,
    status: Type.Integer(),
    code: text,
    detail: Type.Optional(text),
    remedy: Type.String({ description: 'What the person should do now' }),
    remedyEn: text,
    order: Type.Optional(Type.Ref('OrderView#')),
  },
  { $id: 'Problem', additionalProperties: false },
);

export const sessionView = Type.Object({
  organisation: text,
  organisationName: text,
  station: text,
  operator: text,
  name: text,
  role: oneOf('teller', 'supervisor', 'clerk', 'administrator'),
  businessDate: text,
  now: time,
});

export const orderRef = Type.Ref('OrderView#');
export const creditRef = Type.Ref('CreditView#');
export const orderList = Type.Object({ orders: Type.Array(orderRef) });
export const orderId = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'ULID; repeated with every retry',
});
export const byId = Type.Object({ id: orderId });
export const outletQuery = Type.Object({
  outlet: Type.Optional(
    Type.String({ pattern: '^\\d{8}$', description: 'The own organisation where it is left out' }),
  ),
});

/** What a route answers, for its description: one good answer (202: 200 as well) and the problems it may refuse with. */
export function answers(status: number, schema: TSchema, ...codes: ProblemCode[]) {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of [
    ...codes,
    'platform.badRequest',
    'platform.notSignedIn',
    'platform.stationRevoked',
    'platform.internal',
  ] as const) {
    const { status: of } = PROBLEMS[code];
    byStatus.set(of, [...(byStatus.get(of) ?? []), code]);
  }
  const good = { description: 'Done', content: { 'application/json': { schema } } };
  const bad = [...byStatus].map(([of, alike]) => [of, problemResponse(alike)] as const);
  return { ...Object.fromEntries([[status, good], ...bad]), ...(status === 202 ? { 200: good } : {}) };
}

const problemResponse = (codes: readonly ProblemCode[]) => ({
  description: codes.map((code) => `${code}: ${PROBLEMS[code].zh} · ${PROBLEMS[code].en}`).join('; '),
  content: { 'application/problem+json': { schema: Type.Ref('Problem#') } },
});

// The schemas say what the core's views are: the compiler holds them together, in both directions.
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
true satisfies Same<keyof Static<typeof orderView>, keyof OrderView>;
true satisfies Same<Static<typeof creditView>, CreditView>;
