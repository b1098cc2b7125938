import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../../../platform/commands/device/read-card.ts';
import { testReceipt } from '../../../../platform/commands/device/test-print.ts';
import { readSettings, readTransport } from '../../../../platform/commands/device/transport-text.ts';
import { obstacleOf } from '../../../../platform/commands/device/words.ts';
import { UsageError } from '../../../../platform/commands/options.ts';
import { table } from '../../../../platform/commands/table.ts';

describe('a transport as it is typed', () => {
  it.each([
    ['tcp:192.168.1.50:9100', { kind: 'tcp', host: '192.168.1.50', port: 9_100 }],
    ['tcp:fe80::1:9100', { kind: 'tcp', host: 'fe80::1', port: 9_100 }],
    [
      'serial:/dev/serial/by-path/pci-0000:00:14.0-usb:9600',
      { kind: 'serial', path: '/dev/serial/by-path/pci-0000:00:14.0-usb', baudRate: 9_600 },
    ],
    ['hid:23d8:0285', { kind: 'hid', vendorId: '23d8', productId: '0285' }],
    ['deviceFile:/dev/usb/lp0', { kind: 'deviceFile', path: '/dev/usb/lp0' }],
    [
      '{"kind":"serial","path":"/dev/ttyS0","baudRate":2400}',
      { kind: 'serial', path: '/dev/ttyS0', baudRate: 2_400 },
    ],
  ])('%s', (text, transport) => {
    expect(readTransport(text)).toEqual(transport);
  });
  it.each(['usb:1', 'tcp:host', '/dev/ttyS0', '{'])('«%s» is refused with what there is', (text) => {
    expect(() => readTransport(text)).toThrow(UsageError);
    expect(() => readTransport(text)).toThrow(`--transport ${text}: `);
  });
});

it('settings are numbers where they are digits, and truths where they are written so', () => {
  expect(readSettings('model=epson-80, digits=8,labels=true')).toEqual({
    model: 'epson-80',
    digits: 8,
    labels: true,
  });
  expect(() => readSettings('model')).toThrow('--settings model: must be NAME=VALUE');
});

it.each([
  ['Error: Permission denied, cannot open /dev/ttyUSB0', 'udev rules'],
  ['Error Resource temporarily unavailable Cannot lock port', 'systemctl stop yizhan-kiosk'],
  ['ENOENT: no such file or directory', 'yizhan device list'],
  ['192.168.1.50:9100 did not answer within 5 s', 'its cable and its address'],
])('«%s» comes with what to do', (reason, remedy) => {
  const device = { line: () => ({ open: false, reason }), status: () => ({}) };
  expect(obstacleOf(device)).toContain(reason);
  expect(obstacleOf(device)).toContain(remedy);
});

it('a device that is there and silent is told apart from one that is not there', () => {
  const device = { line: () => ({ open: true }), status: () => ({ device: 'offline' }) };
  expect(obstacleOf(device)).toContain('the device does not answer as it should');
});

it('ACC-04 a memory card’s bytes are counted and not shown', () => {
  const memory = 'A5'.repeat(256);
  const text = summaryOf({ card: 'memory', answerToReset: 'A2131091', memory }).join('\n');
  expect(text).toContain('Bytes: 256');
  expect(text).not.toContain('A5A5');
});

it.each([32, 48])('the test page has one line of exactly the paper’s width: %d', (columns) => {
  const widths = testReceipt(columns, '2026-11-23 09:00:00').map(({ text }) => text.length);
  expect(widths.filter((width) => width === columns)).toHaveLength(1);
  expect(Math.max(...widths)).toBe(columns);
});

it('columns stay under each other: a hanzi takes two', () => {
  expect(
    table([
      ['设备', 'x'],
      ['a', 'y'],
      ['abcdef', 'z'],
    ]),
  ).toBe('设备    x\na       y\nabcdef  z');
});
