/** What a device is known by when it is plugged in, as data. The udev rules beside this file name the same ones; a test holds them together. */
export interface Fingerprint {
  bus: 'hid' | 'tty';
  /** As lsusb shows them: 4 hex digits, small. */
  vendorId: string;
  productId: string;
  what: string;
  /** Drivers that may fit, with the settings that fit this device. */
  drivers: readonly string[];
}

/** Whatever hangs behind a serial adapter, the adapter can’t say. */
const ON_SERIAL = [
  'printer-escpos',
  'card-reader-crt310',
  'card-reader-f2 (model: crt-591)',
  'customer-display',
  'sign',
  'alarm-button',
];

export const FINGERPRINTS: readonly Fingerprint[] = [
  {
    bus: 'hid',
    vendorId: '23d8',
    productId: '0285',
    what: 'Creator CRT-288K, card reader',
    drivers: ['card-reader-f2 (model: crt-288k)'],
  },
  // It has no serial number: only the socket tells two of them apart.
  { bus: 'tty', vendorId: '1a86', productId: '7523', what: 'CH340 serial adapter', drivers: ON_SERIAL },
  { bus: 'tty', vendorId: '067b', productId: '2303', what: 'PL2303 serial adapter', drivers: ON_SERIAL },
  { bus: 'tty', vendorId: '0403', productId: '6001', what: 'FTDI serial adapter', drivers: ON_SERIAL },
  { bus: 'tty', vendorId: '10c4', productId: 'ea60', what: 'CP210x serial adapter', drivers: ON_SERIAL },
];

/** A USB printer of whatever maker: the kernel takes them all by their class. */
export const USB_PRINTER = { what: 'USB printer', drivers: ['printer-escpos'] };

/** A line without an adapter that could be known: a UART of the board’s, or an adapter of another kind. */
export const SERIAL_LINE = { what: 'serial line', drivers: ON_SERIAL };

/** What is known of a device with these ids. */
export function fingerprintOf(
  bus: Fingerprint['bus'],
  vendorId: string | undefined,
  productId: string | undefined,
): Fingerprint | undefined {
  return FINGERPRINTS.find(
    (known) =>
      known.bus === bus &&
      known.vendorId === vendorId?.toLowerCase() &&
      known.productId === productId?.toLowerCase(),
  );
}
