import { accessSync, constants, mkdirSync } from 'node:fs';
import { kiosk as profile } from '../../contracts/devices/kiosk.ts';
import { connectEndpoint } from '../../contracts/endpoint/connect.ts';
import { steadyClock } from '../../contracts/endpoint/steady-clock.ts';
import { blame } from '../host/misconfigured.ts';
import { type DriverState, type SupervisedDriver, superviseDriver } from '../host/supervisor.ts';
import { readTls } from '../host/tls.ts';
import { inFile } from './in-file.ts';
import type { Kiosk } from './kiosk.ts';
import { readDefaultInterface } from './network.ts';
import { readPower } from './power.ts';
import { createKioskState, type Machine } from './state.ts';

/** How often power and network are looked at, in ms (KSK-002). */
const LOOK_MS = 5_000;

/** What is seen of a device’s process. */
export interface DeviceSeen {
  name: string;
  driver: string;
  phase: DriverState['phase'];
  /** Why it does not run. */
  why?: string | undefined;
}

/**
 * Runs the kiosk’s drivers, each in a process of its own, and the kiosk itself as a place of the bus. Throws Misconfigured
 * where its journals can’t be written.
 * @param options.onDevice called when something about a device’s process is different
 * @param options.script the compiled entry of a driver’s process, where it is not beside this file
 */
export async function runKiosk(
  kiosk: Kiosk,
  options: {
    version: string;
    log: (line: string) => void;
    onDevice?: (device: DeviceSeen) => void;
    script?: string;
    look?: () => Promise<Machine>;
  },
): Promise<{ devices(): DeviceSeen[]; close(): Promise<void> }> {
  const { version, log, onDevice = () => {}, script, look = lookAtMachine } = options;
  mustBeWritable(kiosk);
  const now = steadyClock();
  const seen = new Map<string, DeviceSeen>();
  const supervised: SupervisedDriver[] = [];
  const state = createKioskState(version, () => connection?.statusChanged());
  let connection: Awaited<ReturnType<typeof connectEndpoint>> | undefined;

  const see = (device: DeviceSeen) => {
    seen.set(device.name, device);
    state.driver(device.name, device.phase, device.why);
    onDevice(device);
  };

  for (const device of kiosk.devices) {
    const { name, driver } = device;
    if ('why' in device) {
      log(`[${name}] 已停用 disabled: ${device.why}`);
      see({ name, driver, phase: 'misconfigured', why: device.why });
      continue;
    }
    supervised.push(
      superviseDriver({
        name,
        config: device.config,
        log,
        ...(script === undefined ? {} : { script }),
        onState: ({ phase, lastExit }) =>
          see({ name, driver, phase, why: phase === 'running' ? undefined : lastExit }),
      }),
    );
  }

  const lookAgain = async () => {
    state.machine(await look());
    state.time(now());
  };
  await lookAgain();
  connection = await connectEndpoint({
    place: kiosk.place,
    profile,
    behaviour: state,
    url: kiosk.url,
    password: kiosk.password,
    ...(kiosk.tls ? { tls: readTls(kiosk.tls) } : {}),
    log,
    now,
    onLine: (online) => state.line(online, now()),
  });
  const looking = setInterval(() => {
    lookAgain().catch((error: Error) => log(`power and network can’t be looked at: ${error.message}`));
  }, LOOK_MS);

  return {
    devices: () => [...seen.values()],
    async close() {
      clearInterval(looking);
      await Promise.all(supervised.map((driver) => driver.stop()));
      await connection.close();
    },
  };
}

async function lookAtMachine(): Promise<Machine> {
  const [power, networkInterface] = await Promise.all([readPower(), readDefaultInterface()]);
  return { power, networkInterface };
}

/** Said once for all devices: each would otherwise end by itself, again and again. */
function mustBeWritable({ file, journals }: Kiosk): void {
  inFile(file, '', () => {
    try {
      mkdirSync(journals, { recursive: true });
      accessSync(journals, constants.W_OK);
    } catch (error) {
      const { message } = error as Error;
      blame({
        path: 'journals',
        shown: journals,
        allowed: `a folder that this user may write to (${message})`,
      });
    }
  });
}
