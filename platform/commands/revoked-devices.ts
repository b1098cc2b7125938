import type { Credentials } from '../bus/credentials.ts';
import { withdrawDevices, withoutRevoked } from '../bus/revocation.ts';
import type { PlatformApi } from '../http/platform.ts';

/**
 * DEV-03 on a running platform: what is revoked now or later. `credentials` are for the broker; `drop` is called with every
 * device's name that loses its right to connect, before whoever revoked is answered.
 */
export async function watchRevocations(
  platform: PlatformApi,
  kept: Credentials,
  drop: (name: string) => void,
  log: (line: string) => void,
): Promise<{ credentials: Credentials; stop: () => void }> {
  const revoked = new Set<string>();

  const look = (outlet: string | undefined) =>
    platform.read((state) => {
      for (const [name, { organisation, station, revoked: isOver }] of state.stations) {
        if (outlet !== undefined && organisation !== outlet) continue;
        if (!isOver) {
          revoked.delete(name);
          continue;
        }
        if (revoked.has(name)) continue;
        revoked.add(name);
        for (const device of withdrawDevices(kept, organisation, station)) drop(device);
      }
    });

  // Also what was revoked just before a crash.
  await look(undefined);
  const stop = platform.subscribe(undefined, ({ outlet, order }) => {
    // Where they can not be withdrawn (a full disk), they still let nobody in while this process runs.
    if (order === undefined) look(outlet).catch((error: Error) => log(`revocation: ${error.message}`));
  });
  const credentials = withoutRevoked(kept, (outlet, station) => revoked.has(`${outlet}/${station}`));
  return { credentials, stop };
}
