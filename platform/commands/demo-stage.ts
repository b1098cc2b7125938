import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { civilDateAt, startOfDate } from '../core/calendar.ts';
import { drivenClock } from '../service/driven-clock.ts';
import type { DeviceSet } from './counter.ts';
import { openStation, type Station } from './station.ts';

const NINE = 9 * 3_600_000;
/** Longer, in real ms, no story takes: what has not ended by then is a failure of the demonstration. */
const LIMIT = 60_000;

/** A whole real stack for one story, at nine in the morning. */
export interface Stage {
  station: Station;
  /** Everything is kept below it. */
  folder: string;
  /**
   * Looks again whenever something changed, until it is so; meanwhile time jumps to what is due. It jumps at no other time: no
   * session or nonce may grow old under a request.
   */
  wait(isSo: () => Promise<boolean>): Promise<void>;
}

/** Opens the stage, waits until everybody is there, plays, and closes it. */
export async function onStage<Told>(
  devices: DeviceSet,
  play: (stage: Stage) => Promise<Told>,
): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-demo-'));
  const clock = drivenClock(startOfDate(civilDateAt(Date.now())) + NINE);
  const station = await openStation({
    folder,
    port: 0,
    mqttPort: 0,
    clock,
    devices,
    log: (line) => process.env.YIZHAN_DEBUG && console.error(line),
    onFatal: (error) => {
      throw error;
    },
  });
  const { platform } = station;
  try {
    await until(platform, () => platform.read((state) => isThere(state.presence, station.places)));
    return await play({
      station,
      folder,
      async wait(isSo) {
        clock.drive(station.busy);
        await until(platform, isSo);
        clock.stop();
      },
    });
  } finally {
    clock.stop();
    await station.close();
  }
}

/** Everybody has come, and no device is still starting. */
const isThere = (presence: ReadonlyMap<string, { status: { device?: unknown } }>, places: number): boolean =>
  presence.size === places && [...presence.values()].every(({ status }) => status.device !== 'starting');

async function until(platform: Station['platform'], isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + LIMIT;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`the story did not end within ${LIMIT / 1000} s`);
    await platform.nextChange();
  }
}
