import type { Completion } from '../../../contracts/operation.ts';
import type { TriedDriver } from '../../../drivers/host/try-driver.ts';
import { explain } from '../../core/problems.ts';

/** How it ends where the device did not do it, and where nobody knows whether it did. */
export const FAILED = 1;
export const UNKNOWN = 3;

/** What a person does about a line that can’t be opened, by what the system says of it. */
const REMEDIES: readonly (readonly [RegExp, zh: string, en: string])[] = [
  [
    /EACCES|permission denied/i,
    '当前用户无权打开:安装 udev 规则,并用服务用户运行',
    'this user may not open it: install the udev rules and run it as the service’s user',
  ],
  [
    /lock port|EBUSY|resource busy|serves another/i,
    '设备被其他程序占用:先停服务 systemctl stop yizhan-kiosk',
    'another program has it: stop the service first, systemctl stop yizhan-kiosk',
  ],
  [
    /ENOENT|no such file|no adapter fits|no HID device fits/i,
    '没有这个设备:检查插头,用 yizhan device list 查看',
    'it is not there: check the plug; yizhan device list shows what is',
  ],
  [
    /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|did not answer/i,
    '网络设备没有应答:检查电源、网线和地址',
    'no answer over the network: check its power, its cable and its address',
  ],
];

/** Why a device can’t be worked with, and what to do; Chinese first. */
export function obstacleOf(device: Pick<TriedDriver, 'line' | 'status'>): string {
  const { open, reason } = device.line();
  if (open)
    return `线路已通,设备没有正常应答 the line is open, the device does not answer as it should: check its power, the cable, the baud rate and the model\n  ${JSON.stringify(device.status())}`;
  const found = REMEDIES.find(([fits]) => fits.test(reason ?? ''));
  return `连不上设备 no device: ${reason ?? 'it does not open'}${found ? `\n  处理: ${found[1]}\n  Remedy: ${found[2]}` : ''}`;
}

/** What a device answered that is no success. */
export function refusalOf({ error }: Completion): string {
  if (!error) return '';
  const { code, detail } = error;
  const known = explain(code);
  return `${known ? `${known.zh} ${known.en}` : ''} (${code}${detail ? `: ${detail}` : ''})\n  yizhan explain ${code}`;
}

/** Capabilities or a status, one member a line. */
export const membersOf = (values: Record<string, unknown>): string =>
  Object.entries(values)
    .map(([name, value]) => `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n') || '  -';

/** Digits and letters but the last four. */
export const masked = (text: string): string => text.slice(0, -4).replace(/./g, '*') + text.slice(-4);
