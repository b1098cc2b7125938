import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nameOf, type Place } from '../../contracts/topics.ts';
import {
  CARRIER_PLACE,
  type CarrierOptions,
  type RunningCarrier,
  startCarrier,
} from '../../simulators/counterparts/carrier/start.ts';
import {
  type RunningUtility,
  startUtility,
  UTILITY_PLACE,
} from '../../simulators/counterparts/utility/start.ts';
import { openTray, type Tray } from '../../simulators/devices/printer/tray.ts';
import { openUkey, type SoftwareUkey } from '../../simulators/devices/ukey.ts';
import { loadCredentials } from '../bus/credentials.ts';
import {
  type EmbeddedBroker,
  type EmbeddedBrokerOptions,
  openEmbeddedBroker,
} from '../bus/embedded-broker.ts';
import { openHttp } from '../http/server.ts';
import { signInText } from '../http/station-proof.ts';
import type { DrivenClock } from '../service/driven-clock.ts';
import { openPlatform, type PlatformService } from '../service/service.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { createControl } from './control/control.ts';
import { removeControl, writeControl } from './control/files.ts';
import { createHands, type Hands } from './control/hands.ts';
import { type Counter, type DeviceSet, openCounter } from './counter.ts';
import { openCounterPrinter } from './counter-printer.ts';
import { AREA, OFFICE, OUTLET, registerDemo, STATION } from './demo-data.ts';
import { assertKnownRestored, forgetRestored } from './keep/restored.ts';
import { watchRevocations } from './revoked-devices.ts';

/** The file in a station's folder with who may connect to its broker. */
export const CREDENTIALS = 'credentials.json';

export interface StationOptions {
  /** Everything the station keeps is below it. */
  folder: string;
  port: number;
  mqttPort: number;
  /** Kiosks and partners on other machines connect, too. */
  field?: EmbeddedBrokerOptions['field'];
  /** It may jump: drivers and carrier follow. */
  clock: DrivenClock;
  log: (line: string) => void;
  onFatal: (error: Error) => void;
  acceptClock?: boolean;
  /** Somebody has read what a restore loses, and says to go on. */
  restored?: boolean;
  /** How the simulated carrier behaves, besides its magic numbers; or that a real one will connect in its place. */
  carrier?: Pick<CarrierOptions, 'script' | 'seed'> | 'none';
  /** A real electricity utility will connect in place of the simulated one. */
  utility?: 'none';
  /** What stands at the outlet's counter: the printer and the card reader where it is left out. */
  devices?: DeviceSet;
}

export interface Station {
  /** The page's address. */
  url: string;
  /** The address of the virtual counter, with its token. */
  counterUrl: string;
  mqttUrl: string;
  /** Where other machines connect, if they may. */
  fieldPort: number | undefined;
  platform: PlatformService;
  /** The simulated carrier, for who wants to look into its books. */
  carrier: RunningCarrier | undefined;
  /** The outlet's counter, for a person's hands. */
  counter: Counter;
  hands: Hands;
  tray: Tray;
  /** How many places are there when all of them have come. */
  places: number;
  /** Somebody is at work at the present time: it must not jump meanwhile. */
  busy(): boolean;
  close(): Promise<void>;
}

/**
 * A whole station on one machine: platform, broker, a simulated carrier and utility, a printer at the post office's counter, and
 * the outlet's counter; each emulated device with a driver's process.
 */
export async function openStation(options: StationOptions): Promise<Station> {
  const { folder, clock, log, onFatal } = options;
  prepareFolder(folder);
  // What was opened, to be closed in the opposite order; also where opening fails half-way.
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const store = await openSqliteStore(folder);
    closers.push(() => store.close());
    const { acceptClock = false, restored = false } = options;
    assertKnownRestored(folder, restored);
    const platform = await openPlatform({ store, clock, onFatal, acceptClock, restored });
    // Its end is the store's end, too.
    closers[0] = () => platform.close();
    if (restored) {
      // Only when it is on the record that numbers were skipped.
      await platform.read(() => undefined);
      forgetRestored(folder);
    }

    let broker: EmbeddedBroker | undefined;
    const kept = loadCredentials(join(folder, CREDENTIALS));
    const watch = await watchRevocations(platform, kept, (name) => broker?.dropClient(name), log);
    closers.push(async () => watch.stop());
    const { credentials } = watch;
    const openBroker = (port: number, field = options.field) =>
      openEmbeddedBroker({ port, credentials, listener: platform.listener, ...(field ? { field } : {}) });
    const opened = await openBroker(options.mqttPort);
    broker = opened;
    platform.connect(opened);
    // A place starts nothing without a fresh time, and a jump makes the old one stale.
    clock.onJump(() => platform.listener.up());

    const ukeys = new Map<string, SoftwareUkey>(
      [AREA, OUTLET, OFFICE].map(({ code }) => [code, openUkey(join(folder, 'ukeys'), `${code}-${STATION}`)]),
    );
    await registerDemo(platform, (code) => ukeys.get(code)?.publicKey ?? '');

    const counterpart = (place: Place) => ({
      url: opened.url,
      password: credentials.issueCredential(nameOf(place)),
      folder,
      clock: {
        now: () => clock.now(),
        after: (ms: number, act: () => void) => clock.at(clock.now() + ms, act),
      },
      log,
    });
    let carrier: RunningCarrier | undefined;
    if (options.carrier !== 'none') {
      const simulated = await startCarrier({ ...counterpart(CARRIER_PLACE), ...options.carrier });
      closers.push(() => simulated.close());
      carrier = simulated;
    }
    let utility: RunningUtility | undefined;
    if (options.utility !== 'none') {
      const simulated = await startUtility(counterpart(UTILITY_PLACE));
      closers.push(() => simulated.close());
      utility = simulated;
    }

    const tray = openTray(join(folder, 'papers'));
    const drivers: (() => void)[] = [];
    const whenOpen = (start: () => void) => void drivers.push(start);
    const at = { folder, url: opened.url, credentials, log, whenOpen };
    const { devices = 'card' } = options;
    const counter = await openCounter({ ...at, outlet: OUTLET.code }, { tray, devices, utility });
    closers.push(() => counter.close());
    const office = await openCounterPrinter({ ...at, outlet: OFFICE.code }, tray);
    closers.push(() => office.close());

    const busy = () =>
      !platform.idle() ||
      platform.printing() ||
      platform.onCard() ||
      carrier?.writing() === true ||
      utility?.writing() === true;
    const hands = createHands(counter, platform);
    const control = createControl({
      folder,
      clock,
      carrier,
      counter,
      hands,
      busy,
      async restartBroker() {
        await broker?.close();
        platform.listener.down('it starts again');
        // The same ports: whoever was connected looks for it there.
        const field = options.field && { ...options.field, port: opened.fieldPort ?? options.field.port };
        broker = await openBroker(opened.port, field);
        platform.connect(broker);
      },
    });

    const http = await openHttp({
      platform,
      port: options.port,
      station: { organisation: OUTLET.code, station: STATION },
      webRoot: fileURLToPath(new URL('../web/', import.meta.url)),
      bench: {
        sign: (organisation, station, nonce) =>
          ukeys.get(organisation)?.sign(signInText(organisation, station, nonce)),
        picture: (journalNo, copy) => Promise.resolve(tray.find(journalNo, copy)),
        control,
      },
    });
    closers.push(() => http.close());
    writeControl(folder, { url: http.url, token: control.token });
    closers.push(async () => removeControl(folder));
    for (const start of drivers) start();
    const places = counter.drivers + 1 + (carrier ? 1 : 0) + (utility ? 1 : 0);
    return {
      url: http.url,
      counterUrl: `${http.url}/bench/counter#${control.token}`,
      mqttUrl: opened.url,
      fieldPort: opened.fieldPort,
      platform,
      carrier,
      counter,
      hands,
      tray,
      places,
      busy,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Makes the folder and proves that it can be written to: what fails later would fail in the middle of something. */
function prepareFolder(folder: string): void {
  const probe = join(folder, '.writable');
  try {
    // Not recursive: below a mistyped path nothing should come into being.
    if (!existsSync(folder)) mkdirSync(folder);
    // Enough that a full disk is found here, and not by the first payment.
    writeFileSync(probe, Buffer.alloc(256 * 1024));
    rmSync(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') rmSync(probe, { force: true });
    const remedy = code === 'ENOSPC' ? 'make room on its disk' : 'mend its rights';
    throw new Error(
      `the data folder ${folder} can not be written to (${code}): ${remedy}, or choose another one with --data; the folder above it must exist`,
    );
  }
}
