import cookie from '@fastify/cookie';
import { fastify } from 'fastify';
import type { App, Bench, Context } from './app.ts';
import { benchControl } from './bench-control.ts';
import { benchRoutes } from './bench-routes.ts';
import { cardReadings } from './card-readings.ts';
import { cards } from './cards.ts';
import { credit } from './credit.ts';
import { events } from './events.ts';
import { guard } from './guard.ts';
import { kiosks } from './kiosks.ts';
import { describeRoutes } from './openapi.ts';
import { operations } from './operations.ts';
import { orders } from './orders.ts';
import { page } from './page.ts';
import { payments } from './payments.ts';
import type { PlatformApi } from './platform.ts';
import { answerProblems } from './problem.ts';
import { createSessions } from './sessions.ts';
import { signIn } from './sign-in.ts';
import { ed25519Proof, type StationProof } from './station-proof.ts';
import { endRevokedSessions } from './station-sessions.ts';
import { stations } from './stations.ts';

export interface HttpOptions {
  platform: PlatformApi;
  /** The page's compiled files. */
  webRoot: string;
  station?: { organisation: string; station: string } | undefined;
  bench?: Bench | undefined;
  /** How a station proves itself; its Ed25519 key where it is left out. */
  proof?: StationProof | undefined;
}

/** Every group of routes. */
const ROUTES = [
  signIn,
  payments,
  orders,
  cardReadings,
  cards,
  credit,
  events,
  stations,
  operations,
  kiosks,
  benchRoutes,
  benchControl,
];

/** The HTTP application, not listening yet. */
export async function createHttp(options: HttpOptions): Promise<App> {
  const { platform, proof = ed25519Proof } = options;
  const sessions = createSessions(platform.now);
  const context: Context = { ...options, proof, sessions };
  const app: App = fastify({
    logger: false,
    bodyLimit: 64 * 1024,
    // A page that follows events would hold a stop up for ever.
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    // What is sent must be what the schema says: no number from text, nothing dropped in silence.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  // Response schemas describe; they do not drop what they forgot.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.removeContentTypeParser('text/plain');
  answerProblems(app);
  await app.register(cookie);
  await describeRoutes(app);
  await page(app, context);
  guard(app, sessions);
  endRevokedSessions(app, context);
  for (const add of ROUTES) add(app, context);
  app.addHook('onClose', () => sessions.endAll());
  return app;
}

/**
 * Serves the API and the page. `port` 0 takes any free one. Throws where the port is taken.
 */
export async function openHttp({
  host = '127.0.0.1',
  port,
  ...options
}: HttpOptions & { host?: string; port: number }): Promise<{
  port: number;
  url: string;
  close(): Promise<void>;
}> {
  const app = await createHttp(options);
  try {
    const url = await app.listen({ host, port });
    return { port: Number(new URL(url).port), url, close: () => app.close() };
  } catch (error) {
    await app.close();
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    throw new Error(
      `port ${port} on ${host} is taken by another program: stop it, or choose another with --port (0 takes any free one)`,
    );
  }
}
