import { SILENT_AFTER } from '../../../contracts/state.ts';
import type { FaultPlan } from '../../../simulators/world/fault-plan.ts';
import { outletOf } from '../../../simulators/world/names.ts';
import type { Scenario } from '../../../simulators/world/scenario.ts';
import { instantOf } from '../../../simulators/world/scenario-time.ts';
import type { Broker } from './broker.ts';
import { CARRIER_NAME, type CarrierPlace } from './carrier-place.ts';
import type { Host } from './host.ts';
import type { Lines } from './lines.ts';
import { STATION } from './people.ts';
import type { Tap } from './tap.ts';
import type { Time } from './time.ts';

/** The place doubles its pause each time, in real time: more often than this is not waited for. */
export const KICKS = 3;

const BOTH = ['up', 'down'] as const;

/** The broker takes a place for dead that has been silent for one and a half of its keepalive, in ms. */
const KEEPALIVE_OVER = 22_000;

export interface Stack {
  time: Time;
  plan: FaultPlan;
  lines: Lines;
  tap: Tap;
  broker: Broker;
  carrier: CarrierPlace;
  host: Host;
  /** Asynchronous work that no time may pass by. */
  work(act: () => Promise<void>): void;
}

/** Faults that have a time of their own. */
export function scheduleFaults(scenario: Scenario, stack: Stack): void {
  const { time, plan, lines, tap, broker, carrier, host, work } = stack;
  const nameOfPlace = (station: number | 'carrier') =>
    station === 'carrier' ? CARRIER_NAME : `dev.${outletOf(station)}.${STATION}.printer`;
  const lineOfPlace = (station: number | 'carrier') =>
    station === 'carrier' ? CARRIER_NAME : outletOf(station);
  const at = (index: number, instant: string, act: () => boolean | undefined) =>
    time.at(instantOf(scenario, instant), () => {
      if (plan.isOn() && act() !== false) plan.hit(index, []);
    });

  for (const { index, fault } of plan.all('CAR-CRASH'))
    at(index, fault.at, () => {
      if (!carrier.isUp()) return false;
      work(() => carrier.crash(fault.losesJournal === true));
      time.mendAfter(fault.forMs, () => work(carrier.restart));
      return true;
    });
  for (const { index, fault } of plan.all('BRK-RESTART'))
    at(index, fault.at, () => {
      if (!broker.isUp()) return false;
      tap.brokerGone();
      work(broker.down);
      // The platform's own look at who is silent goes by real time, of which next to none passes.
      const cancel = time.after(SILENT_AFTER, () => [...tap.places()].forEach(tap.takeForDead));
      time.mendAfter(fault.forMs, () => {
        cancel();
        work(broker.up);
      });
      return true;
    });
  for (const { index, fault } of plan.all('BRK-LWT'))
    at(index, fault.at, () => {
      const place = nameOfPlace(fault.station);
      if (!tap.isThere(place)) return false;
      tap.awaitBirth(place);
      broker.drop(place);
      return true;
    });
  for (const { index, fault } of plan.all('BRK-KICK'))
    at(index, fault.at, () => {
      const place = nameOfPlace(fault.station);
      if (!tap.isThere(place)) return false;
      work(async () => {
        for (let n = 0; n < Math.min(fault.times, KICKS) && tap.isThere(place); n++) {
          const back = tap.comesBack(place);
          await broker.kick(place);
          await back;
        }
      });
      return true;
    });
  for (const { index, fault } of plan.all('CLK-STEP'))
    at(index, fault.at, () => {
      host.setClock(fault.byMs);
      return true;
    });
  for (const { index, fault } of plan.all('PLT-PAUSE'))
    at(index, fault.at, () => {
      if (!host.url()) return false;
      host.pause(true);
      time.mendAfter(fault.forMs, () => host.pause(false));
      return true;
    });
  for (const { index, fault } of plan.all('NET-CLOG', 'NET-PART'))
    at(index, fault.at, () => {
      const line = lineOfPlace(fault.station);
      const place = nameOfPlace(fault.station);
      const ways = fault.fault === 'NET-CLOG' || fault.way === 'both' ? BOTH : [fault.way];
      lines.cut(line, ways, fault.fault === 'NET-CLOG' ? 'hold' : 'lose');
      // Broker and place hear nothing of each other: the will comes, over the broker's own line.
      let takenForDead = false;
      const cancel = time.after(KEEPALIVE_OVER, () => {
        takenForDead = true;
        tap.takeForDead(place);
      });
      time.mendAfter(fault.forMs, () => {
        cancel();
        lines.mend(line);
        if (!takenForDead || !tap.isThere(place)) return;
        tap.awaitBirth(place);
        broker.drop(place);
      });
      return true;
    });
}
