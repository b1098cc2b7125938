import type { State } from './state.ts';

/** One change of a station's certificate, for whoever has to explain it later (ACC-04). */
export interface StationChange {
  /** A ULID, minted by whoever asked: a repeat changes nothing. */
  id: string;
  /** Platform time, ms. */
  at: number;
  what: 'enrolled' | 'revoked';
  /** PEM of the key that was enrolled, or that stopped counting. */
  publicKey: string;
  /** `organisation/operator`, or `system` for whoever holds the platform's folder. */
  by: string;
  reason?: string;
}

/**
 * DEV-03: does nothing count any more that comes from this station, its certificate being revoked or run out? A station that
 * was never enrolled is none of this function's business: it can not sign in.
 */
export function isRevoked(state: State, organisation: string, station: string): boolean {
  const known = state.stations.get(`${organisation}/${station}`);
  if (!known) return false;
  return known.revoked === true || (known.expiresAt !== undefined && state.now >= known.expiresAt);
}
