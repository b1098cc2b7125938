import {
  type Found,
  findHid,
  findPorts,
  findPrinters,
  type Looked,
} from '../../../drivers/field/find-devices.ts';
import { readOptions } from '../options.ts';
import { table } from '../table.ts';

/** `yizhan device list`: what is plugged in. What can't be looked for is said, and the rest is shown. */
export async function list(args: string[]): Promise<number> {
  const read = readOptions('device list', args, {});
  if (!read.values) {
    console.log(read.help);
    return 0;
  }
  const [ports, hid, printers] = await Promise.all([findPorts(), findHid(), findPrinters()]);
  console.log(
    [
      section('串口 Serial lines', ports),
      section('HID 设备 HID devices', hid),
      section('USB 打印机 USB printers', printers),
    ].join('\n\n'),
  );
  return 0;
}

/** One section as text. */
export function section(title: string, looked: Looked): string {
  if ('trouble' in looked) return `${title}\n  查不了 can’t be listed: ${looked.trouble}`;
  if (looked.found.length === 0) return `${title}\n  无 none`;
  return `${title}\n${table(looked.found.map(rowOf))}`;
}

const rowOf = (found: Found) => [
  `  ${found.path}`,
  found.vendorId ? `${found.vendorId}:${found.productId}` : '-',
  [found.product ?? found.what, found.serialNumber ? `序列号 serial ${found.serialNumber}` : '']
    .filter(Boolean)
    .join(', '),
  found.port ? `port ${found.port}` : '-',
  `驱动 driver: ${found.drivers.join(' | ') || '未知 unknown'}`,
];
