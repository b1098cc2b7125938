import { realpath } from 'node:fs/promises';
import type { OpenTransport } from './transport.ts';

/** What a USB device is known by. Ids are numbers: 0x23d8. */
export interface HidLine {
  vendorId: number;
  productId: number;
  serialNumber?: string;
  /** `/dev/hidraw0`, better a link of udev's that names the socket it is plugged into. */
  path?: string;
}

/** A device as `node-hid` tells it. */
export interface ListedHid {
  path?: string | undefined;
  serialNumber?: string | undefined;
  product?: string | undefined;
}

interface OpenHid {
  write(report: number[]): Promise<number>;
  close(): Promise<void>;
  on(event: 'data', heard: (report: Uint8Array) => void): unknown;
  on(event: 'error', heard: (reason: unknown) => void): unknown;
}

/**
 * The part of `node-hid` that is used: only what works in a thread of its own. Its synchronous half holds a thread of the pool
 * for each device, and four of those stop all file access (node-hid issue 451).
 */
export interface HidLibrary {
  devicesAsync(vendorId: number, productId: number): Promise<ListedHid[]>;
  HIDAsync: { open(path: string): Promise<OpenHid> };
}

const REPORT_BYTES = 64;
/** The devices here have one kind of report, which has no number; the system wants a 0 in its place. */
const REPORT_ID = 0;

/**
 * A USB HID device with reports of 64 bytes. Every write begins a report and is filled up with zeros; a longer one goes on in the
 * following reports. What comes in are whole reports. `node-hid` is loaded at the first opening, so that a host without HID devices
 * does not need it.
 */
export function hidTransport(line: HidLine, load: () => Promise<HidLibrary> = loadNodeHid): OpenTransport {
  return (handlers) => {
    let over = false;
    let device: OpenHid | undefined;
    let path = '';
    /** Writes run in threads: one begins when the one before has ended. */
    let written: Promise<unknown> = Promise.resolve();

    function close(): void {
      if (over) return;
      over = true;
      // node-hid begins to read one tick after it was asked to, and throws, where nobody can catch it, if it is closed by then.
      process.nextTick(() => device?.close().catch(() => {}));
    }
    function end(reason: string): void {
      if (over) return;
      close();
      handlers.lost(reason);
    }

    async function connect(): Promise<OpenHid> {
      const { devicesAsync, HIDAsync } = await load();
      const real = line.path === undefined ? undefined : await behindLink(line.path);
      path = matchHid(line, await devicesAsync(line.vendorId, line.productId), real);
      // A new object for each connection.
      return HIDAsync.open(path);
    }

    function begin(opened: OpenHid): void {
      // It was closed while it opened.
      if (over) return void opened.close().catch(() => {});
      device = opened;
      // There is no «close»: an error is the only sign of a device that is gone, and it comes only while somebody listens for data.
      opened.on('error', (reason) => {
        // node-hid passes its own reasons as text. An Error is one of ours that was thrown while it told us its data.
        if (reason instanceof Error) throw reason;
        end(`${path}: ${String(reason)}`);
      });
      handlers.opened();
      // It may have been closed by that. Nothing is missed: the system keeps what comes until it is read.
      if (over) return;
      opened.on('data', (report) => {
        if (!over) handlers.bytes(Uint8Array.from(report));
      });
    }

    // What a handler throws is no loss of the device.
    connect().then(begin, (error: Error) => end(error.message));
    return {
      write(bytes) {
        if (over || !device) return;
        const to = device;
        for (const report of reportsOf(bytes))
          written = written.then(() => {
            if (!over) return to.write(report).catch((error: Error) => end(`${path}: ${error.message}`));
          });
      },
      close,
    };
  };
}

/** Devices are listed by their own paths. A link that leads nowhere is nobody's path either. */
const behindLink = (path: string) => realpath(path).catch(() => path);

/** A report that is too short is taken without a word, and what the device makes of it is anybody's guess. */
function reportsOf(bytes: Uint8Array): number[][] {
  const count = Math.ceil(bytes.length / REPORT_BYTES);
  return Array.from({ length: count }, (_, i) => {
    const part = bytes.subarray(i * REPORT_BYTES, (i + 1) * REPORT_BYTES);
    return [REPORT_ID, ...part, ...Array<number>(REPORT_BYTES - part.length).fill(0)];
  });
}

/**
 * The path of the one device that fits. Throws where none does or more than one, with what was found.
 * @param found devices with the ids of the wanted one; the same path may come several times, once for each use it names
 * @param real what the wanted path leads to, where it is a link
 */
export function matchHid(wanted: HidLine, found: readonly ListedHid[], real = wanted.path): string {
  const paths = new Set(
    found
      .filter(
        ({ path, serialNumber }) =>
          (real === undefined || real === path) &&
          (wanted.serialNumber === undefined || wanted.serialNumber === serialNumber),
      )
      .map(({ path }) => path),
  );
  const [only] = paths;
  if (only !== undefined && paths.size === 1) return only;
  const ids = [wanted.vendorId, wanted.productId].map((id) => id.toString(16).padStart(4, '0')).join(':');
  const asked = [
    ids,
    ...(wanted.serialNumber === undefined ? [] : [`serialNumber ${wanted.serialNumber}`]),
    ...(wanted.path === undefined ? [] : [`path ${wanted.path}`]),
    ...(real === wanted.path ? [] : [`which leads to ${real}`]),
  ].join(', ');
  const seen = found.map(({ path, serialNumber }) => `${path} (serialNumber ${serialNumber || 'none'})`);
  const many =
    paths.size > 1
      ? `${paths.size} HID devices fit; tell them apart by «serialNumber» or «path»`
      : 'no HID device fits';
  throw new Error(`${many}: ${asked}. Found: ${seen.join('; ') || `none with ${ids}`}`);
}

async function loadNodeHid(): Promise<HidLibrary> {
  try {
    const { devicesAsync, getHidapiVersion, HIDAsync } = await import('node-hid');
    // Loads the part that needs the system's libraries.
    getHidapiVersion();
    return { devicesAsync, HIDAsync };
  } catch (error) {
    throw new Error(
      `the package «node-hid» does not load: ${(error as Error).message}. ` +
        'It needs «npm install node-hid» and, on Debian, «apt-get install libusb-1.0-0 libudev1»',
    );
  }
}
