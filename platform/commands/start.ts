import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatLocal } from '../core/calendar.ts';
import { drivenClock } from '../service/driven-clock.ts';
import { readAhead } from './control/files.ts';
import { DEVICE_SETS, type DeviceSet } from './counter.ts';
import { ADMINISTRATOR, AREA, CLERK, OFFICE, OUTLET, TELLER } from './demo-data.ts';
import { FIELD_DOOR_OPTIONS, readFieldDoor } from './field-door.ts';
import { readOptions, readPort, UsageError } from './options.ts';
import { openStation } from './station.ts';

const OPTIONS = {
  port: { type: 'string', default: '8080', what: 'the page and the API; 0 = any free port' },
  'mqtt-port': { type: 'string', default: '1883', what: 'the broker; 0 = any free port' },
  ...FIELD_DOOR_OPTIONS,
  'without-carrier': { type: 'boolean', what: 'no simulated carrier: an adapter of yours takes its place' },
  'without-utility': {
    type: 'boolean',
    what: 'no simulated electricity utility: an adapter of yours takes its place',
  },
  devices: {
    type: 'string',
    default: 'card',
    what: 'what stands at the outlet’s counter: printer | card (and the card reader) | all (and display, sign, alarm button)',
  },
  'carrier-script': {
    type: 'string',
    what: 'a JSON file: how the simulated carrier behaves (simulators/counterparts/carrier/README.md)',
  },
  'carrier-seed': {
    type: 'string',
    what: 'a number: about one top-up in six misbehaves, the same ones for the same number',
  },
  'accept-clock': { type: 'boolean', what: 'start although the clock is far from the last record' },
  restored: {
    type: 'boolean',
    what: 'go on with a restored backup: numbers that may have been given since are skipped',
  },
  data: { type: 'string', default: '.yizhan', what: 'the folder that keeps everything' },
} as const;

/** `yizhan start`: the station runs until Ctrl-C. */
export async function start(args: string[]): Promise<number> {
  const read = readOptions('start', args, OPTIONS);
  if (!read.values) {
    console.log(read.help);
    return 0;
  }
  const field = readFieldDoor(read.values);
  const devices = readDevices(read.values.devices ?? OPTIONS.devices.default);
  const folder = resolve(read.values.data ?? OPTIONS.data.default);
  const aheadMs = readAhead(folder);
  const clock = drivenClock(Date.now() + aheadMs, Date.now);
  const stopped = new Promise<void>((done) => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  const station = await openStation({
    folder,
    port: readPort('port', read.values.port),
    mqttPort: readPort('mqtt-port', read.values['mqtt-port']),
    ...(field ? { field } : {}),
    clock,
    acceptClock: read.values['accept-clock'] === true,
    restored: read.values.restored === true,
    carrier: read.values['without-carrier']
      ? 'none'
      : readConduct(read.values['carrier-script'], read.values['carrier-seed']),
    ...(read.values['without-utility'] ? { utility: 'none' as const } : {}),
    devices,
    log: (line) => console.error(line),
    onFatal(error) {
      // Nothing may be told any more that is not on the disk: end at once, as a power cut would.
      console.error(
        `yizhan: 平台已停止,请停止收款;如为磁盘已满,请腾出磁盘空间后重新启动,已答复的交易不会丢失\n` +
          `yizhan: the platform can not go on: ${error.message}. Where it is the disk, make room or mend it; then start again, nothing that was told is lost`,
      );
      process.exit(1);
    },
  });
  console.log(`
驿站 Yizhan 已启动

  网页 Page      ${station.url}
  网点 Outlet    ${OUTLET.code} ${OUTLET.name}    柜员 Teller ${TELLER.operator}    密码 Password ${TELLER.password}
  支局 Counter   ${OFFICE.code} ${OFFICE.name}  柜员 Clerk  ${CLERK.operator}    密码 Password ${CLERK.password}
  管理 Admin     ${AREA.code} ${AREA.name}  管理员 Admin ${ADMINISTRATOR.operator}    密码 Password ${ADMINISTRATOR.password}
  虚拟柜台 Hands ${station.counterUrl}
  MQTT           ${station.mqttUrl}${station.fieldPort === undefined ? '' : `   终端与合作方 for other machines: mqtts, port ${station.fieldPort}`}
  数据 Data      ${folder}
  时间 Time      ${formatLocal(clock.now())}${aheadMs > 0 ? '   比本机时钟快 ahead of the machine’s clock: bench-control jump' : ''}

  试一试 Try     1. 用支局柜员登录,为网点 ${OUTLET.code} 充值信誉度 500 元以上   sign in as the clerk, sell the outlet credit
                 2. 用网点柜员登录,为 13808001234 充话费                    sign in as the teller, top a phone up
                 3. 尾号 9901 被拒, 9906 应答丢失, 9909 对方故障              numbers that end in 9901 to 9913 misbehave
                 4. 在虚拟柜台插入电卡 0001,用网点柜员购电                  insert card 0001 at the virtual counter, sell electricity
  Ctrl-C 停止
`);
  await stopped;
  console.log('正在停止 stopping …');
  clock.stop();
  await station.close();
  return 0;
}

function readDevices(text: string): DeviceSet {
  const set = DEVICE_SETS.find((known) => known === text);
  if (set) return set;
  throw new UsageError(`--devices ${text}: must be one of ${DEVICE_SETS.join(', ')}`);
}

/** How the simulated carrier was told to behave; what is wrong in the script is said by the carrier itself. */
function readConduct(
  script: string | undefined,
  seed: string | undefined,
): { script?: unknown; seed?: number } {
  if (seed !== undefined && !/^\d{1,9}$/.test(seed))
    throw new UsageError(`--carrier-seed ${seed}: must be a whole number of at most 9 digits`);
  return {
    ...(script === undefined ? {} : { script: readJson(script) }),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`--carrier-script ${path}: can not be read as JSON: ${(error as Error).message}`);
  }
}
