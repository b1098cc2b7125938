import type { State } from '../core/state.ts';
import { isRevoked } from '../core/stations.ts';
import type { App, Context } from './app.ts';
import type { Session } from './sessions.ts';

/** Does the station still have the key that this session was opened with? */
export function isTrusted(state: State, { who, publicKey }: Pick<Session, 'who' | 'publicKey'>): boolean {
  const { organisation, station } = who;
  if (isRevoked(state, organisation, station)) return false;
  return state.stations.get(`${organisation}/${station}`)?.publicKey === publicKey;
}

/** DEV-03: a certificate that is revoked or replaced takes the sessions that rest on it along, before anybody is answered. */
export function endRevokedSessions(app: App, { platform, sessions }: Context): void {
  const unsubscribe = platform.subscribe(undefined, ({ outlet, order }) => {
    // What changed is an order: by far the most there is.
    if (order !== undefined) return;
    platform
      .read((state) =>
        sessions.revoke((session) => session.who.organisation === outlet && !isTrusted(state, session)),
      )
      .catch(() => {});
  });
  app.addHook('onClose', (_app, done) => {
    unsubscribe();
    done();
  });
}
