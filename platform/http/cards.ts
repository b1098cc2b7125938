import Type from 'typebox';
import { meterCardSchema } from '../../contracts/devices/card-reader.ts';
import { isFinal } from '../core/order.ts';
import { unconfirmed } from '../core/views.ts';
import type { App, Context } from './app.ts';
import { allow, whoIs } from './guard.ts';
import { orderIn, Refused } from './problem.ts';
import { answers, byId, orderId, orderRef, orderView } from './schemas.ts';
import { visibleOrder } from './visible.ts';

const amountFen = Type.Integer({ minimum: 1, maximum: 2_000_000_000 });
const customerNo = Type.String({ pattern: '^\\d{12}$' });
const { serial, meterNo, wallet, returned } = meterCardSchema.properties;

/** Orders on smart-meter cards: CAR-01 to CAR-06. */
export function cards(app: App, { platform }: Context): void {
  app.post(
    '/api/card-purchases',
    {
      schema: {
        summary:
          'Sells electricity to the card that was just read (CAR-01); safe to repeat with the same id and content',
        description:
          'The card stays in the reader until `card.may` and `card.zh` of the order say that it may go. 202: under way. 200: a repeat of one that has ended.',
        body: Type.Object(
          {
            id: orderId,
            card: Type.Object(
              { serial, meterNo, customerNo, wallet, returned },
              { additionalProperties: false },
            ),
            amountFen,
          },
          { additionalProperties: false },
        ),
        response: answers(
          202,
          orderRef,
          'platform.orderIdInvalid',
          'platform.forbidden',
          'platform.orderConflict',
          'platform.fieldInvalid',
          'platform.amountNotAllowed',
          'platform.cardNotInserted',
          'platform.cardOrderOpen',
          'platform.creditInsufficient',
          'platform.readerOffline',
          'platform.counterpartOffline',
          'platform.dayNotOpen',
        ),
      },
    },
    async (request, reply) => {
      const order = orderIn(await platform.command(whoIs(request), { type: 'buyOnCard', ...request.body }));
      return reply.code(isFinal(order.state) ? 200 : 202).send(order);
    },
  );

  app.post(
    '/api/card-voids',
    {
      schema: {
        summary:
          'Takes back a confirmed purchase that no meter has read (CAR-02); safe to repeat with the same id',
        description:
          'By the purchase’s journal number, with the customer and the amount that stand on its receipt.',
        body: Type.Object(
          { id: orderId, journalNo: Type.String({ maxLength: 32 }), customerNo, amountFen },
          { additionalProperties: false },
        ),
        response: answers(
          202,
          orderRef,
          'platform.orderIdInvalid',
          'platform.forbidden',
          'platform.notFound',
          'platform.orderConflict',
          'platform.voidNotAllowed',
          'platform.cardOrderOpen',
          'platform.readerOffline',
          'platform.counterpartOffline',
        ),
      },
    },
    async (request, reply) => {
      const who = whoIs(request);
      const { id, journalNo, ...rest } = request.body;
      const found = await platform.findByJournalNo(who.organisation, journalNo);
      const purchase = await visibleOrder(platform, who, found, `journal number ${journalNo}`);
      const order = orderIn(
        await platform.command(who, { type: 'voidOnCard', id, purchase: purchase.id, ...rest }),
      );
      return reply.code(isFinal(order.state) ? 200 : 202).send(order);
    },
  );

  app.get(
    '/api/unconfirmed',
    {
      schema: {
        summary:
          'The outlet’s orders on meter cards that are not finished, of one customer or of all (CAR-04)',
        querystring: Type.Object({ customerNo: Type.Optional(customerNo) }),
        response: answers(
          200,
          Type.Object({
            orders: Type.Array(
              Type.Object({ ...orderView.properties, voidedJournalNo: Type.Optional(Type.String()) }),
            ),
          }),
          'platform.forbidden',
        ),
      },
    },
    (request) => {
      const who = whoIs(request);
      return platform.read((state) => {
        allow(state, who, 'readOrders', who.organisation);
        return { orders: unconfirmed(state, who.organisation, request.query.customerNo) };
      });
    },
  );

  app.post(
    '/api/orders/:id/card-work',
    {
      schema: {
        summary:
          'The card is in this station’s reader again: go on with its order (CAR-07), whichever outlet sold it',
        params: byId,
        response: answers(
          202,
          orderRef,
          'platform.notFound',
          'platform.forbidden',
          'platform.cardNotWaiting',
          'platform.readerOffline',
        ),
      },
    },
    async (request, reply) =>
      reply
        .code(202)
        .send(
          orderIn(await platform.command(whoIs(request), { type: 'workOnCard', order: request.params.id })),
        ),
  );

  app.post(
    '/api/orders/:id/take-back',
    {
      schema: {
        summary:
          'Accounting reversal: the order succeeded and the write is proven not to have happened (CAR-03)',
        params: byId,
        body: Type.Object(
          { customerNo, journalNo: Type.String({ maxLength: 32 }), amountFen },
          { additionalProperties: false },
        ),
        response: answers(
          202,
          orderRef,
          'platform.notFound',
          'platform.forbidden',
          'platform.cardNotWaiting',
          'platform.cardMayBeWritten',
        ),
      },
    },
    async (request, reply) => {
      const who = whoIs(request);
      const { id } = request.params;
      const order = await visibleOrder(platform, who, id, `order ${id}`);
      const { customerNo: customer, journalNo, amountFen: fen } = request.body;
      if (order.card?.customerNo !== customer || order.journalNo !== journalNo || order.amountFen !== fen)
        throw new Refused('platform.notFound', {
          detail: 'customer number, journal number and amount must all be the order’s',
        });
      return reply.code(202).send(orderIn(await platform.command(who, { type: 'takeBack', order: id })));
    },
  );

  app.post(
    '/api/orders/:id/confirmation',
    {
      schema: {
        summary:
          'Supplementary confirm: tells the utility now what is proven and not yet answered (CAR-05, CAR-06)',
        params: byId,
        response: answers(200, orderRef, 'platform.notFound', 'platform.forbidden'),
      },
    },
    async (request) => {
      const who = whoIs(request);
      const { id } = request.params;
      await visibleOrder(platform, who, id, `order ${id}`);
      return orderIn(await platform.command(who, { type: 'confirmCard', order: id }));
    },
  );
}
