import { randomBytes } from 'node:crypto';
import { MINUTE } from '../../contracts/time.ts';

const LIFE = 2 * MINUTE;
const LIMIT = 10_000;

/**
 * Challenges for sign-ins: each is good once, for the station it was given to, for two minutes of platform time. The oldest go
 * first where there are too many.
 */
export function createNonces(now: () => number, limit = LIMIT) {
  const given = new Map<string, { place: string; until: number }>();
  return {
    give(organisation: string, station: string): string {
      for (const [nonce, { until }] of given) {
        if (until > now() && given.size < limit) break;
        given.delete(nonce);
      }
      const nonce = randomBytes(32).toString('base64url');
      given.set(nonce, { place: `${organisation}/${station}`, until: now() + LIFE });
      return nonce;
    },
    /** Uses the nonce up, whatever comes of it. */
    take(organisation: string, station: string, nonce: string): boolean {
      const known = given.get(nonce);
      given.delete(nonce);
      return known !== undefined && known.place === `${organisation}/${station}` && known.until > now();
    },
  };
}
