import Type from 'typebox';
import { creditOf } from '../core/views.ts';
import type { App, Context } from './app.ts';
import { allow, whoIs } from './guard.ts';
import { orderIn, Refused } from './problem.ts';
import { answers, byId, creditRef, orderId, orderRef, outletQuery } from './schemas.ts';
import { visibleOrder } from './visible.ts';

/** The outlet's prepaid credit: CRD-01 to CRD-03. */
export function credit(app: App, { platform }: Context): void {
  app.get(
    '/api/credit',
    {
      schema: {
        summary: 'An outlet’s name and credit (CRD-01)',
        querystring: outletQuery,
        response: answers(200, creditRef, 'platform.forbidden', 'platform.outletUnknown'),
      },
    },
    (request) => {
      const who = whoIs(request);
      const { outlet = who.organisation } = request.query;
      return platform.read((state) => {
        allow(state, who, 'readCredit', outlet);
        const view = creditOf(state, outlet);
        if (!view) throw new Refused('platform.outletUnknown', { detail: `${outlet} is no outlet’s code` });
        return view;
      });
    },
  );

  app.post(
    '/api/credit/purchases',
    {
      schema: {
        summary: 'Sells credit to an outlet at a postal counter (CRD-02); safe to repeat with the same id',
        body: Type.Object(
          {
            id: orderId,
            outlet: Type.String({ pattern: '^\\d{8}$' }),
            amountFen: Type.Integer({ minimum: 1, maximum: 10_000_000_000 }),
          },
          { additionalProperties: false },
        ),
        response: answers(
          200,
          orderRef,
          'platform.orderIdInvalid',
          'platform.forbidden',
          'platform.orderConflict',
          'platform.outletUnknown',
          'platform.amountNotAllowed',
          'platform.dayNotOpen',
        ),
      },
    },
    async (request) =>
      orderIn(await platform.command(whoIs(request), { type: 'buyCredit', ...request.body })),
  );

  app.post(
    '/api/credit/purchases/:id/void',
    {
      schema: {
        summary: 'Takes a purchase of the open business day back (CRD-03); safe to repeat with the same id',
        params: byId,
        body: Type.Object({ id: orderId }, { additionalProperties: false }),
        response: answers(
          200,
          orderRef,
          'platform.orderIdInvalid',
          'platform.forbidden',
          'platform.notFound',
          'platform.orderConflict',
          'platform.voidNotAllowed',
        ),
      },
    },
    async (request) => {
      const who = whoIs(request);
      const purchase = request.params.id;
      await visibleOrder(platform, who, purchase, `purchase ${purchase}`);
      return orderIn(await platform.command(who, { type: 'voidCredit', id: request.body.id, purchase }));
    },
  );
}
