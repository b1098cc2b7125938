import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';

/** What a serial adapter is known by, whatever name the system gives it today. Ids as lsusb shows them. */
export interface UsbSerial {
  vendorId: string;
  productId: string;
  serialNumber?: string;
  /** The name of its link below /dev/serial/by-path: the socket that it is plugged into. */
  port?: string;
}

/** A serial line as `SerialPort.list()` tells it. */
export interface ListedPort {
  path: string;
  vendorId?: string;
  productId?: string;
  serialNumber?: string;
}

/** Where udev names lines by the sockets they are plugged into. */
const BY_PATH = '/dev/serial/by-path';

/**
 * The path of the one adapter that fits. Throws where none does or more than one, with what was found: adapters of one kind have
 * the same ids, and to take the first would be to print on the neighbour's printer.
 * @param socketOf the name below /dev/serial/by-path of a line's path
 */
export function matchUsbSerial(
  wanted: UsbSerial,
  ports: readonly ListedPort[],
  socketOf: ReadonlyMap<string, string>,
): string {
  const same = (a: string, b: string | undefined) => a.toLowerCase() === b?.toLowerCase();
  const adapters = ports.filter(({ vendorId }) => vendorId !== undefined);
  const fitting = adapters.filter(
    ({ path, vendorId, productId, serialNumber }) =>
      same(wanted.vendorId, vendorId) &&
      same(wanted.productId, productId) &&
      (wanted.serialNumber === undefined || wanted.serialNumber === serialNumber) &&
      (wanted.port === undefined || wanted.port === socketOf.get(path)),
  );
  const [only] = fitting;
  if (only && fitting.length === 1) return only.path;
  const asked = Object.entries(wanted).map(([name, value]) => `${name} ${value}`);
  const found = adapters.map(
    ({ path, vendorId, productId, serialNumber }) =>
      `${path} (${vendorId}:${productId}, serialNumber ${serialNumber ?? 'none'}, port ${socketOf.get(path) ?? 'unknown'})`,
  );
  const many =
    fitting.length > 1
      ? `${fitting.length} adapters fit; tell them apart by «serialNumber» or «port»`
      : 'no adapter fits';
  throw new Error(`${many}: ${asked.join(', ')}. Found: ${found.join('; ') || 'no USB adapter'}`);
}

/** The names of the sockets, by the path of the line that is plugged in. Empty where there is no such folder. */
export async function socketsByPath(folder = BY_PATH): Promise<Map<string, string>> {
  const names = await readdir(folder).catch(() => []);
  const links = names.toSorted().map(async (name) => {
    const path = await realpath(join(folder, name)).catch(() => '');
    return [path, name] as const;
  });
  return new Map(await Promise.all(links));
}
