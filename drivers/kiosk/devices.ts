import { dirname, resolve } from 'node:path';
import { chosenDriver } from '../host/chosen-driver.ts';
import { checkConfiguration } from '../host/configuration.ts';
import { Misconfigured, refuse } from '../host/misconfigured.ts';
import { DRIVER_NAMES } from '../host/registry.ts';
import { wordsOf } from './in-file.ts';
import { ITSELF, type Kiosk, type KioskDevice, type Shared, wireName } from './kiosk.ts';

/** What every device has from the kiosk. */
const KIOSKS = ['url', 'password', 'tls', 'journalFolder'];

/** Each device by itself: one that is at fault takes no other with it. */
export function readDevices(devices: readonly unknown[], shared: Shared): KioskDevice[] {
  const taken = new Set([ITSELF]);
  return devices.map((given, i) => {
    const members = Object(given) as Record<string, unknown>;
    const name = typeof members.name === 'string' ? members.name : '';
    const isOwn = /^[a-z0-9-]{1,32}$/.test(name) && !taken.has(name);
    if (isOwn) taken.add(name);
    // What has no name of its own is called by its number.
    const called = isOwn ? name : `${i + 1}`;
    const driver = typeof members.driver === 'string' ? members.driver : '';
    try {
      if (!isOwn)
        refuse(
          'name',
          members.name,
          'a name of 1 to 32 of a-z, 0-9 and «-» that nothing else in the kiosk has',
        );
      return { name, driver, config: configure(members, name, shared) };
    } catch (error) {
      if (!(error instanceof Misconfigured)) throw error;
      const isSecret = error.fault?.path.startsWith('secrets.');
      return { name: called, driver, why: wordsOf(shared.file, isSecret ? '' : `devices.${called}.`, error) };
    }
  });
}

function configure({ name: _, ...members }: Record<string, unknown>, name: string, shared: Shared) {
  for (const member of KIOSKS)
    if (Object.hasOwn(members, member))
      refuse(member, 'given', 'no such member of a device: what the whole kiosk has stands above «devices»');
  const { url, tls, journals: journalFolder, file } = shared;
  const { driver } = members;
  return checkConfiguration({
    ...members,
    // A path counts from the file that names it.
    ...(typeof driver === 'string' && /^\.{1,2}\//.test(driver)
      ? { driver: resolve(dirname(file), driver) }
      : {}),
    url,
    ...(tls ? { tls } : {}),
    journalFolder,
    name: wireName(shared, name),
    password: shared.secretOf(name),
  });
}

/**
 * The same devices, their drivers’ own settings checked as well. A module of a partner’s is loaded for that: only where it is
 * asked for, for it would run in this process.
 */
export async function withSettingsChecked(kiosk: Kiosk, partners: boolean): Promise<KioskDevice[]> {
  return await Promise.all(
    kiosk.devices.map(async (device) => {
      if (!('config' in device)) return device;
      const isOurs = DRIVER_NAMES.includes(device.driver) || !/^\.{0,2}\//.test(device.driver);
      if (!isOurs && !partners) return device;
      try {
        await chosenDriver(device.config);
        return device;
      } catch (error) {
        if (!(error instanceof Misconfigured)) throw error;
        const { name, driver } = device;
        return { name, driver, why: wordsOf(kiosk.file, `devices.${name}.`, error) };
      }
    }),
  );
}
