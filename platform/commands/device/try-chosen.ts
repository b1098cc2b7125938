import { checkConfiguration, type DriverConfiguration } from '../../../drivers/host/configuration.ts';
import { MISCONFIGURED_CODE, Misconfigured } from '../../../drivers/host/misconfigured.ts';
import { type TriedDriver, tryDriver } from '../../../drivers/host/try-driver.ts';
import { readKiosk } from '../../../drivers/kiosk/configuration.ts';
import { type Option, readOptions, UsageError } from '../options.ts';
import { readSettings, readTransport } from './transport-text.ts';

const CHOICE = {
  config: { type: 'string', what: 'the kiosk’s file; the device’s name in it stands behind' },
  driver: { type: 'string', what: 'instead: the driver’s name, or its module’s path' },
  transport: { type: 'string', what: 'tcp:HOST:PORT, serial:PATH:BAUD, hid:VENDOR:PRODUCT, deviceFile:PATH' },
  settings: { type: 'string', what: 'the driver’s own settings: NAME=VALUE,…' },
  wait: { type: 'string', default: '10', what: 'how many seconds the device may take' },
} as const satisfies Record<string, Option>;

/** The longest that somebody is made to wait, in seconds. */
const LONGEST_S = 600;

/**
 * Reads which device is meant, opens it through its driver, and lets `act` work with it. What is wrong with the configuration
 * is told, and is 78.
 */
export async function tryChosen(
  command: string,
  args: string[],
  act: (device: TriedDriver, waitMs: number) => Promise<number>,
): Promise<number> {
  const read = readOptions(command, args, CHOICE, { names: true });
  if (!read.values) {
    console.log(read.help);
    return 0;
  }
  const waitS = Number(read.values.wait);
  if (!(waitS > 0 && waitS <= LONGEST_S))
    throw new UsageError(`--wait ${read.values.wait}: must be a number of seconds, at most ${LONGEST_S}`);
  try {
    const device = await tryDriver(chosen(read.values, read.names));
    try {
      return await act(device, waitS * 1_000);
    } finally {
      device.close();
    }
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    console.error(`配置有误 ${wordsOf(error, read.values.config, read.names[0])}`);
    return MISCONFIGURED_CODE;
  }
}

function chosen(
  values: { [name in keyof typeof CHOICE]?: string | undefined },
  names: readonly string[],
): DriverConfiguration {
  const { config, driver, transport, settings } = values;
  const [name, ...more] = names;
  if (more.length > 0) throw new UsageError(`one device at a time, not ${names.join(' and ')}`);
  if (config !== undefined) {
    if (driver !== undefined || transport !== undefined || settings !== undefined)
      throw new UsageError(
        '--config names a device of a kiosk’s file: --driver, --transport and --settings are for one that has no file',
      );
    return fromKiosk(config, name);
  }
  if (name !== undefined) throw new UsageError(`«${name}» is a name in which file? Give it with --config`);
  if (driver === undefined || transport === undefined)
    throw new UsageError('which device? Give --config FILE NAME, or --driver and --transport');
  return checkConfiguration({
    ...(settings === undefined ? {} : readSettings(settings)),
    driver,
    transport: readTransport(transport),
    // What only a connection to a platform needs.
    url: 'mqtt://nowhere',
    name: 'dev.00000000.trial.device',
    password: 'none',
    journalFolder: 'none',
  });
}

/** What is wrong, by the name that the member has where it was given. */
function wordsOf(
  { fault, message }: Misconfigured,
  file: string | undefined,
  name: string | undefined,
): string {
  if (!fault) return message;
  const { path, shown, allowed } = fault;
  const where =
    file === undefined
      ? `--driver, --transport, --settings: «${path}»`
      : `${file}: «devices.${name}.${path}»`;
  return `${where} is ${shown}; allowed is ${allowed}`;
}

function fromKiosk(file: string, name: string | undefined): DriverConfiguration {
  const { devices } = readKiosk(file, { secrets: false });
  const known = devices.map((device) => device.name).join(', ') || 'none';
  if (name === undefined) throw new UsageError(`which device of ${file}? It has: ${known}`);
  const device = devices.find((each) => each.name === name);
  if (!device) throw new UsageError(`${file} has no device «${name}», but: ${known}`);
  if ('why' in device) throw new Misconfigured(device.why);
  return device.config;
}
