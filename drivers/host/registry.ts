import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROFILES } from '../../contracts/profiles.ts';
import { type DriverDefinition, defineDriver } from '../kit/define-driver.ts';
import { Misconfigured, refuse, VARIABLE } from './misconfigured.ts';

/** Every driver there is; a process loads the one that it is configured for. */
const DRIVERS: Readonly<Record<string, () => Promise<DriverDefinition>>> = {
  'printer-escpos': async () => (await import('../printer-escpos/definition.ts')).printerEscpos,
  'card-reader-crt310': async () => (await import('../card-reader-crt310/definition.ts')).cardReaderCrt310,
  'customer-display': async () => (await import('../customer-display/driver.ts')).customerDisplayDriver,
  sign: async () => (await import('../sign/driver.ts')).signDriver,
  'alarm-button': async () => (await import('../alarm-button/driver.ts')).alarmButtonDriver,
};

export const DRIVER_NAMES: readonly string[] = Object.keys(DRIVERS);

/**
 * The driver of this name, or of the module at this path, relative to the process’s folder. Throws Misconfigured where there is
 * none, or where the module can't be loaded.
 */
export async function loadDriver(name: string): Promise<DriverDefinition> {
  const known = Object.hasOwn(DRIVERS, name) ? DRIVERS[name] : undefined;
  if (known) return await known();
  if (!/^\.{0,2}\//.test(name))
    refuse(
      'driver',
      name,
      `${DRIVER_NAMES.join(', ')}, or the path of a module, beginning with ./, ../ or /`,
    );
  return partnersDriver(name);
}

/** A partner's module names its class and needs nothing of ours: `export const driver = { class, settings, create }`. */
async function partnersDriver(path: string): Promise<DriverDefinition> {
  const file = resolve(path);
  const trouble = (what: string) => new Misconfigured(`${VARIABLE}: the driver ${file} ${what}`);
  let module: { driver?: unknown };
  try {
    module = await import(pathToFileURL(file).href);
  } catch (error) {
    throw trouble(`does not load: ${(error as Error).message}`);
  }
  const given = Object(module.driver) as Partial<Record<keyof DriverDefinition, unknown>>;
  const found = PROFILES.find(({ name, side }) => side === 'device' && name === given.class);
  if (!found) {
    const classes = PROFILES.filter(({ side }) => side === 'device').map(({ name }) => name);
    throw trouble(
      `names the class ${JSON.stringify(given.class)}; export «driver» with «class»: ${classes.join(', ')}`,
    );
  }
  const { settings, create } = given;
  if (typeof Object(settings).properties !== 'object')
    throw trouble('has no «settings»: give a JSON Schema of an object with «properties», maybe none');
  if (typeof create !== 'function') throw trouble('has no function «create(host, settings)»');
  try {
    return defineDriver({ ...(given as DriverDefinition), class: found });
  } catch (error) {
    throw trouble(`is declared wrongly: ${(error as Error).message}`);
  }
}
