import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Type, { type Static } from 'typebox';
import { nameOf } from '../../contracts/topics.ts';
import type { DriverConfiguration } from '../host/configuration.ts';
import { Misconfigured, mustFit, mustKnow, refuse } from '../host/misconfigured.ts';
import { mustBeTls, readTls, type TlsFiles, tlsFiles } from '../host/tls.ts';
import { readDevices } from './devices.ts';
import { mustBePrivate, readSecret } from './secret.ts';
import { readYaml } from './yaml.ts';

const filled = (description: string) => Type.String({ minLength: 1, description });

const schema = Type.Object({
  broker: Type.Object(
    {
      url: Type.String({
        pattern: '^mqtts?://.',
        description: 'the broker as mqtt://host:port or mqtts://host:port',
      }),
      tls: Type.Optional(tlsFiles),
    },
    { description: 'an object with «url», and «tls» for mqtts' },
  ),
  outlet: Type.String({ pattern: '^\\d{8}$', description: 'the outlet’s code, 8 digits' }),
  station: Type.String({
    pattern: '^[a-z0-9-]{1,32}$',
    description: 'the station’s name, 1 to 32 of a-z, 0-9 and «-», mostly 1',
  }),
  secrets: Type.Union([filled('a folder'), Type.Record(Type.String(), filled('a secret'))], {
    description:
      'a folder that has a file for each device and one for the kiosk, each named after it; or an object with the secrets themselves',
  }),
  journals: filled('a folder that the service may write to; it is made where it is missing'),
  devices: Type.Array(Type.Unknown(), { description: 'a list of devices, maybe an empty one' }),
});

/** One device of the kiosk: what its process is started with, or why that can’t be. */
export type KioskDevice = { name: string; driver: string } & (
  | { config: DriverConfiguration }
  | { why: string }
);

/** A kiosk as its file describes it. */
export interface Kiosk {
  file: string;
  url: string;
  /** The kiosk itself is a place too. */
  place: { kind: 'device'; outlet: string; station: string; device: string };
  password: string;
  tls: TlsFiles | undefined;
  journals: string;
  devices: KioskDevice[];
}

/** The kiosk’s own device name: none of its devices may have it. */
export const ITSELF = 'kiosk';

/** What a device’s configuration takes from the kiosk’s. */
export interface Shared extends Pick<Kiosk, 'file' | 'url' | 'tls' | 'journals'> {
  outlet: string;
  station: string;
  /** The secret of a name. Throws Misconfigured. */
  secretOf(name: string): string;
}

/**
 * Reads a kiosk’s file. Throws Misconfigured where its core is at fault; a device that is at fault is told as such, beside the
 * others. Paths in it count from its own folder.
 * @param more.secrets `false`: none is read, for whoever only stands before the devices
 */
export function readKiosk(given: string, more: { secrets?: boolean } = {}): Kiosk {
  const file = resolve(given);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Misconfigured(`${file} can’t be read: ${(error as Error).message}. Name another with --config`);
  }
  return inFile(file, '', () => {
    const read = readYaml(text, file);
    mustFit(schema, read, '');
    mustKnow(Object(read), Object.keys(schema.properties), '');
    const { broker, outlet, station, secrets, journals, devices } = read as Static<typeof schema>;
    mustKnow(broker, Object.keys(schema.properties.broker.properties), 'broker.');
    const tls = broker.tls && within(dirname(file), broker.tls);
    if (more.secrets !== false) inFile(file, 'broker.', () => mustHaveTls(tls, broker.url));
    const shared: Shared = {
      file,
      url: broker.url,
      tls,
      journals: resolve(dirname(file), journals),
      outlet,
      station,
      secretOf: more.secrets === false ? () => 'none' : secretsOf(secrets, file),
    };
    return {
      ...shared,
      place: { kind: 'device', outlet, station, device: ITSELF },
      password: shared.secretOf(ITSELF),
      devices: readDevices(devices, shared),
    };
  });
}

/** Names the file in what is wrong, and the member as it is called there. */
export function inFile<T>(file: string, prefix: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Misconfigured) || !error.fault) throw error;
    throw new Misconfigured(wordsOf(file, prefix, error));
  }
}

/** What is wrong, and the remedy. */
export function wordsOf(file: string, prefix: string, { fault, message }: Misconfigured): string {
  if (!fault) return message;
  const { path, shown, allowed } = fault;
  return `${file}: «${prefix}${path}» is ${shown}; allowed is ${allowed}. Correct it there and start the kiosk again`;
}

function within(folder: string, tls: TlsFiles): TlsFiles {
  return Object.fromEntries(Object.entries(tls).map(([name, path]) => [name, resolve(folder, path)]));
}

/** Also that the files are there: without them no device could be reached. */
function mustHaveTls(tls: TlsFiles | undefined, url: string): void {
  if (!tls) return;
  mustBeTls(tls, url);
  readTls(tls);
  if (tls.key !== undefined) mustBePrivate('tls.key', tls.key);
}

function secretsOf(secrets: Static<typeof schema.properties.secrets>, file: string): Shared['secretOf'] {
  if (typeof secrets === 'string') {
    const folder = resolve(dirname(file), secrets);
    return (name) => readSecret(`secrets.${name}`, resolve(folder, name));
  }
  // They stand in the file itself.
  mustBePrivate('secrets', file);
  return (name) => {
    const secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
    if (secret === undefined) refuse(`secrets.${name}`, secret, `the secret that was issued for «${name}»`);
    return secret;
  };
}

/** The device’s name on the wire. */
export const wireName = ({ outlet, station }: Pick<Shared, 'outlet' | 'station'>, device: string): string =>
  nameOf({ kind: 'device', outlet, station, device });
