import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Type, { type Static } from 'typebox';
import { Misconfigured, mustFit, mustKnow, refuse } from '../host/misconfigured.ts';
import { mustBeTls, readTls, type TlsFiles, tlsFiles } from '../host/tls.ts';
import { readDevices } from './devices.ts';
import { inFile } from './in-file.ts';
import { ITSELF, type Kiosk, type Shared } from './kiosk.ts';
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
