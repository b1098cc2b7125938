import Type from 'typebox';
import { isJournalNumber } from '../core/numbers.ts';
import { SERVICES } from '../core/services/index.ts';
import { findOrder } from '../core/state.ts';
import { dayJournal, todaysOrders, viewOf } from '../core/views.ts';
import type { App, Context } from './app.ts';
import { allow, whoIs } from './guard.ts';
import { orderIn, Refused } from './problem.ts';
import { answers, byId, orderList, orderRef, outletQuery } from './schemas.ts';
import { isVisible, visibleOrder } from './visible.ts';

const timeOfDay = Type.Optional(
  Type.String({ pattern: '^([01]\\d|2[0-3])[0-5]\\d[0-5]\\d$', description: 'hhmmss, Shanghai time' }),
);

/** Orders: one, today's, the day journal, and what may be asked about one. */
export function orders(app: App, { platform }: Context): void {
  app.get(
    '/api/orders',
    {
      schema: {
        summary: 'Every order of the open business day, newest first (MOB-10)',
        description: 'A postal counter names the outlet, and sees the orders that it took itself.',
        querystring: outletQuery,
        response: answers(200, orderList, 'platform.forbidden'),
      },
    },
    (request) => {
      const who = whoIs(request);
      const { outlet = who.organisation } = request.query;
      return platform.read((state) => {
        if (who.role !== 'clerk') allow(state, who, 'readOrders', outlet);
        const visible = todaysOrders(state, outlet).filter(({ id }) => {
          const order = findOrder(state, id);
          return order && isVisible(state, who, order);
        });
        return { orders: visible };
      });
    },
  );

  app.get(
    '/api/journal',
    {
      schema: {
        summary: 'The day journal: successes of the open business day (REP-05)',
        description:
          'From and to are both included; where from is later than to the range runs across midnight.',
        querystring: Type.Object({
          ...outletQuery.properties,
          service: Type.Optional(
            Type.String({ description: 'A service’s code, or creditPurchase; all where it is left out' }),
          ),
          from: timeOfDay,
          to: timeOfDay,
        }),
        response: answers(200, orderList, 'platform.forbidden', 'platform.serviceUnknown'),
      },
    },
    (request) => {
      const who = whoIs(request);
      const { outlet = who.organisation, ...by } = request.query;
      const known = [...SERVICES.map(({ code }) => code), 'creditPurchase'];
      if (by.service !== undefined && !known.includes(by.service))
        throw new Refused('platform.serviceUnknown', {
          detail: `service ${by.service} is not one of ${known.join(', ')}`,
        });
      return platform.read((state) => {
        allow(state, who, 'readOrders', outlet);
        return { orders: dayJournal(state, outlet, by) };
      });
    },
  );

  app.get(
    '/api/orders/:id',
    {
      schema: {
        summary: 'One order as it stands',
        params: byId,
        response: answers(200, orderRef, 'platform.notFound'),
      },
    },
    async (request) => {
      const { id } = request.params;
      return viewOf(await visibleOrder(platform, whoIs(request), id, `order ${id}`));
    },
  );

  app.get(
    '/api/orders/by-journal-no/:no',
    {
      schema: {
        summary: 'One order by the journal number on its receipt (MOB-04)',
        params: Type.Object({ no: Type.String({ maxLength: 32 }) }),
        querystring: outletQuery,
        response: answers(200, orderRef, 'platform.notFound'),
      },
    },
    async (request) => {
      const who = whoIs(request);
      const { no } = request.params;
      const { outlet = who.organisation } = request.query;
      if (!isJournalNumber(no))
        throw new Refused('platform.badRequest', {
          detail: `${no} is no journal number: its last digit, the check digit, does not fit; type it again from the receipt`,
        });
      const id = await platform.findByJournalNo(outlet, no);
      return viewOf(await visibleOrder(platform, who, id, `journal number ${no} of outlet ${outlet}`));
    },
  );

  app.post(
    '/api/orders/:id/inquiry',
    {
      schema: {
        summary: 'Asks the counterpart now what became of it (MOB-04)',
        params: byId,
        response: answers(200, orderRef, 'platform.notFound', 'platform.forbidden', 'platform.tooSoon'),
      },
    },
    async (request) => {
      const who = whoIs(request);
      const { id } = request.params;
      await visibleOrder(platform, who, id, `order ${id}`);
      return orderIn(await platform.command(who, { type: 'inquire', order: id }));
    },
  );

  app.post(
    '/api/orders/:id/reprint',
    {
      schema: {
        summary: 'Prints the receipt again, marked and counted as a copy (REP-14)',
        params: byId,
        response: answers(
          200,
          orderRef,
          'platform.notFound',
          'platform.forbidden',
          'platform.noReceipt',
          'platform.printing',
        ),
      },
    },
    async (request) => {
      const who = whoIs(request);
      const { id } = request.params;
      await visibleOrder(platform, who, id, `order ${id}`);
      return orderIn(await platform.command(who, { type: 'reprint', order: id }));
    },
  );

  app.post(
    '/api/orders/:id/resolution',
    {
      schema: {
        summary: 'An administrator settles an order that waits for a person',
        params: byId,
        body: Type.Object({
          outcome: Type.Union([Type.Literal('succeeded'), Type.Literal('failed')]),
          evidence: Type.String({ minLength: 1, maxLength: 1000, description: 'What proves the outcome' }),
        }),
        response: answers(200, orderRef, 'platform.notFound', 'platform.forbidden', 'platform.notManual'),
      },
    },
    async (request) => {
      const who = whoIs(request);
      const { id } = request.params;
      await visibleOrder(platform, who, id, `order ${id}`);
      return orderIn(await platform.command(who, { type: 'resolve', order: id, ...request.body }));
    },
  );
}
