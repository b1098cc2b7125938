import type { Behaviour } from '../../contracts/endpoint/behaviour.ts';
import { MINUTE } from '../../contracts/time.ts';
import type { DriverState } from '../host/supervisor.ts';
import type { Power } from './power.ts';

/** How long a lost connection counts, in ms (KSK-003). */
const UNSTABLE_MS = 10 * MINUTE;

/** The longest reason that the contract takes. */
const LONGEST = 300;

/** What can be seen of the machine. */
export interface Machine {
  power: Power;
  networkInterface: string | undefined;
}

/** What the kiosk says of itself, synchronous: it is told what is seen, and says whether that changes anything. */
export interface KioskState extends Behaviour {
  /** A driver’s process is in this phase; why, where it does not run. */
  driver(name: string, phase: DriverState['phase'], why?: string): void;
  machine(machine: Machine): void;
  /** The connection to the broker stands, or was lost. `now` in ms of a clock that does not go back. */
  line(online: boolean, now: number): void;
  /** Time goes by. */
  time(now: number): void;
}

/** @param changed called when the status is another one */
export function createKioskState(version: string, changed: () => void): KioskState {
  const drivers: Record<string, { phase: DriverState['phase']; why?: string }> = {};
  let machine: Machine = { power: 'unknown', networkInterface: undefined };
  let lostAt: number | undefined;

  const status = () => ({
    power: machine.power,
    network: lostAt === undefined ? ('up' as const) : ('unstable' as const),
    ...(machine.networkInterface === undefined ? {} : { networkInterface: machine.networkInterface }),
    version,
    drivers: structuredClone(drivers),
  });
  let told = JSON.stringify(status());
  const look = () => {
    const now = JSON.stringify(status());
    if (now === told) return;
    told = now;
    changed();
  };
  const only = (operation: string): never => {
    throw new Error(`a kiosk has no operation «${operation}»`);
  };

  return {
    capabilities: {},
    status,
    command: ({ operation }) => only(operation),
    question: ({ operation }) => only(operation),
    driver(name, phase, why) {
      drivers[name] = { phase, ...(why ? { why: why.slice(0, LONGEST) } : {}) };
      look();
    },
    machine(seen) {
      machine = seen;
      look();
    },
    line(online, now) {
      if (!online) lostAt = now;
      look();
    },
    time(now) {
      if (lostAt !== undefined && now - lostAt >= UNSTABLE_MS) lostAt = undefined;
      look();
    },
  };
}
