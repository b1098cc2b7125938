import { cutOf } from '../../platform/core/calendar.ts';
import { CUT_AFTER } from '../../platform/core/flows/day.ts';
import type { Observer } from '../checker/observation.ts';
import { createAdministrator } from './administrator.ts';
import { createCardDesk } from './card-desk.ts';
import type { CarrierNode } from './carrier-node.ts';
import type { Chronicle } from './chronicle.ts';
import type { Customers } from './customers.ts';
import { msOf } from './duration.ts';
import type { FaultPlan } from './fault-plan.ts';
import { cardCommandOf, cardIntent, commandOf, plannedIntent } from './intents.ts';
import { AREA, CLERK, type Names, OFFICE, outletOf, TELLER } from './names.ts';
import type { Network } from './network.ts';
import type { PlatformNode } from './platform-node.ts';
import { SYSTEM } from './registration.ts';
import type { Operation, OrderPlan, Scenario } from './scenario.ts';
import { instantOf, windowEnd } from './scenario-time.ts';
import { createStation, type StationNode } from './station-node.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Wire } from './wire.ts';

export interface PeopleOptions {
  scenario: Scenario;
  time: VirtualTime;
  plan: FaultPlan;
  names: Names;
  observer: Observer;
  chronicle: Chronicle;
  wire: Wire;
  platform: PlatformNode;
  network: Network;
  carrier: CarrierNode;
  customers: Customers;
  columnOf(order: string): string;
}

/** Where an order is taken: at its outlet's station, or credit at the office. */
const stationAt = (order: OrderPlan) => (order.do === 'credit' || order.do === 'void' ? 0 : order.station);

/** How soon a page connects again, ms. */
const RECONNECTS = 3_000;

/** Tellers and the clerk at their stations, and the administrator who settles what is manual. */
export function createPeople(options: PeopleOptions) {
  const { scenario, time, plan, names, chronicle, platform, network, columnOf } = options;
  const { world } = scenario;
  const absent = new Set(world.without);
  const stations = new Map<number, StationNode>();
  const byOutlet = new Map<string, StationNode>();
  const administrator = createAdministrator({ ...options, isThere: !absent.has('operator') });
  let presses = 1;

  const stationOf = (station: number, organisation: string, operator: string, role: 'teller' | 'clerk') => {
    const node = createStation({
      ...options,
      line: station === 0 ? network.lineOfOffice : network.lineOf(station),
      principal: { kind: 'person', role, organisation, station: '1', operator },
      lane: station === 0 ? 'office' : `station ${station}`,
      retries: !absent.has('clientRetry'),
    });
    stations.set(station, node);
    byOutlet.set(organisation, node);
  };
  stationOf(0, OFFICE, CLERK, 'clerk');
  for (let i = 1; i <= world.stations; i++) stationOf(i, outletOf(i), TELLER, 'teller');

  /** The card's customer at the counter: what the teller saw, and the order that is sent for it. */
  const desk = createCardDesk({
    ...options,
    seed: scenario.seed,
    stationOf: (station) => stations.get(station),
    bayOf: (station) => network.readers.get(station)?.bay,
    takeBack(order, station) {
      const node = stations.get(station);
      if (node?.alive && !network.dead.has(station)) return node.ask(order, { type: 'takeBack', order });
      platform.command(
        { kind: 'person', role: 'administrator', organisation: AREA, station: '1', operator: '0001' },
        { type: 'takeBack', order },
        () => {},
      );
    },
    take(plan, customer, seen, name) {
      const station = stations.get(plan.station);
      const bought = plan.do === 'cardVoid' ? boughtBy(plan.of) : undefined;
      const id = names.mint(name, time.now());
      const command = cardCommandOf(id, plan, seen, bought);
      if (!station || !command) return undefined;
      station.take(cardIntent(name, id, plan, customer, seen, names), command);
      if (name === plan.name) afterBirth(plan, id, plan.station);
      return id;
    },
  });

  const boughtBy = (name: string) => {
    const order = names.idOf(name);
    const purchase = scenario.orders.find((each) => each.name === name);
    return order !== undefined && purchase?.do === 'card' ? { order, fen: purchase.fen } : undefined;
  };

  function begin(order: OrderPlan, name = order.name, arriveAt?: number): void {
    if (order.do === 'card' || order.do === 'cardVoid') return desk.come(order, name);
    const id = names.mint(name, time.now());
    const at = stationAt(order);
    stations.get(at)?.take(plannedIntent(name, id, order, names), commandOf(id, order, names), arriveAt);
    if (name === order.name) afterBirth(order, id, at);
  }

  /** What is planned for the station after it has taken this order. */
  function afterBirth(order: OrderPlan, id: string, at: number): void {
    for (const { index, fault } of plan.ofOrder(order.name, 'KSK-CRASH'))
      time.after(fault.afterMs, () => {
        if (!plan.isOn() || !stations.get(at)?.alive) return;
        plan.hit(index, [columnOf(order.name)]);
        power(at, msOf(fault.forMs));
      });
    for (const { index, fault } of plan.ofOrder(order.name, 'KSK-DOUBLE'))
      time.after(fault.afterMs, () => {
        if (!plan.isOn() || !stations.get(at)?.alive) return;
        const column = columnOf(order.name);
        if (fault.newId) begin(order, `${order.name}/${++presses}`);
        else if (!stations.get(at)?.pressAgain(id)) return;
        plan.hit(index, [column]);
      });
  }

  /** The station's power fails: its client and its driver with it. */
  function power(station: number, forMs: number | undefined): void {
    const node = stations.get(station);
    const printer = network.printers.get(station === 0 ? OFFICE : outletOf(station));
    const reader = network.readers.get(station);
    if (!node?.alive) return;
    chronicle.note(() => ({ lane: `station ${station}`, what: 'power fails' }));
    node.crash();
    printer?.beat();
    printer?.kill();
    reader?.place.beat();
    reader?.place.kill();
    if (forMs === undefined) return void network.dead.add(station);
    time.after(network.untilHealed(forMs), () => {
      chronicle.note(() => ({ lane: `station ${station}`, what: 'power is back' }));
      node.boot();
      printer?.start();
      reader?.place.start();
    });
  }

  function planOrder(order: OrderPlan): void {
    const at = instantOf(scenario, order.at);
    const [race] = plan.ofOrder(order.name, 'CUT-RACE');
    const arriveAt = race && nextCut(at) + race.fault.byMs;
    // Where no cut comes before the end it is an order as every other.
    if (!race || arriveAt === undefined || arriveAt >= windowEnd(scenario)) {
      time.after(at - time.now(), () => begin(order));
      return;
    }
    time.after(arriveAt - 1_000 - time.now(), () => {
      begin(order, order.name, arriveAt);
      if (names.idOf(order.name)) time.after(1_000, () => plan.hit(race.index, ['new']));
    });
  }

  function planOperation(operation: Operation, orders: ReadonlyMap<string, OrderPlan>): void {
    time.after(instantOf(scenario, operation.at) - time.now(), () => {
      if (operation.do === 'cutDay') {
        chronicle.note(() => ({ lane: 'operator', what: 'cuts the day' }));
        platform.command(SYSTEM, { type: 'cutDay' }, () => {});
        return;
      }
      const order = orders.get(operation.of);
      const id = names.idOf(operation.of);
      if (!order || !id) return;
      const type = operation.do;
      stations.get(stationAt(order))?.ask(id, { type, order: id });
    });
  }

  const nextCut = (at: number) => {
    const cut = cutOf(platform.state.businessDate, CUT_AFTER);
    return cut > at - 60_000 ? cut : cut + 86_400_000;
  };

  return {
    begin,
    administrator,
    /** Everybody comes to the counter at their time. */
    planDay(): void {
      for (const order of scenario.orders) planOrder(order);
      const asked = new Set(scenario.operations.map((each) => ('of' in each ? each.of : undefined)));
      const planned = new Map(
        scenario.orders.flatMap((order) => (asked.has(order.name) ? [[order.name, order]] : [])),
      );
      for (const operation of scenario.operations) planOperation(operation, planned);
    },
    /** Something moved at this outlet: its page and the office's hear of it. */
    changed(outlet: string, order: string | undefined): void {
      byOutlet.get(outlet)?.pushed(order);
      byOutlet.get(OFFICE)?.pushed(order);
    },
    platformDied(): void {
      for (const node of stations.values()) node.platformDied();
    },
    /** The pages of these stations, or of all, connect again a moment later. */
    reconnect(station?: number): void {
      time.after(RECONNECTS, () => {
        for (const [no, node] of stations) if (station === undefined || no === station) node.reconnected();
      });
    },
    desk,
    settled: () => [...stations.values()].every((node) => node.settled()) && desk.settled(),
  };
}

export type People = ReturnType<typeof createPeople>;
