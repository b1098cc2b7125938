import type { Principal } from '../../contracts/access.ts';
import type { Credentials } from './credentials.ts';

/**
 * DEV-03: the credentials without those of devices at a station whose certificate is revoked. They are withdrawn by
 * {@link withdrawDevices}; one that somebody issues afterwards lets nobody in either, until the station is enrolled again.
 */
export function withoutRevoked(
  credentials: Credentials,
  isRevoked: (outlet: string, station: string) => boolean,
): Credentials {
  return {
    ...credentials,
    principal(name, secret) {
      const who = credentials.principal(name, secret);
      const station = who && stationOf(who);
      return station && isRevoked(...station) ? undefined : who;
    },
  };
}

/** Takes the right to connect from every device of the station; their names, for the broker to drop. */
export function withdrawDevices(credentials: Credentials, outlet: string, station: string): string[] {
  const names = credentials.names().filter((name) => name.startsWith(`dev.${outlet}.${station}.`));
  for (const name of names) credentials.withdraw(name);
  return names;
}

function stationOf(who: Principal): [outlet: string, station: string] | undefined {
  if (who.role !== 'place' || who.place.kind !== 'device') return undefined;
  return [who.place.outlet, who.place.station];
}
