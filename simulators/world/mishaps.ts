import type { CardWork } from '../../platform/core/card-work.ts';
import { isFinal } from '../../platform/core/order.ts';
import { findOrder } from '../../platform/core/state.ts';
import type { Chronicle } from './chronicle.ts';
import { msOf } from './duration.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Duration } from './faults.ts';
import { KEEPALIVE, type Network } from './network.ts';
import type { PlatformNode } from './platform-node.ts';
import type { Scenario } from './scenario.ts';
import { instantOf } from './scenario-time.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface MishapOptions {
  scenario: Scenario;
  time: VirtualTime;
  plan: FaultPlan;
  chronicle: Chronicle;
  platform: PlatformNode;
  network: Network;
  /** The line of this station is open again. */
  reopened(station: number): void;
}

/** Half a minute of silence and a look, in ms: longer pauses of the platform make everybody seem gone. */
const SEEMS_GONE = 35_000;

/** Plans what goes wrong at its hour: the broker, lines, clocks, pauses, the carrier's adapter. */
export function planMishaps(options: MishapOptions): void {
  const { scenario, time, plan, chronicle, platform, network } = options;

  const lasting = (duration: Duration) => {
    const ms = msOf(duration);
    return ms === undefined ? undefined : network.untilHealed(ms);
  };

  function at(
    instant: string,
    index: number,
    act: () => boolean | undefined,
    columns: typeof aliveColumns = aliveColumns,
  ): void {
    time.after(instantOf(scenario, instant) - time.now(), () => {
      if (!plan.isOn()) return;
      const states = columns(platform);
      if (act() !== false) plan.hit(index, states);
    });
  }

  for (const { index, fault } of plan.all('CAR-CRASH'))
    at(fault.at, index, () => {
      const { place } = network.carrier;
      if (!place.alive) return false;
      place.beat();
      place.kill();
      chronicle.note(() => ({ lane: 'carrier', what: 'adapter dies', fault: index }));
      const ms = lasting(fault.forMs);
      if (ms !== undefined) time.after(ms, () => place.start(fault.losesJournal));
      return true;
    });
  for (const { index, fault } of plan.all('UTL-CRASH'))
    at(
      fault.at,
      index,
      () => {
        const place = network.utility?.place;
        if (!place?.alive) return false;
        place.beat();
        place.kill();
        chronicle.note(() => ({ lane: 'utility', what: 'adapter dies', fault: index }));
        const ms = lasting(fault.forMs);
        if (ms !== undefined) time.after(ms, () => place.start(fault.losesJournal));
        return true;
      },
      aliveCardColumns,
    );
  for (const { index, fault } of plan.all('PLT-PAUSE'))
    at(fault.at, index, () => {
      if (!platform.up) return false;
      const ms = lasting(fault.forMs) ?? 0;
      if (ms === 0) return false;
      network.platformPaused(ms);
      platform.pause(ms);
      if (ms >= SEEMS_GONE)
        time.after(ms, () => {
          for (const { node } of network.places.values()) {
            platform.listen(node.name);
            node.beat();
          }
        });
      return true;
    });
  for (const { index, fault } of plan.all('CLK-STEP'))
    at(fault.at, index, () => {
      if (fault.byMs === 0) return false;
      network.hearBeats();
      platform.stepClock(fault.byMs);
      return true;
    });
  for (const { index, fault } of plan.all('BRK-RESTART'))
    at(fault.at, index, () => {
      if (!network.broker.isUp) return false;
      network.broker.stop(fault.losesRetained === true);
      time.after(lasting(fault.forMs) ?? 0, () => network.broker.back());
      return true;
    });
  for (const { index, fault } of plan.all('BRK-KICK'))
    at(fault.at, index, () => {
      const place = network.placeOf(fault.station);
      if (!place.online) return false;
      for (let n = 0; n < fault.times; n++)
        time.after(n * 4_000, () => {
          place.beat();
          place.drop(true, true);
        });
      return true;
    });
  for (const { index, fault } of plan.all('BRK-LWT'))
    at(fault.at, index, () => {
      const place = network.placeOf(fault.station);
      if (!place.online) return false;
      place.takenForDead(5_000);
      return true;
    });
  for (const { index, fault } of plan.all('NET-CLOG', 'NET-PART'))
    at(fault.at, index, () => {
      const ways =
        fault.fault === 'NET-PART' && fault.way !== 'both' ? [fault.way] : (['up', 'down'] as const);
      const place = network.placeOf(fault.station);
      // Whatever else stands at the counter hangs on the same line.
      const reader =
        typeof fault.station === 'number' ? network.readers.get(fault.station)?.place : undefined;
      const line = network.lineOf(fault.station);
      const ms = lasting(fault.forMs);
      place.beat();
      reader?.beat();
      let open = false;
      line.close(ways, fault.fault === 'NET-CLOG', ms, () => {
        open = true;
        place.beat();
        reader?.beat();
        if (typeof fault.station === 'number') options.reopened(fault.station);
        time.after(1_000, () => {
          place.connect();
          reader?.connect();
        });
      });
      if (typeof fault.station === 'number' && ms === undefined) network.dead.add(fault.station);
      network.watch(place.name);
      if (reader) network.watch(reader.name);
      if (ms === undefined || ms > KEEPALIVE)
        time.after(KEEPALIVE, () => {
          if (open) return;
          place.drop(true, false);
          reader?.drop(true, false);
        });
      return true;
    });
}

/** The columns of all orders that have not ended just now, or `idle`. */
export function aliveColumns({ state }: Pick<PlatformNode, 'state'>): string[] {
  const found = [...state.live].flatMap((id) => {
    const order = findOrder(state, id);
    return order && !isFinal(order.state) ? [columnOfOrder(order)] : [];
  });
  return found.length > 0 ? found : ['idle'];
}

/** How far all open cards are, or `over`. */
function aliveCardColumns({ state }: Pick<PlatformNode, 'state'>): string[] {
  const found = [...state.meters.values()].map((id) => cardColumnOfOrder(findOrder(state, id)));
  return found.length > 0 ? found : ['over'];
}

/** How far the card of an order is: a column of the card's own matrix. */
export function cardColumnOfOrder(order: { state: string; card?: CardWork } | undefined): string {
  const card = order?.card;
  if (!order || !card) return 'untaken';
  if (card.stage === 'waiting') return card.mayBeWritten ? 'doubt' : 'waiting';
  return card.stage === 'closing' ? 'proven' : card.stage === 'closed' ? 'over' : card.stage;
}

/** The column of the matrix that an order stands in. */
export function columnOfOrder(order: { state: string; legs: readonly { stage: string }[] }): string {
  if (order.state !== 'processing') return order.state;
  const stage = order.legs[0]?.stage ?? 'sent';
  return stage === 'accepted' || stage === 'processing' ? stage : 'sent';
}
