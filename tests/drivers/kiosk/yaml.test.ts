import { expect, it } from 'vitest';
import { readYaml } from '../../../drivers/kiosk/yaml.ts';

it('an id of digits stays what was written: not 403 of 0403, not 400000000 of 04e8, not 7523 as a number', () => {
  const usb =
    'usb:\n  vendorId: 0403\n  productId: 7523\n  port: 04e8\noutlet: 01010001\nstation: 1\nbaudRate: 9600\nrtscts: true';
  expect(readYaml(usb, 'kiosk.yaml')).toEqual({
    usb: { vendorId: '0403', productId: '7523', port: '04e8' },
    outlet: '01010001',
    station: '1',
    baudRate: 9_600,
    rtscts: true,
  });
});

it('a member that stands there twice is refused', () => {
  expect(() => readYaml('a: 1\na: 2', 'kiosk.yaml')).toThrow(
    'kiosk.yaml is no YAML: line 2, column 1: DUPLICATE_KEY',
  );
});
