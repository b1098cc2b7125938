import Type from 'typebox';
import { SECOND } from '../../contracts/time.ts';
import { authorize } from '../core/authorize.ts';
import { findOrder, type State } from '../core/state.ts';
import type { App, Context } from './app.ts';
import { sessionOf } from './guard.ts';
import { answers } from './schemas.ts';
import { isVisible } from './visible.ts';

const KEEP_ALIVE = 15 * SECOND;
/** Pages a session may have open at once; one more closes the oldest. */
const PER_SESSION = 8;
/** A reader that leaves this much unread is let go; it connects again and reads anew. */
const UNREAD = 64 * 1024;

/**
 * Server-sent events: «look again». They carry no content but the order's id, so that everything shown was asked for, and
 * answered, through the routes' own gate. A lost event loses nothing: whoever connects reads first.
 */
export function events(app: App, { platform, sessions }: Context): void {
  const streams = new Set<() => void>();
  app.addHook('preClose', (done) => {
    for (const close of streams) close();
    done();
  });

  app.get(
    '/api/events',
    {
      schema: {
        summary: 'Server-sent events: `changed` {"order"?} whenever something of the own places changed',
        response: answers(200, Type.String()),
      },
    },
    (request, reply) => {
      const session = sessionOf(request);
      const { who, token, onEnd } = session;
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      raw.write('retry: 2000\n\n');

      const send = (text: string) => {
        if (raw.writableLength > UNREAD) close();
        else if (!raw.writableEnded) raw.write(text);
      };
      const mayKnow = (state: State, outlet: string, order: string | undefined) => {
        const known = order === undefined ? undefined : findOrder(state, order);
        return known ? isVisible(state, who, known) : authorize(state, who, 'readOrders', outlet);
      };
      const atShop = who.role === 'teller' || who.role === 'supervisor';
      const unsubscribe = platform.subscribe(atShop ? who.organisation : undefined, ({ outlet, order }) => {
        platform
          .read((state) => mayKnow(state, outlet, order))
          .then((may) => {
            if (may) send(`event: changed\ndata: ${JSON.stringify(order ? { order } : {})}\n\n`);
          })
          .catch(close);
      });
      const timer = setInterval(() => {
        // An idle session ends here too; looking does not keep it alive.
        if (sessions.find(token, false)) send(': still here\n\n');
        else close();
      }, KEEP_ALIVE).unref();

      function close(): void {
        unsubscribe();
        clearInterval(timer);
        streams.delete(close);
        onEnd.delete(close);
        raw.end();
      }
      streams.add(close);
      if (onEnd.size >= PER_SESSION) for (const oldest of [...onEnd].slice(0, 1)) oldest();
      onEnd.add(close);
      raw.on('close', close);
    },
  );
}
