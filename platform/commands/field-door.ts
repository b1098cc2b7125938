import { readFileSync } from 'node:fs';
import type { EmbeddedBrokerOptions } from '../bus/embedded-broker.ts';
import { readPort, UsageError } from './options.ts';

/** The options of `start` that open the broker to kiosks and partners on other machines. */
export const FIELD_DOOR_OPTIONS = {
  'mqtts-port': {
    type: 'string',
    what: 'the broker for other machines, in TLS on every address, mostly 8883; needs the next two',
  },
  'mqtts-cert': { type: 'string', what: 'a PEM file: the certificate that kiosks know the broker by' },
  'mqtts-key': { type: 'string', what: 'a PEM file: its key' },
  'mqtts-ca': {
    type: 'string',
    what: 'a PEM file: kiosks must show a certificate of this authority, besides their secret',
  },
} as const;

type Values = { readonly [name in keyof typeof FIELD_DOOR_OPTIONS]?: string | undefined };

/** Throws UsageError where an option is missing or a file can't be read. `undefined`: this machine only. */
export function readFieldDoor(values: Values): EmbeddedBrokerOptions['field'] {
  const { 'mqtts-port': port, 'mqtts-cert': cert, 'mqtts-key': key, 'mqtts-ca': ca } = values;
  if (port === undefined) {
    const alone = Object.entries(values).find(([name, value]) => name.startsWith('mqtts-') && value);
    if (alone) throw new UsageError(`--${alone[0]} says nothing without --mqtts-port, mostly 8883`);
    return undefined;
  }
  if (cert === undefined || key === undefined)
    throw new UsageError(
      `--mqtts-port ${port}: needs --mqtts-cert and --mqtts-key; nothing is sent over a network in clear`,
    );
  return {
    port: readPort('mqtts-port', port),
    tls: {
      cert: pem('mqtts-cert', cert),
      key: pem('mqtts-key', key),
      ...(ca === undefined ? {} : { ca: pem('mqtts-ca', ca) }),
    },
  };
}

function pem(option: string, path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`--${option} ${path}: can not be read: ${(error as Error).message}`);
  }
  if (!text.includes('-----BEGIN ')) throw new UsageError(`--${option} ${path}: must be a PEM file`);
  return text;
}
