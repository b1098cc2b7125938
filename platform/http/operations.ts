import { Counter, Gauge, Registry } from 'prom-client';
import Type from 'typebox';
import { authorize } from '../core/authorize.ts';
import { explain } from '../core/problems.ts';
import { unresolved } from '../core/views.ts';
import type { App, Context } from './app.ts';
import { allow, whoIs } from './guard.ts';
import { Refused } from './problem.ts';
import { answers, orderList } from './schemas.ts';

const text = Type.String();

/** For whoever runs it: health, metrics, alerts, and what a code means. */
export function operations(app: App, { platform }: Context): void {
  app.get(
    '/api/alerts',
    {
      schema: {
        summary: 'The latest alerts, newest first; an outlet’s only for who is above it',
        response: answers(
          200,
          Type.Object({
            alerts: Type.Array(
              Type.Object({ at: Type.Number(), code: text, about: text, zh: text, en: text }),
            ),
          }),
          'platform.forbidden',
        ),
      },
    },
    (request) => {
      const who = whoIs(request);
      return platform.read((state) => {
        allow(state, who, 'readHealth', who.organisation);
        const mine = platform.alerts().filter(({ about }) => {
          const outlet = /^(\d{8})\//.exec(about)?.[1];
          return outlet === undefined || authorize(state, who, 'readHealth', outlet);
        });
        return {
          alerts: mine
            .map(({ at, code, about }) => ({ at, code, about, zh: code, en: code, ...textsOf(code) }))
            .reverse(),
        };
      });
    },
  );

  app.get(
    '/api/unresolved',
    {
      schema: {
        summary:
          'Orders below the administrator whose outcome is not known or that wait for a person, oldest first',
        description:
          'Whatever their business day. One in state manual is settled by POST /api/orders/{id}/resolution.',
        response: answers(200, orderList, 'platform.forbidden'),
      },
    },
    (request) => {
      const who = whoIs(request);
      return platform.read((state) => {
        allow(state, who, 'readHealth', who.organisation);
        return { orders: unresolved(state, (outlet) => authorize(state, who, 'readOrders', outlet)) };
      });
    },
  );

  app.get(
    '/api/explain/:code',
    {
      config: { open: true },
      schema: {
        summary: 'What a code means, and what to do',
        params: Type.Object({ code: Type.String({ maxLength: 64 }) }),
        response: answers(
          200,
          Type.Object({
            code: text,
            zh: text,
            en: text,
            remedyZh: Type.Optional(text),
            remedyEn: Type.Optional(text),
          }),
          'platform.notFound',
        ),
      },
    },
    (request) => {
      const { code } = request.params;
      const texts = textsOf(code);
      if (!texts) throw new Refused('platform.notFound', { detail: `no code ${code}` });
      return { code, ...texts };
    },
  );

  app.get(
    '/health',
    { schema: { summary: 'Is the platform able to work? 503 where it is not' } },
    (_request, reply) => {
      const health = platform.health();
      return reply.code(health.ok ? 200 : 503).send(health);
    },
  );

  metrics(app, platform);
}

function textsOf(code: string) {
  const known = Object.hasOwn(Object.prototype, code) ? undefined : explain(code);
  if (!known) return undefined;
  const { zh, en, remedyZh, remedyEn } = known;
  return { zh, en, ...(remedyZh ? { remedyZh } : {}), ...(remedyEn ? { remedyEn } : {}) };
}

/** A registry of its own: several platforms may run in one process. */
function metrics(app: App, platform: Context['platform']): void {
  const registry = new Registry();
  const requests = new Counter({
    name: 'yizhan_http_requests_total',
    help: 'HTTP requests answered',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const orders = new Gauge({
    name: 'yizhan_orders',
    help: 'Orders of the open business day by state',
    labelNames: ['state'],
    registers: [registry],
  });
  const counters = new Gauge({
    name: 'yizhan_platform',
    help: 'The platform’s own counters',
    labelNames: ['name'],
    registers: [registry],
  });

  app.addHook('onResponse', (request, reply, done) => {
    // The route's pattern, so that made-up addresses do not make up labels.
    const route = request.routeOptions.url ?? 'unknown';
    requests.inc({ method: request.method, route, status: reply.statusCode });
    done();
  });

  app.get(
    '/metrics',
    { schema: { summary: 'Figures in the Prometheus text format' } },
    async (_request, reply) => {
      const states = await platform.read((state) => {
        const counts = { processing: 0, unknown: 0, manual: 0, succeeded: 0, failed: 0, rejected: 0 };
        for (const [, each] of state.books.get(state.businessDate)?.orders.states() ?? []) counts[each]++;
        return counts;
      });
      for (const [state, count] of Object.entries(states)) orders.set({ state }, count);
      for (const [name, value] of Object.entries(platform.counters())) counters.set({ name }, value);
      return reply.type(registry.contentType).send(await registry.metrics());
    },
  );
}
