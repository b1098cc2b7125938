import { nameOf } from '../../contracts/topics.ts';
import { MISCONFIGURED_CODE, Misconfigured } from '../../drivers/host/misconfigured.ts';
import type { DriverState } from '../../drivers/host/supervisor.ts';
import { readKiosk } from '../../drivers/kiosk/configuration.ts';
import { withSettingsChecked } from '../../drivers/kiosk/devices.ts';
import type { Kiosk } from '../../drivers/kiosk/kiosk.ts';
import { type DeviceSeen, runKiosk } from '../../drivers/kiosk/run-kiosk.ts';
import { readOptions } from './options.ts';
import { table } from './table.ts';
import { versionOfPackage } from './version.ts';

const OPTIONS = {
  config: { type: 'string', default: 'kiosk.yaml', what: 'the kiosk’s file: docs/kiosk.md' },
  check: {
    type: 'boolean',
    what: 'only says whether the file is right: 0, or 78 where anything is to be corrected',
  },
} as const;

const WORDS: { [phase in DriverState['phase']]: string } = {
  starting: '启动中 starting',
  running: '运行 running',
  backingOff: '等待重启 waiting to start again',
  stopped: '已停止 stopped',
  misconfigured: '已停用 disabled',
};

/**
 * `yizhan kiosk`: connects a kiosk's devices to the platform until SIGTERM or Ctrl-C. Ends with 78 where the kiosk as a whole is
 * configured wrongly; a device that is wrong by itself is disabled and the others run.
 */
export async function kioskCommand(args: string[]): Promise<number> {
  const read = readOptions('kiosk', args, OPTIONS);
  if (!read.values) {
    console.log(read.help);
    return 0;
  }
  const { config = OPTIONS.config.default, check = false } = read.values;
  try {
    const kiosk = readKiosk(config);
    const devices = await withSettingsChecked(kiosk, check);
    return check ? report({ ...kiosk, devices }) : await run({ ...kiosk, devices });
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    console.error(`配置有误 ${error.message}`);
    return MISCONFIGURED_CODE;
  }
}

function report(kiosk: Kiosk): number {
  const wrong = kiosk.devices.flatMap((device) => ('why' in device ? [device] : []));
  console.log(`${headOf(kiosk)}\n`);
  console.log(
    table([
      ['设备 Device', '驱动 Driver', '配置 Configuration'],
      ...kiosk.devices.map((device) => [
        device.name,
        device.driver,
        'why' in device ? '有误 wrong' : '正确 right',
      ]),
    ]),
  );
  for (const { why } of wrong) console.error(`\n配置有误 ${why}`);
  return wrong.length === 0 ? 0 : MISCONFIGURED_CODE;
}

async function run(kiosk: Kiosk): Promise<number> {
  const stopped = new Promise<void>((done) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => done());
  });
  let shown = false;
  const show = (devices: DeviceSeen[]) => {
    // Once when all have started or failed; from then on a line for each change.
    if (shown || devices.some(({ phase }) => phase === 'starting')) return;
    shown = true;
    console.log(
      `\n${headOf(kiosk)}\n\n${table([['设备 Device', '驱动 Driver', '状态 State'], ...devices.map(rowOf)])}\n`,
    );
  };
  let running: Awaited<ReturnType<typeof runKiosk>> | undefined;
  running = await runKiosk(kiosk, {
    version: versionOfPackage(),
    log: (line) => console.log(line),
    onDevice(device) {
      if (shown) console.log(rowOf(device).join('  '));
      else if (running) show(running.devices());
    },
  });
  show(running.devices());
  await stopped;
  console.log('正在停止 stopping …');
  await running.close();
  return 0;
}

const headOf = ({ place, url }: Kiosk) => `驿站终端 kiosk ${nameOf(place)}   平台 platform ${url}`;

const rowOf = ({ name, driver, phase, why }: DeviceSeen) => [
  name,
  driver,
  `${WORDS[phase]}${why === undefined ? '' : `: ${why}`}`,
];
