import { randomBytes } from 'node:crypto';
import { MINUTE } from '../../contracts/time.ts';
import type { Principal } from '../core/authorize.ts';

export type Person = Extract<Principal, { kind: 'person' }>;

export interface Session {
  token: string;
  who: Person;
  /** PEM of the key that the station signed with. */
  publicKey: string;
  /** That key counts no longer: whoever asks is told so until the session would have gone idle. */
  revoked?: boolean;
  /** Platform time, ms, of the person's last request. */
  lastSeen: number;
  /** Called once when the session ends: closes what it left open. */
  onEnd: Set<() => void>;
}

export const IDLE = 15 * MINUTE;
const LIMIT = 10_000;

export type Sessions = ReturnType<typeof createSessions>;

/**
 * Who is signed in: in memory only, so a restart signs everybody out. Ends after {@link IDLE} without a request of the person's.
 * `now` is platform time, ms.
 */
export function createSessions(now: () => number, limit = LIMIT) {
  // In the order of `lastSeen`: whoever is touched goes to the end, so the idle ones stand in front.
  const byToken = new Map<string, Session>();

  function end(session: Session): void {
    byToken.delete(session.token);
    close(session);
  }

  function close(session: Session): void {
    for (const act of session.onEnd) act();
    session.onEnd.clear();
  }

  const isOver = (session: Session) => now() - session.lastSeen >= IDLE;

  return {
    open(who: Person, publicKey: string): Session {
      for (const session of byToken.values()) {
        if (!isOver(session) && byToken.size < limit) break;
        end(session);
      }
      const token = randomBytes(32).toString('base64url');
      const session: Session = { token, who, publicKey, lastSeen: now(), onEnd: new Set() };
      byToken.set(token, session);
      return session;
    },
    /** `touch`: the person did something, so the idle time begins anew. */
    find(token: string, touch: boolean): Session | undefined {
      const session = byToken.get(token);
      if (!session) return undefined;
      if (isOver(session)) {
        end(session);
        return undefined;
      }
      if (touch) {
        session.lastSeen = now();
        byToken.delete(token);
        byToken.set(token, session);
      }
      return session;
    },
    end,
    /** DEV-03: of these sessions nothing may be done any more, nor seen. */
    revoke(isGone: (session: Session) => boolean): void {
      for (const session of byToken.values())
        if (isGone(session)) {
          session.revoked = true;
          close(session);
        }
    },
    endAll(): void {
      for (const session of byToken.values()) end(session);
    },
  };
}
