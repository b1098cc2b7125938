import Type, { type Static, type TObject } from 'typebox';
import { deviceFileTransport } from '../transports/device-file.ts';
import { hidTransport } from '../transports/hid.ts';
import { serialTransport } from '../transports/serial.ts';
import { tcpTransport } from '../transports/tcp.ts';
import type { OpenTransport } from '../transports/transport.ts';
import { mustFit, mustKnow, refuse } from './misconfigured.ts';

const filled = (description: string) => Type.String({ minLength: 1, description });
const usbId = (what: string) =>
  Type.String({ pattern: '^[0-9a-fA-F]{4}$', description: `${what} as lsusb shows it: 4 hex digits` });

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
  path: Type.Optional(
    filled('the path of a serial device such as /dev/serial/by-path/…, where «usb» is not given'),
  ),
  usb: Type.Optional(
    Type.Object(
      {
        vendorId: usbId('the vendor’s id'),
        productId: usbId('the product’s id'),
        serialNumber: Type.Optional(filled('the adapter’s serial number')),
        port: Type.Optional(filled('the name of its link below /dev/serial/by-path')),
      },
      { description: 'an object with vendorId and productId, maybe serialNumber, port' },
    ),
  ),
  baudRate: Type.Integer({
    minimum: 1_200,
    maximum: 921_600,
    description: 'a whole number from 1200 to 921600, mostly 9600 or 115200',
  }),
  rtscts: Type.Optional(
    Type.Boolean({ description: 'true where the cable carries hardware flow control, else false' }),
  ),
});

const hid = Type.Object({
  kind: Type.Literal('hid'),
  vendorId: usbId('the vendor’s id'),
  productId: usbId('the product’s id'),
  serialNumber: Type.Optional(filled('the device’s serial number')),
  path: Type.Optional(filled('the path of a HID device such as /dev/hidraw0, or of a link to it')),
});

const deviceFile = Type.Object({
  kind: Type.Literal('deviceFile'),
  path: filled('the path of a character device such as /dev/usb/lp0'),
});

const SCHEMAS: Readonly<Record<string, TObject>> = { tcp, serial, hid, deviceFile };

export type TransportConfiguration =
  | Static<typeof tcp>
  | Static<typeof serial>
  | Static<typeof hid>
  | Static<typeof deviceFile>;

/** Throws Misconfigured where it is no transport of ours. */
export function mustBeTransport(value: { kind: string }): asserts value is TransportConfiguration {
  const schema = SCHEMAS[value.kind];
  if (!schema) refuse('transport.kind', value.kind, 'tcp, serial, hid or deviceFile');
  mustFit(schema, value, 'transport.');
  mustKnow(value, Object.keys(schema.properties), 'transport.');
  if (value.kind !== 'serial') return;
  const { path, usb } = value as Static<typeof serial>;
  if (usb) mustKnow(usb, Object.keys(serial.properties.usb.properties), 'transport.usb.');
  if (path !== undefined && usb !== undefined)
    refuse('transport.usb', usb, 'one of «path» and «usb», not both');
  if (path === undefined && usb === undefined)
    refuse('transport.path', path, 'a path, or «usb» with vendorId and productId');
}

/** How the device is connected to. What is not pure JavaScript is loaded at the first opening, so only where it is used. */
export function transportOf(at: TransportConfiguration): OpenTransport {
  switch (at.kind) {
    case 'tcp':
      return tcpTransport(at);
    case 'serial':
      return serialTransport(at);
    case 'deviceFile':
      return deviceFileTransport(at);
    case 'hid':
      return hidTransport({ ...at, vendorId: idOf(at.vendorId), productId: idOf(at.productId) });
  }
}

const idOf = (digits: string) => Number.parseInt(digits, 16);
