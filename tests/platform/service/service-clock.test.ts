import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TIME_TYPE } from '../../../contracts/state.ts';
import { settable } from '../../../platform/commands/replay-real/time.ts';
import type { Clock } from '../../../platform/service/clock.ts';
import { drivenClock } from '../../../platform/service/driven-clock.ts';
import { openPlatform, type PlatformService } from '../../../platform/service/service.ts';
import { openSqliteStore } from '../../../platform/store/sqlite.ts';
import { START, SYSTEM } from '../../support/small-platform.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Two minutes after the fixture's records; the day is cut 12 hours less two minutes later, at 21:00. */
const OPENED = START + 2 * MINUTE;
const TO_CUT = 12 * HOUR - 2 * MINUTE;

let folder = '';
let platform: PlatformService | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-clock-'));
  cpSync(join(import.meta.dirname, '../../fixtures/store-1'), folder, { recursive: true });
});
afterEach(async () => {
  await platform?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(clock: Clock, acceptClock: boolean, snapshotEvery?: number): Promise<PlatformService> {
  const store = await openSqliteStore(folder);
  const onFatal = (error: Error) => {
    throw error;
  };
  try {
    platform = await openPlatform({
      store,
      clock,
      onFatal,
      acceptClock,
      ...(snapshotEvery ? { snapshotEvery } : {}),
    });
    return platform;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** A platform on a clock that stands still but for its jumps to what is due, and that somebody may set. */
async function driven(at = OPENED, acceptClock = false, snapshotEvery?: number) {
  const bench = drivenClock(at, () => 0);
  const beats: (() => void)[] = [];
  const wall = settable(bench);
  const armed = new Set<() => void>();
  const clock = {
    ...wall,
    at(time: number, act: () => void) {
      const cancel = wall.at(time, act);
      armed.add(cancel);
      return () => {
        armed.delete(cancel);
        cancel();
      };
    },
    steady: () => 0,
    every(_ms: number, act: () => void) {
      beats.push(act);
      return () => {};
    },
  };
  const opened = await open(clock, acceptClock, snapshotEvery);
  const detail = () => opened.health().detail;
  return {
    platform: opened,
    clock,
    armed,
    beat: () => {
      for (const act of beats) act();
    },
    pass: (ms: number) => bench.advance(ms, () => !opened.idle()),
    day: () => detail().businessDate,
    ahead: () => detail().aheadMs,
    leaps: () => opened.alerts().filter(({ code }) => code === 'alert.clockLeapt'),
  };
}

async function restart(at: number, acceptClock = false, snapshotEvery?: number) {
  await platform?.close();
  platform = undefined;
  return driven(at, acceptClock, snapshotEvery);
}

describe('S14 a wall clock that is set back', () => {
  test('stops no alarm: the day is cut when so much time has passed, not when the wall clock is there again', async () => {
    const { clock, beat, pass, day, ahead, platform } = await driven();
    expect(day()).toBe('2026-11-23');
    clock.set(-30 * HOUR);
    beat();
    await pass(TO_CUT - 1);
    expect(day()).toBe('2026-11-23');
    await pass(1);
    expect(day()).toBe('2026-11-24');
    expect(platform.now()).toBe(OPENED + TO_CUT);
    expect(ahead()).toBe(30 * HOUR);
  });

  test('before a start by minutes, or while it ran: the next start begins at the last record and goes on from there', async () => {
    const first = await driven();
    await first.pass(HOUR);
    await first.platform.command(SYSTEM, { type: 'cutDay' });
    const again = await restart(OPENED + HOUR - 5 * MINUTE);
    expect([again.platform.now(), again.ahead()]).toEqual([OPENED + HOUR, 5 * MINUTE]);
    await again.pass(1);
    expect(again.platform.now()).toBe(OPENED + HOUR + 1);
  });
});

describe('S14 a wall clock that leaps forward while the platform runs', () => {
  test('400 days cut no day: it goes on by its own time, raises one alert and says in its health how far it is behind', async () => {
    const { clock, beat, day, ahead, leaps, platform } = await driven();
    const alerts = platform.counters().alerts ?? 0;
    clock.set(400 * DAY);
    beat();
    beat();
    expect(day()).toBe('2026-11-23');
    expect([platform.now(), ahead()]).toEqual([OPENED, -400 * DAY]);
    expect(leaps()).toEqual([
      {
        at: OPENED,
        code: 'alert.clockLeapt',
        about: 'the clock leapt to 2027-12-28 09:02:00, platform time is 2026-11-23 09:02:00',
      },
    ]);
    expect(platform.counters().alerts).toBe(alerts + 1);
  });

  test('still cuts the day when its own time is there, and not before', async () => {
    const { clock, beat, pass, day } = await driven();
    clock.set(400 * DAY);
    beat();
    await pass(TO_CUT - 1);
    expect(day()).toBe('2026-11-23');
    await pass(1);
    expect(day()).toBe('2026-11-24');
  });

  test('is noticed by the alarm that it passed, without any beat', async () => {
    const { clock, pass, day, leaps } = await driven();
    clock.set(400 * DAY);
    await pass(MINUTE);
    expect([day(), leaps().length]).toEqual(['2026-11-23', 1]);
  });

  test('and is set right again leaves nothing behind but the alert', async () => {
    const { clock, beat, pass, day, ahead, leaps } = await driven();
    clock.set(400 * DAY);
    beat();
    clock.set(-400 * DAY);
    // Health looks at the clock, too.
    expect([ahead(), day(), leaps().length]).toEqual([0, '2026-11-23', 1]);
    await pass(TO_CUT);
    expect(day()).toBe('2026-11-24');
  });

  test('an hour is followed without a word', async () => {
    const { clock, beat, platform, ahead, leaps } = await driven();
    clock.set(HOUR);
    beat();
    expect([platform.now(), ahead(), leaps()]).toEqual([OPENED + HOUR, 0, []]);
  });

  test('tells every place its own time, not the wall clock’s', async () => {
    const { clock, beat, platform } = await driven();
    const said: number[] = [];
    const publish = (_topic: string, text: string) => {
      const { type, data } = JSON.parse(text) as { type: string; data: { now: number } };
      if (type === TIME_TYPE) said.push(data.now);
    };
    platform.connect({ url: '', publish, close: async () => {} });
    clock.set(400 * DAY);
    beat();
    expect(said).toEqual([OPENED]);
  });
});

test('a platform that was closed arms no alarm any more, whatever is done to its clock', async () => {
  const { platform: closed, clock, armed } = await driven();
  expect(armed.size).toBe(1);
  await closed.close();
  expect(armed.size).toBe(0);
  clock.set(400 * DAY);
  closed.now();
  expect(armed.size).toBe(0);
  platform = undefined;
});

test('S14 a bench that jumps days ahead is followed, also where days were cut by hand and nothing is due for long', async () => {
  const { platform, pass, day, ahead, leaps } = await driven();
  for (let n = 0; n < 5; n++) await platform.command(SYSTEM, { type: 'cutDay' });
  await pass(4 * DAY);
  expect([platform.now(), ahead(), leaps()]).toEqual([OPENED + 4 * DAY, 0, []]);
  expect(day()).toBe('2026-11-28');
});

describe('S14 --accept-clock', () => {
  test('is asked for once where the clock is far ahead: the records are there from then on', async () => {
    const later = OPENED + 400 * DAY;
    await expect(driven(later)).rejects.toThrow('--accept-clock');
    const accepted = await driven(later, true);
    await accepted.pass(MINUTE);
    expect([accepted.day(), accepted.ahead()]).toEqual(['2027-12-28', 0]);
    const again = await restart(later + HOUR);
    expect([again.day(), again.ahead(), again.leaps()]).toEqual(['2027-12-28', 0, []]);
  });

  test.each([50_000, 1])(
    'is asked for once where the records are ahead (a snapshot after %i)',
    async (every) => {
      const first = await driven(OPENED + 400 * DAY, true, every);
      await first.pass(MINUTE);
      await expect(restart(OPENED)).rejects.toThrow('--accept-clock');
      const accepted = await driven(OPENED, true, every);
      expect(accepted.ahead()).toBe(400 * DAY);
      await accepted.pass(MINUTE);
      const again = await restart(OPENED + HOUR, false, every);
      expect(again.day()).toBe('2027-12-28');
      // And no further: a clock that lost its battery is refused as ever, and so is one that was set back once more.
      await expect(restart(OPENED - DAY)).rejects.toThrow('--accept-clock');
      await expect(driven(OPENED + HOUR - 20 * MINUTE)).rejects.toThrow('--accept-clock');
      const later = await driven(OPENED + 2 * HOUR, false, every);
      expect(later.day()).toBe('2027-12-28');
    },
  );

  test('brings a platform to the wall clock whose leap it did not follow', async () => {
    const first = await driven();
    first.clock.set(400 * DAY);
    first.beat();
    const wall = OPENED + 400 * DAY;
    await expect(restart(wall)).rejects.toThrow('--accept-clock');
    const second = await driven(wall, true);
    expect([second.day(), second.ahead()]).toEqual(['2027-12-28', 0]);
  });
});
