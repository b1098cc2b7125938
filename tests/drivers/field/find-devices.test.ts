import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeHid, describePorts, findHid, findPrinters } from '../../../drivers/field/find-devices.ts';

it('a serial adapter is known by its ids, with the name of its socket; what has ids comes first', () => {
  const ports = [
    { path: '/dev/ttyS0' },
    { path: '/dev/ttyUSB0', vendorId: '1A86', productId: '7523' },
    { path: '/dev/ttyACM0', vendorId: 'ffff', productId: '0001', serialNumber: 'A1' },
  ];
  const found = describePorts(ports, new Map([['/dev/ttyUSB0', 'pci-usb-0:2:1.0-port0']]));
  expect(found.map(({ path, what, port }) => [path, what, port])).toEqual([
    ['/dev/ttyUSB0', 'CH340 serial adapter', 'pci-usb-0:2:1.0-port0'],
    ['/dev/ttyACM0', 'serial line', undefined],
    ['/dev/ttyS0', 'serial line', undefined],
  ]);
  expect(found[0]?.drivers).toContain('printer-escpos');
});

it('a HID card reader is told with its driver, once, before what nothing is known of', () => {
  const reader = {
    path: '/dev/hidraw1',
    vendorId: 0x23d8,
    productId: 0x0285,
    serialNumber: '',
    product: 'CRT',
  };
  const mouse = { path: '/dev/hidraw0', vendorId: 0x046d, productId: 0x0001 };
  expect(describeHid([mouse, reader, reader])).toEqual([
    expect.objectContaining({
      path: '/dev/hidraw1',
      vendorId: '23d8',
      productId: '0285',
      serialNumber: undefined,
      drivers: ['card-reader-f2 (model: crt-288k)'],
    }),
    expect.objectContaining({ path: '/dev/hidraw0', productId: '0001', drivers: [] }),
  ]);
});

it('says that node-hid is not installed, or why it does not load', async () => {
  const fails = (code: string | undefined, message: string) => () =>
    Promise.reject(Object.assign(new Error(message), { code }));
  expect(await findHid(fails('ERR_MODULE_NOT_FOUND', 'Cannot find package'))).toEqual({
    trouble: 'the package node-hid is not installed: npm install node-hid',
  });
  expect(await findHid(fails(undefined, 'libusb-1.0.so.0: cannot open'))).toEqual({
    trouble: expect.stringMatching(/libusb-1\.0\.so\.0: cannot open\. It needs libusb-1\.0-0/),
  });
});

it('USB printers are found by the kernel’s class, with the ids of the device above', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-sys-'));
  try {
    const device = join(folder, 'devices', '1-2');
    mkdirSync(join(device, '1-2:1.0'), { recursive: true });
    for (const [file, text] of Object.entries({ idVendor: '04b8', idProduct: '0e15', product: 'TM-T20II' }))
      writeFileSync(join(device, file), `${text}\n`);
    mkdirSync(join(folder, 'class', 'lp0'), { recursive: true });
    mkdirSync(join(folder, 'class', 'hiddev0'), { recursive: true });
    symlinkSync(join(device, '1-2:1.0'), join(folder, 'class', 'lp0', 'device'));
    expect(await findPrinters(join(folder, 'class'))).toEqual({
      found: [
        {
          path: '/dev/usb/lp0',
          vendorId: '04b8',
          productId: '0e15',
          serialNumber: undefined,
          product: 'TM-T20II',
          what: 'USB printer',
          drivers: ['printer-escpos'],
        },
      ],
    });
    expect(await findPrinters(join(folder, 'none'))).toEqual({ found: [] });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
