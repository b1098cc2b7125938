import Type, { type Static, type TObject } from 'typebox';
import { checkOf } from '../../contracts/operation.ts';
import { placeOfName } from '../../contracts/topics.ts';
import { MODELS, type ModelName } from '../printer-escpos/models.ts';

/** The environment variable with the configuration of a driver's process, as JSON. */
export const VARIABLE = 'YIZHAN_DRIVER';

const filled = (description: string) => Type.String({ minLength: 1, description });
const models = Object.keys(MODELS) as ModelName[];

const tcp = Type.Object({
  kind: Type.Literal('tcp'),
  host: filled('a host name or address'),
  port: Type.Integer({
    minimum: 1,
    maximum: 65_535,
    description: 'a whole number from 1 to 65535, mostly 9100',
  }),
});

const serial = Type.Object({
  kind: Type.Literal('serial'),
  path: filled('the path of a serial device such as /dev/serial/by-path/…'),
  baudRate: Type.Integer({
    minimum: 1_200,
    maximum: 921_600,
    description: 'a whole number from 1200 to 921600, mostly 9600 or 115200',
  }),
  rtscts: Type.Optional(
    Type.Boolean({ description: 'true where the cable carries hardware flow control, else false' }),
  ),
});

const common = Type.Object({
  url: Type.String({
    pattern: '^mqtts?://.',
    description: 'the broker as mqtt://host:port or mqtts://host:port',
  }),
  name: filled('the device’s name, dev.{outlet}.{station}.{device}'),
  password: filled('the password that was issued for the device’s name'),
  driver: Type.Literal('printer-escpos', { description: 'printer-escpos' }),
  model: Type.Union(
    models.map((name) => Type.Literal(name)),
    { description: models.join(' or ') },
  ),
  transport: Type.Object(
    { kind: Type.String() },
    { description: 'an object with «kind»: tcp (host, port) or serial (path, baudRate)' },
  ),
  journalFolder: filled('a folder that the process may write to; it is made where it is missing'),
});

export type TransportConfiguration = Static<typeof tcp> | Static<typeof serial>;

/** What a driver's process needs to know. */
export type DriverConfiguration = Omit<Static<typeof common>, 'model' | 'transport'> & {
  model: ModelName;
  transport: TransportConfiguration;
};

/** Reads and checks the configuration. Throws an Error that names the member, its value, what is allowed, and the remedy. */
export function readConfiguration(text: string | undefined): DriverConfiguration {
  if (!text) throw new Error(`${VARIABLE} is not set: give the driver’s configuration in it, as JSON`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not the text itself: it holds a password.
    throw new Error(`${VARIABLE} is not JSON: give an object such as {"url":"mqtt://…","name":"dev.…",…}`);
  }
  mustFit(common, value, '');
  const read = value as DriverConfiguration;
  const transport = { tcp, serial }[read.transport.kind];
  if (!transport) refuse('transport.kind', read.transport.kind, 'tcp or serial');
  else mustFit(transport, read.transport, 'transport.');
  if (placeOfName(read.name)?.kind !== 'device')
    refuse(
      'name',
      read.name,
      'dev.{outlet}.{station}.{device}, the outlet with 8 digits, the others of a-z, 0-9 and «-»',
    );
  return read;
}

/** Member by member, so that a message speaks of one member and its description is what is allowed there. */
function mustFit(schema: TObject, value: unknown, path: string): void {
  const members = Object(value) as Record<string, unknown>;
  for (const [name, member] of Object.entries(schema.properties)) {
    const given = members[name];
    if (given === undefined && !schema.required?.includes(name)) continue;
    if (checkOf(member)(given) !== undefined)
      refuse(`${path}${name}`, given, String((member as { description?: string }).description));
  }
}

function refuse(path: string, value: unknown, allowed: string): never {
  const shown = value === undefined ? 'missing' : path === 'password' ? 'not fit' : JSON.stringify(value);
  throw new Error(
    `${VARIABLE}: «${path}» is ${shown}; allowed is ${allowed}. Correct it in the station’s configuration`,
  );
}
