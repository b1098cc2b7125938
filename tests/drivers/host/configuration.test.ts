import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type DriverConfiguration, readConfiguration } from '../../../drivers/host/configuration.ts';
import { Misconfigured } from '../../../drivers/host/misconfigured.ts';
import { runDriver } from '../../../drivers/host/run-driver.ts';

const good = {
  url: 'mqtt://127.0.0.1:1883',
  name: 'dev.13000001.s1.printer',
  password: 'secret',
  driver: 'printer-escpos',
  model: 'epson-80',
  transport: { kind: 'tcp', host: '127.0.0.1', port: 9100 },
  journalFolder: '/var/lib/yizhan',
};

const usb = { vendorId: '067b', productId: '2303' };

it.each([
  good.transport,
  { kind: 'serial', path: '/dev/ttyUSB0', baudRate: 19_200 },
  { kind: 'serial', usb: { ...usb, port: 'platform-xhci-usb-0:1.2:1.0' }, baudRate: 2_400 },
  { kind: 'hid', vendorId: '23d8', productId: '0288', serialNumber: 'A1' },
  { kind: 'deviceFile', path: '/dev/usb/lp0' },
])('takes a whole configuration, of every transport: %j', (transport) => {
  const config = { ...good, transport };
  expect(readConfiguration(JSON.stringify(config))).toEqual(config);
});

it.each([
  [{ url: 'http://x' }, '«url» is "http://x"; allowed is the broker as mqtt://'],
  [{ name: undefined }, '«name» is missing; allowed is the device’s name'],
  [{ name: 'cp.china-mobile.1' }, '«name» is "cp.china-mobile.1"; allowed is dev.'],
  [
    { name: 'dev.1.s1.printer' },
    '«name» is "dev.1.s1.printer"; allowed is dev.{outlet}.{station}.{device}, the outlet with 8 digits',
  ],
  [{ password: 5 }, '«password» is not fit; allowed is the password'],
  [
    { tls: { ca: 'ca.pem' } },
    '«url» is "mqtt://127.0.0.1:1883"; allowed is mqtts://host:port where «tls» is given',
  ],
  [
    { url: 'mqtts://x', tls: { key: 'a.key' } },
    '«tls.cert» is missing; allowed is «cert» and «key» together',
  ],
  [
    { url: 'mqtts://x', tls: { cacert: 'a' } },
    '«tls.cacert» is "a"; allowed is no such member, but ca, cert, key',
  ],
  [{ driver: 5 }, '«driver» is 5; allowed is the name of a driver, or the path of a module'],
  [{ transport: 'tcp' }, '«transport» is "tcp"; allowed is an object with «kind»'],
  [{ transport: { kind: 'usb' } }, '«transport.kind» is "usb"; allowed is tcp, serial, hid or deviceFile'],
  [
    { transport: { kind: 'tcp', host: 'p', port: 70_000 } },
    '«transport.port» is 70000; allowed is a whole number from 1 to 65535',
  ],
  [
    { transport: { kind: 'serial', path: '/dev/ttyS0' } },
    '«transport.baudRate» is missing; allowed is a whole number',
  ],
  [
    { transport: { kind: 'serial', baudRate: 9_600 } },
    '«transport.path» is missing; allowed is a path, or «usb»',
  ],
  [
    { transport: { kind: 'serial', path: '/dev/ttyS0', usb, baudRate: 9_600 } },
    'allowed is one of «path» and «usb», not both',
  ],
  [
    { transport: { kind: 'serial', usb: { ...usb, vendorId: '67b' }, baudRate: 9_600 } },
    '«transport.usb.vendorId» is "67b"; allowed is the vendor’s id as lsusb shows it: 4 hex digits',
  ],
  [
    { transport: { kind: 'serial', usb: { ...usb, serial: 'A1' }, baudRate: 9_600 } },
    '«transport.usb.serial» is "A1"; allowed is no such member, but vendorId, productId, serialNumber, port',
  ],
  [
    { transport: { ...good.transport, prot: 9_100 } },
    '«transport.prot» is 9100; allowed is no such member, but kind, host, port',
  ],
])('names the member, its value, what is allowed and the remedy: %j', (change, message) => {
  const read = () => readConfiguration(JSON.stringify({ ...good, ...change }));
  expect(read).toThrow(message);
  expect(read).toThrow('Correct it in the station’s configuration');
});

it('says what is wrong with the whole, without repeating its secrets', () => {
  expect(() => readConfiguration(undefined)).toThrow('YIZHAN_DRIVER is not set');
  expect(() => readConfiguration('{"password":"secret"')).toThrow(/^YIZHAN_DRIVER is not JSON(?!.*secret)/);
  expect(() => readConfiguration('[]')).toThrow('«url» is missing');
});

let folder: string | undefined;
afterEach(() => {
  if (folder) rmSync(folder, { recursive: true });
  folder = undefined;
});

it.each([
  [{ driver: 'escpos' }, '«driver» is "escpos"; allowed is printer-escpos, '],
  [{ driver: 'toString' }, '«driver» is "toString"; allowed is printer-escpos, '],
  [{ driver: '/nonexistent/driver.mjs' }, 'the driver /nonexistent/driver.mjs does not load: '],
  [{ model: 'epson' }, '«model» is "epson"; allowed is epson-80 or clone-58'],
  [{ model: undefined }, '«model» is missing; allowed is epson-80 or clone-58'],
  [{ modle: 'epson-80' }, '«modle» is "epson-80"; allowed is no such member, but model'],
])(
  'the driver’s own settings are checked by its own schema before anything is opened: %j',
  async (change, message) => {
    folder = mkdtempSync(join(tmpdir(), 'yizhan-configuration-'));
    const config = { ...good, ...change, journalFolder: join(folder, 'none') } as DriverConfiguration;
    const run = runDriver(config, () => {});
    await expect(run).rejects.toThrow(message);
    await expect(run).rejects.toBeInstanceOf(Misconfigured);
  },
);
