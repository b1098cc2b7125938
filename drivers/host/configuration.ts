import Type, { type Static } from 'typebox';
import { placeOfName } from '../../contracts/topics.ts';
import { HOST_SETTINGS } from '../kit/define-driver.ts';
import { Misconfigured, mustFit, refuse, VARIABLE } from './misconfigured.ts';
import { mustBeTls, tlsFiles } from './tls.ts';
import { mustBeTransport, type TransportConfiguration } from './transports.ts';

export { VARIABLE };

const filled = (description: string) => Type.String({ minLength: 1, description });

const common = Type.Object({
  url: Type.String({
    pattern: '^mqtts?://.',
    description: 'the broker as mqtt://host:port or mqtts://host:port',
  }),
  name: filled('the device’s name, dev.{outlet}.{station}.{device}'),
  password: filled('the password that was issued for the device’s name'),
  tls: Type.Optional(tlsFiles),
  driver: filled('the name of a driver, or the path of a module such as ./my-driver.mjs'),
  transport: Type.Object(
    { kind: Type.String() },
    { description: 'an object with «kind»: tcp, serial, hid or deviceFile' },
  ),
  journalFolder: filled('a folder that the process may write to; it is made where it is missing'),
});

/** What a driver's process needs to know: the host's members, and the driver's own settings beside them. */
export type DriverConfiguration = Omit<Static<typeof common>, 'transport'> & {
  transport: TransportConfiguration;
  [setting: string]: unknown;
};

/**
 * Reads and checks the host's members of the configuration; the driver's own are checked with the driver. Throws
 * Misconfigured, which names the member, its value, what is allowed, and the remedy.
 */
export function readConfiguration(text: string | undefined): DriverConfiguration {
  if (!text)
    throw new Misconfigured(`${VARIABLE} is not set: give the driver’s configuration in it, as JSON`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not the text itself: it holds a password.
    throw new Misconfigured(
      `${VARIABLE} is not JSON: give an object such as {"url":"mqtt://…","name":"dev.…",…}`,
    );
  }
  return checkConfiguration(value);
}

/** As {@link readConfiguration}, of what was read already. */
export function checkConfiguration(value: unknown): DriverConfiguration {
  mustFit(common, value, '');
  const read = value as DriverConfiguration;
  if (read.tls) mustBeTls(read.tls, read.url);
  mustBeTransport(read.transport);
  if (placeOfName(read.name)?.kind !== 'device')
    refuse(
      'name',
      read.name,
      'dev.{outlet}.{station}.{device}, the outlet with 8 digits, the others of a-z, 0-9 and «-»',
    );
  return read;
}

/** The driver's own settings: what is not the host's. */
export function ownSettings(config: DriverConfiguration): Record<string, unknown> {
  const hosts: readonly string[] = HOST_SETTINGS;
  return Object.fromEntries(Object.entries(config).filter(([name]) => !hosts.includes(name)));
}
