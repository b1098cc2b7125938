import { createForwardClock } from '../../platform/runtime/forward-clock.ts';
import type { PlatformClock } from './platform-clock.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Platform time, ms, as the process makes it of its machine's clock; and its one alarm. */
export interface PlatformTime {
  now(): number;
  /** A new process begins, with the time of its last record. */
  begin(floor: number): void;
  /** Platform time at a moment of the world's time since the clock was last set. */
  at(worldTime: number): number;
  setAlarm(at: number | undefined): void;
  /** Somebody has set the clock: the alarm follows it. */
  clockWasSet(): void;
}

/** @param ring called when the alarm's time has come */
export function createPlatformTime(time: VirtualTime, clock: PlatformClock, ring: () => void): PlatformTime {
  let forward = createForwardClock(0);
  let alarmAt: number | undefined;

  const now = () => forward.now(clock.now(), time.now());

  function arm(): void {
    clock.setAlarm(alarmAt === undefined ? undefined : alarmAt - forward.ahead, () => {
      alarmAt = undefined;
      ring();
    });
  }

  return {
    now,
    begin(floor) {
      forward = createForwardClock(floor);
    },
    at: (worldTime) => now() - (time.now() - worldTime),
    setAlarm(at) {
      alarmAt = at;
      arm();
    },
    clockWasSet: arm,
  };
}
