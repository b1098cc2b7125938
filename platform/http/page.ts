import fastifyStatic from '@fastify/static';
import Type from 'typebox';
import type { App, Context } from './app.ts';
import { answers } from './schemas.ts';

/** Nothing from anywhere else: the page works without a line to the world, and no foreign script can run in it. */
const HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** The teller's page, and what it must know before anybody has signed in. */
export async function page(app: App, { station, bench, webRoot }: Context): Promise<void> {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(HEADERS);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    done();
  });

  app.get(
    '/api/station',
    {
      config: { open: true },
      schema: {
        summary: 'Where the page stands; bench: a software UKey signs for it',
        response: answers(
          200,
          Type.Object({
            organisation: Type.Optional(Type.String()),
            station: Type.Optional(Type.String()),
            bench: Type.Boolean(),
          }),
        ),
      },
    },
    () => ({ ...station, bench: bench !== undefined }),
  );

  await app.register(fastifyStatic, {
    root: webRoot,
    // The compiled page has no names with a hash in them: always ask whether a file is new.
    cacheControl: true,
    maxAge: 0,
    extensions: ['html'],
    // The bench's own page is where a bench can be controlled, and nowhere else.
    allowedPath: (path) => bench?.control !== undefined || !/^[/\\]*bench\b/.test(path),
  });
}
