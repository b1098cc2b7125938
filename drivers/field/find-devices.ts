import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { type ListedPort, socketsByPath } from '../transports/usb-serial.ts';
import { fingerprintOf, SERIAL_LINE, USB_PRINTER } from './fingerprints.ts';

/** Something that is plugged in. */
export interface Found {
  path: string;
  vendorId?: string | undefined;
  productId?: string | undefined;
  serialNumber?: string | undefined;
  /** As the maker calls it, where it says so. */
  product?: string | undefined;
  /** The name of its link below /dev/serial/by-path. */
  port?: string | undefined;
  what: string;
  /** Drivers that may fit; none where nothing is known of it. */
  drivers: readonly string[];
}

/** What is there, or why nobody can say. */
export type Looked = { found: Found[] } | { trouble: string };

/** A HID device as `node-hid` lists it: ids are numbers. */
export interface ListedHidDevice {
  vendorId: number;
  productId: number;
  path?: string | undefined;
  serialNumber?: string | undefined;
  product?: string | undefined;
}

/** The serial lines, those with ids first: a board may have dozens of UARTs that lead nowhere. */
export function describePorts(ports: readonly ListedPort[], sockets: ReadonlyMap<string, string>): Found[] {
  return ports
    .map(({ path, vendorId, productId, serialNumber }) => ({
      path,
      vendorId,
      productId,
      serialNumber,
      port: sockets.get(path),
      ...pick(fingerprintOf('tty', vendorId, productId) ?? SERIAL_LINE),
    }))
    .sort((a, b) => Number(a.vendorId === undefined) - Number(b.vendorId === undefined));
}

/** The HID devices that are of use first; the same path is listed once, however many uses it names. */
export function describeHid(devices: readonly ListedHidDevice[]): Found[] {
  const byPath = new Map(devices.map((device) => [device.path ?? '', device]));
  return [...byPath]
    .map(([path, device]) => {
      const [vendorId, productId] = [device.vendorId, device.productId].map((id) =>
        id.toString(16).padStart(4, '0'),
      );
      const known = fingerprintOf('hid', vendorId, productId);
      const { serialNumber, product } = device;
      return {
        path,
        vendorId,
        productId,
        serialNumber: serialNumber || undefined,
        product,
        ...pick(known ?? { what: 'HID device', drivers: [] }),
      };
    })
    .sort((a, b) => b.drivers.length - a.drivers.length);
}

const pick = ({ what, drivers }: { what: string; drivers: readonly string[] }) => ({ what, drivers });

/** The native part of `serialport` is loaded for this, so it may be missing. */
export async function findPorts(): Promise<Looked> {
  try {
    const { SerialPort } = await import('serialport');
    return { found: describePorts(await SerialPort.list(), await socketsByPath()) };
  } catch (error) {
    const { message } = error as Error;
    return {
      trouble: message.includes('udevadm')
        ? `serialport asks udevadm, and that is not there (${message}): install the package udev`
        : `serialport does not load: ${message}`,
    };
  }
}

/** `node-hid` is loaded only here and by its transport: a kiosk without HID devices needs none. */
export async function findHid(load = () => import('node-hid')): Promise<Looked> {
  try {
    const { devicesAsync } = await load();
    return { found: describeHid(await devicesAsync()) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isAbsent = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    return {
      trouble: isAbsent
        ? 'the package node-hid is not installed: npm install node-hid'
        : `node-hid does not load: ${message}. It needs libusb-1.0-0 and libudev1`,
    };
  }
}

/** USB printers that the kernel has taken, by their ids. */
export async function findPrinters(folder = '/sys/class/usbmisc'): Promise<Looked> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^lp\d+$/.test(name)).toSorted();
  const found = names.map(async (name) => {
    // The interface; the device that it belongs to is one above.
    const device = join(await realpath(join(folder, name, 'device')).catch(() => folder), '..');
    const read = (file: string) =>
      readFile(join(device, file), 'utf8').then(
        (text) => text.trim() || undefined,
        () => undefined,
      );
    const [vendorId, productId, serialNumber, product] = await Promise.all(
      ['idVendor', 'idProduct', 'serial', 'product'].map(read),
    );
    return { path: `/dev/usb/${name}`, vendorId, productId, serialNumber, product, ...USB_PRINTER };
  });
  return { found: await Promise.all(found) };
}
