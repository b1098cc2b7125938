import swagger from '@fastify/swagger';
import type { App } from './app.ts';
import { COOKIE } from './guard.ts';
import { creditView, orderView, problemView } from './schemas.ts';

/** The description of the API, from the schemas that the routes check with. Before the routes, which it collects. */
export async function describeRoutes(app: App): Promise<void> {
  for (const schema of [orderView, creditView, problemView]) app.addSchema(schema);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '驿站 Yizhan',
        version: '1',
        description:
          'Money is whole fen, times are ms of platform time. Every error is application/problem+json. A request that changes ' +
          'something and carries the session cookie (not the bearer token) needs the header `x-yizhan: 1`. With ' +
          '`x-yizhan-quiet: 1` a request does not keep the session from going idle.',
      },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          cookie: { type: 'apiKey', in: 'cookie', name: COOKIE },
        },
      },
      security: [{ bearer: [] }, { cookie: [] }],
    },
    transform: ({ schema, url, route }) => ({
      // Routes outside /api/, and the open ones in it, need no session.
      schema: url.startsWith('/api/') && !route.config?.open ? schema : { ...schema, security: [] },
      url,
    }),
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => String(json.$id ?? `schema-${i}`) },
  });
  app.get('/api/openapi.json', { config: { open: true }, schema: { summary: 'This description' } }, () =>
    app.swagger(),
  );
}
