import { UsageError } from '../options.ts';

const FORMS =
  'tcp:HOST:PORT, serial:PATH:BAUD, hid:VENDOR:PRODUCT, deviceFile:PATH, or the object of a kiosk’s file as JSON';

/** A transport as it is typed. Whether its members fit, the host checks. Throws UsageError. */
export function readTransport(text: string): object {
  if (text.startsWith('{')) {
    try {
      return JSON.parse(text) as object;
    } catch (error) {
      throw new UsageError(`--transport ${text}: is no JSON: ${(error as Error).message}`);
    }
  }
  const [, kind, rest = ''] = /^(\w+):(.+)$/.exec(text) ?? [];
  // A path and a host may have colons themselves.
  const [, head = '', last = ''] = /^(.+):([^:]*)$/.exec(rest) ?? [];
  if (kind === 'tcp' && head) return { kind, host: head, port: Number(last) };
  if (kind === 'serial' && head) return { kind, path: head, baudRate: Number(last) };
  if (kind === 'hid' && head) return { kind, vendorId: head, productId: last };
  if (kind === 'deviceFile') return { kind, path: rest };
  throw new UsageError(`--transport ${text}: must be ${FORMS}`);
}

/** Settings as they are typed: `model=epson-80,digits=8`. Throws UsageError. */
export function readSettings(text: string): Record<string, unknown> {
  const pairs = text.split(',').map((pair) => {
    const [, name, value = ''] = /^([a-zA-Z]\w*)=(.*)$/.exec(pair.trim()) ?? [];
    if (name === undefined)
      throw new UsageError(`--settings ${text}: must be NAME=VALUE, more of them after commas`);
    return [name, typed(value)] as const;
  });
  return Object.fromEntries(pairs);
}

function typed(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+$/.test(text) ? Number(text) : text;
}
