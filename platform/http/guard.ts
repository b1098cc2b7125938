import type { FastifyRequest } from 'fastify';
import { type Action, authorize } from '../core/authorize.ts';
import type { State } from '../core/state.ts';
import { isRevoked } from '../core/stations.ts';
import type { App } from './app.ts';
import { Refused } from './problem.ts';
import type { Person, Session, Sessions } from './sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | undefined;
  }
  interface FastifyContextConfig {
    /** A route below /api/ that needs no session. */
    open?: boolean;
  }
}

export const COOKIE = 'yz_session';

/**
 * Every route below /api/ needs a session unless it says `open`: what is forgotten is closed. A session comes as a bearer token
 * or as a cookie. A cookie is sent by any page in the browser, so whatever changes something by it must carry the header
 * `x-yizhan: 1`, which a foreign page can not set. `x-yizhan-quiet: 1` marks a request that the page makes by itself: it does
 * not keep an abandoned session alive.
 */
export function guard(app: App, sessions: Sessions): void {
  app.decorateRequest('session', undefined);
  app.addHook('onRequest', (request, _reply, done) => {
    const { url = '', config } = request.routeOptions;
    if (request.is404 || !url.startsWith('/api/')) return done();
    const quiet = request.headers['x-yizhan-quiet'] === '1';
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const token = bearer ?? request.cookies[COOKIE];
    request.session = token === undefined ? undefined : sessions.find(token, !quiet);
    if (config.open) return done();
    if (!request.session) return done(new Refused('platform.notSignedIn'));
    if (request.session.revoked) return done(new Refused('platform.stationRevoked'));
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (changes && !bearer && request.headers['x-yizhan'] !== '1')
      return done(
        new Refused('platform.forbidden', {
          detail: 'a request with the session cookie that changes something needs the header x-yizhan: 1',
        }),
      );
    done();
  });
}

export function sessionOf(request: FastifyRequest): Session {
  if (!request.session) throw new Refused('platform.notSignedIn');
  return request.session;
}

export const whoIs = (request: FastifyRequest): Person => sessionOf(request).who;

/** For reads: the same gate as the commands'. Throws {@link Refused}. */
export function allow(state: State, who: Person, action: Action, place: string): void {
  if (isRevoked(state, who.organisation, who.station)) throw new Refused('platform.stationRevoked');
  if (!authorize(state, who, action, place))
    throw new Refused('platform.forbidden', {
      detail: `${action} at ${place} is not allowed to ${who.role}`,
    });
}
