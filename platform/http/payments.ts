import Type from 'typebox';
import { isFinal } from '../core/order.ts';
import { SERVICES } from '../core/services/index.ts';
import type { App, Context } from './app.ts';
import { whoIs } from './guard.ts';
import { orderIn } from './problem.ts';
import { answers, orderId, orderRef } from './schemas.ts';

const text = Type.String();

const serviceView = Type.Object({
  code: text,
  zh: text,
  en: text,
  counterpartZh: text,
  minimumFen: Type.Integer(),
  maximumFen: Type.Integer(),
  multipleFen: Type.Integer(),
  fields: Type.Array(Type.Object({ name: text, zh: text, en: text, pattern: text })),
});

/** Taking a payment of a declared service. */
export function payments(app: App, { platform }: Context): void {
  app.get(
    '/api/services',
    {
      schema: {
        summary: 'The declared services: what a teller types, and what is allowed',
        response: answers(200, Type.Object({ services: Type.Array(serviceView) })),
      },
    },
    () => ({
      services: SERVICES.map(
        ({ code, zh, en, counterpartZh, minimumFen, maximumFen, multipleFen, fields }) => ({
          code,
          zh,
          en,
          counterpartZh,
          minimumFen,
          maximumFen,
          multipleFen,
          fields: fields.map((field) => ({
            name: field.name,
            zh: field.zh,
            en: field.en,
            pattern: field.pattern,
          })),
        }),
      ),
    }),
  );

  app.post(
    '/api/payments',
    {
      schema: {
        summary: 'Takes a payment; safe to repeat with the same id and content',
        description:
          'Mint the id and keep it before sending; after a lost answer send the same again. 202: accepted, the outcome is ' +
          'still open (follow it by GET /api/orders/{id} or /api/events). 200: a repeat of one that has ended.',
        body: Type.Object(
          {
            id: orderId,
            service: Type.String({ maxLength: 64 }),
            fields: Type.Record(text, Type.String({ maxLength: 128 }), { maxProperties: 16 }),
            amountFen: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
            again: Type.Optional(
              Type.Boolean({
                description: 'The same payment is meant a second time, while the first is still open',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: answers(
          202,
          orderRef,
          'platform.orderIdInvalid',
          'platform.forbidden',
          'platform.orderConflict',
          'platform.serviceUnknown',
          'platform.fieldInvalid',
          'platform.regionNotServed',
          'platform.amountNotAllowed',
          'platform.creditInsufficient',
          'platform.lookAlike',
          'platform.counterpartOffline',
          'platform.dayNotOpen',
        ),
      },
    },
    async (request, reply) => {
      const order = orderIn(await platform.command(whoIs(request), { type: 'pay', ...request.body }));
      return reply.code(isFinal(order.state) ? 200 : 202).send(order);
    },
  );
}
