import { expect, it } from 'vitest';
import { readConfiguration } from '../../../drivers/host/configuration.ts';

const good = {
  url: 'mqtt://127.0.0.1:1883',
  name: 'dev.13000001.s1.printer',
  password: 'secret',
  driver: 'printer-escpos',
  model: 'epson-80',
  transport: { kind: 'tcp', host: '127.0.0.1', port: 9100 },
  journalFolder: '/var/lib/yizhan',
};

it('takes a whole configuration, of either transport', () => {
  expect(readConfiguration(JSON.stringify(good))).toEqual(good);
  const serial = { ...good, transport: { kind: 'serial', path: '/dev/ttyUSB0', baudRate: 19_200 } };
  expect(readConfiguration(JSON.stringify(serial))).toEqual(serial);
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
  [{ driver: 'escpos' }, '«driver» is "escpos"; allowed is printer-escpos'],
  [{ model: 'epson' }, '«model» is "epson"; allowed is epson-80 or clone-58'],
  [{ transport: 'tcp' }, '«transport» is "tcp"; allowed is an object with «kind»'],
  [{ transport: { kind: 'usb' } }, '«transport.kind» is "usb"; allowed is tcp or serial'],
  [
    { transport: { kind: 'tcp', host: 'p', port: 70_000 } },
    '«transport.port» is 70000; allowed is a whole number from 1 to 65535',
  ],
  [
    { transport: { kind: 'serial', path: '/dev/ttyS0' } },
    '«transport.baudRate» is missing; allowed is a whole number',
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
