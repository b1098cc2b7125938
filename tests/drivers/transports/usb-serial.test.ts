import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { serialTransport } from '../../../drivers/transports/serial.ts';
import { matchUsbSerial, socketsByPath } from '../../../drivers/transports/usb-serial.ts';
import { recorder } from './recorder.ts';

const PL2303 = { vendorId: '067b', productId: '2303' };
const one = { path: '/dev/ttyUSB0', ...PL2303 };
const other = { path: '/dev/ttyUSB1', ...PL2303, serialNumber: 'A9' };
const ftdi = { path: '/dev/ttyUSB2', vendorId: '0403', productId: '6001', serialNumber: 'F1' };
const board = { path: '/dev/ttyS0' };
const sockets = new Map([
  ['/dev/ttyUSB0', 'pci-usb-0:1.1:1.0-port0'],
  ['/dev/ttyUSB1', 'pci-usb-0:1.2:1.0-port0'],
]);

describe('matchUsbSerial', () => {
  const match = (wanted: Parameters<typeof matchUsbSerial>[0], ports = [board, one, other, ftdi]) =>
    matchUsbSerial(wanted, ports, sockets);

  it('finds the one adapter by its ids, its serial number, or the socket it is plugged into', () => {
    expect(match({ vendorId: '0403', productId: '6001' })).toBe('/dev/ttyUSB2');
    expect(match({ ...PL2303, serialNumber: 'A9' })).toBe('/dev/ttyUSB1');
    expect(match({ ...PL2303, port: 'pci-usb-0:1.1:1.0-port0' })).toBe('/dev/ttyUSB0');
    expect(match({ vendorId: '067B', productId: '2303' }, [one])).toBe('/dev/ttyUSB0');
  });

  it('the order and the names of the lines decide nothing', () => {
    const swapped = [
      { ...other, path: '/dev/ttyUSB0' },
      { ...one, path: '/dev/ttyUSB1' },
    ];
    expect(match({ ...PL2303, serialNumber: 'A9' }, swapped)).toBe('/dev/ttyUSB0');
    expect(() => match(PL2303, swapped)).toThrow('2 adapters fit');
  });

  it('lists what was found where none fits, or more than one', () => {
    expect(() => match({ vendorId: '1a86', productId: '7523' })).toThrow(
      'no adapter fits: vendorId 1a86, productId 7523. Found: ' +
        '/dev/ttyUSB0 (067b:2303, serialNumber none, port pci-usb-0:1.1:1.0-port0); ' +
        '/dev/ttyUSB1 (067b:2303, serialNumber A9, port pci-usb-0:1.2:1.0-port0); ' +
        '/dev/ttyUSB2 (0403:6001, serialNumber F1, port unknown)',
    );
    expect(() => match(PL2303)).toThrow(
      '2 adapters fit; tell them apart by «serialNumber» or «port»: vendorId 067b',
    );
    expect(() => match(PL2303, [board])).toThrow('Found: no USB adapter');
  });
});

describe('socketsByPath', () => {
  let folder = '';
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('reads the links; where there is no folder there are none', async () => {
    folder = mkdtempSync(join(tmpdir(), 'yizhan-by-path-'));
    const device = join(folder, 'ttyUSB7');
    const links = join(folder, 'by-path');
    mkdirSync(links);
    writeFileSync(device, '');
    symlinkSync('../ttyUSB7', join(links, 'pci-usb-0:1:1.0-port0'));
    expect(await socketsByPath(links)).toEqual(new Map([[device, 'pci-usb-0:1:1.0-port0']]));
    expect(await socketsByPath(join(folder, 'none'))).toEqual(new Map());
  });
});

it('a serial line by its USB ids is looked for at each opening', async () => {
  const line = { usb: PL2303, baudRate: 9_600 };
  let ports = [ftdi as { path: string; vendorId: string; productId: string }];
  const transport = serialTransport(line, () => Promise.resolve(ports));
  const first = recorder();
  transport(first.handlers);
  expect(await first.next('lost')).toMatch(/^no adapter fits: vendorId 067b/);
  ports = [{ path: '/nonexistent/ttyUSB5', ...PL2303 }];
  const second = recorder();
  transport(second.handlers);
  expect(await second.next('lost')).toMatch(/^\/nonexistent\/ttyUSB5: .*No such file/);
});
