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
  const at = (index: number, instant: string, act: () => void) =>
    time.at(instantOf(scenario, instant), () => {
      plan.hit(index, []);
      act();
    });

  for (const { index, fault } of plan.all('CAR-CRASH'))
    at(index, fault.at, () => {
      work(() => carrier.crash(fault.losesJournal === true));
      time.mendAfter(fault.forMs, () => work(carrier.restart));
    });
  for (const { index, fault } of plan.all('BRK-RESTART'))
    at(index, fault.at, () => {
      tap.brokerGone();
      work(broker.down);
      // The platform's own look at who is silent goes by real time, of which next to none passes.
      const cancel = time.after(SILENT_AFTER, () => [...tap.places()].forEach(tap.takeForDead));
      time.mendAfter(fault.forMs, () => {
        cancel();
        work(broker.up);
      });
    });
  for (const { index, fault } of plan.all('BRK-LWT'))
    at(index, fault.at, () => {
      tap.awaitBirth(nameOfPlace(fault.station));
      broker.drop(nameOfPlace(fault.station));
    });
  for (const { index, fault } of plan.all('BRK-KICK'))
    at(index, fault.at, () =>
      work(async () => {
        for (let n = 0; n < fault.times && broker.isUp(); n++) {
          const back = tap.comesBack(nameOfPlace(fault.station));
          await broker.kick(nameOfPlace(fault.station));
          await back;
        }
      }),
    );
  for (const { index, fault } of plan.all('CLK-STEP')) at(index, fault.at, () => host.setClock(fault.byMs));
  for (const { index, fault } of plan.all('PLT-PAUSE'))
    at(index, fault.at, () => {
      host.pause(true);
      time.mendAfter(fault.forMs, () => host.pause(false));
    });
  for (const { index, fault } of plan.all('NET-CLOG', 'NET-PART'))
    at(index, fault.at, () => {
      const line = lineOfPlace(fault.station);
      const place = nameOfPlace(fault.station);
      const ways =
        fault.fault === 'NET-CLOG' || fault.way === 'both' ? (['up', 'down'] as const) : [fault.way];
      lines.cut(line, ways, fault.fault === 'NET-CLOG' ? 'hold' : 'lose');
      // The broker hears nothing of it any more: its will comes, over the broker's own line.
      let takenForDead = false;
      const cancel = time.after(KEEPALIVE_OVER, () => {
        takenForDead = true;
        tap.takeForDead(place);
      });
      time.mendAfter(fault.forMs, () => {
        cancel();
        lines.mend(line);
        if (!takenForDead) return;
        tap.awaitBirth(place);
        broker.drop(place);
      });
    });
}
