import type { Principal } from '../../platform/core/authorize.ts';
import { cutOf } from '../../platform/core/calendar.ts';
import { CUT_AFTER } from '../../platform/core/flows/day.ts';
import type { Command } from '../../platform/core/input.ts';
import { findOrder } from '../../platform/core/state.ts';
import type { Intent, Observer } from '../checker/observation.ts';
import type { CarrierNode } from './carrier-node.ts';
import type { Chronicle } from './chronicle.ts';
import type { FaultPlan } from './fault-plan.ts';
import { AREA, CLERK, type Names, OFFICE, outletOf, TELLER } from './names.ts';
import { msOf, type Network } from './network.ts';
import type { PlatformNode } from './platform-node.ts';
import type { OrderPlan, Scenario } from './scenario.ts';
import { instantOf, windowEnd } from './scenario-time.ts';
import { createStation, type OrderCommand, type StationNode } from './station-node.ts';
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
  columnOf(order: string): string;
}

export const SYSTEM: Principal = { kind: 'system' };

/** How long an administrator takes to find out what became of a manual order, and how often they look. In ms. */
const FINDS_OUT = 10 * 60_000;
const LOOKS = 3;
/** How soon a page connects again, ms. */
const RECONNECTS = 3_000;

/** Tellers and the clerk at their stations, the administrator who settles what is manual, and who registered them all. */
export function createPeople(options: PeopleOptions) {
  const { scenario, time, plan, names, observer, chronicle, platform, network, carrier, columnOf } = options;
  const { world } = scenario;
  const absent = new Set(world.without);
  const stations = new Map<number, StationNode>();
  const byOutlet = new Map<string, StationNode>();
  const looked = new Map<string, number>();
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

  function register(): void {
    const system = (command: Command) => void platform.command(SYSTEM, command, () => {});
    const station = (organisation: string) =>
      system({ type: 'registerStation', station: { organisation, station: '1', publicKey: '' } });
    const person = (organisation: string, operator: string, role: 'teller' | 'clerk' | 'administrator') =>
      system({
        type: 'registerPerson',
        person: { organisation, operator, role, name: operator, passwordHash: '' },
      });
    system({ type: 'registerOrganisation', organisation: { code: AREA, kind: 'area', name: '成都市' } });
    system({
      type: 'registerOrganisation',
      organisation: { code: OFFICE, kind: 'office', name: '邮政支局', parent: AREA },
    });
    person(AREA, '0001', 'administrator');
    station(OFFICE);
    person(OFFICE, CLERK, 'clerk');
    for (let i = 1; i <= world.stations; i++) {
      const code = outletOf(i);
      const name = `便民服务站${i}`;
      system({ type: 'registerOrganisation', organisation: { code, kind: 'outlet', name, parent: AREA } });
      station(code);
      person(code, TELLER, 'teller');
    }
  }

  /** The credit that every outlet has before the start; bought by the clerk, one after the other. */
  function endow(station: number, fen: number): void {
    const outlet = outletOf(station);
    const name = `endow.${station}`;
    const id = names.mint(name, time.now());
    observer.intended(time.now(), intentOf(name, id, { do: 'credit', station, fen }));
    observer.submitted(time.now(), id);
    const who: Principal = {
      kind: 'person',
      role: 'clerk',
      organisation: OFFICE,
      station: '1',
      operator: CLERK,
    };
    platform.command(who, { type: 'buyCredit', id, outlet, amountFen: fen }, (reply) =>
      observer.told(time.now(), {
        order: id,
        outlet: OFFICE,
        state: reply.order?.state ?? 'refused',
        text: JSON.stringify(reply),
      }),
    );
  }

  function intentOf(
    name: string,
    order: string,
    asked: { do: Intent['do']; station: number; account?: string; fen?: number; of?: string },
  ): Intent {
    return {
      order,
      name,
      outlet: outletOf(asked.station),
      station: '1',
      do: asked.do,
      account: asked.account ?? '',
      fen: asked.fen ?? 0,
      ...(asked.of ? { of: asked.of } : {}),
    };
  }

  function commandOf(id: string, order: OrderPlan): OrderCommand {
    switch (order.do) {
      case 'topup': {
        const { account, fen } = order;
        return {
          type: 'pay',
          id,
          service: 'mobile-topup',
          fields: { phone: account },
          amountFen: fen,
          ...(order.again ? { again: true } : {}),
        };
      }
      case 'credit':
        return { type: 'buyCredit', id, outlet: outletOf(order.station), amountFen: order.fen };
      case 'void':
        return { type: 'voidCredit', id, purchase: names.idOf(order.of) ?? order.of };
    }
  }

  function begin(order: OrderPlan, name = order.name, arriveAt?: number): void {
    const id = names.mint(name, time.now());
    const at = order.do === 'topup' ? order.station : 0;
    const of = order.do === 'void' ? (names.idOf(order.of) ?? '') : undefined;
    const { do: what, station } = order;
    const more = order.do === 'void' ? { of: of ?? '' } : { fen: order.fen };
    const account = order.do === 'topup' ? { account: order.account } : {};
    const intent = intentOf(name, id, { do: what, station, ...more, ...account });
    stations.get(at)?.take(intent, commandOf(id, order), arriveAt);
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
    if (!node?.alive) return;
    chronicle.note(() => ({ lane: `station ${station}`, what: 'power fails' }));
    node.crash();
    printer?.beat();
    printer?.kill();
    if (forMs === undefined) return void network.dead.add(station);
    time.after(network.untilHealed(forMs), () => {
      chronicle.note(() => ({ lane: `station ${station}`, what: 'power is back' }));
      node.boot();
      printer?.start();
    });
  }

  /** An administrator asks the carrier, and settles by what its books say. */
  function settleManual(): void {
    if (absent.has('operator') || !platform.up) return;
    for (const id of platform.state.live) {
      const order = findOrder(platform.state, id);
      if (order?.state !== 'manual') continue;
      const looks = (looked.get(id) ?? 0) + 1;
      if (looks > LOOKS) continue;
      looked.set(id, looks);
      const standing = carrier.standing(id);
      if (standing === 'processing') {
        time.after(60 * 60_000, settleManual);
        continue;
      }
      const outcome = standing === 'succeeded' ? 'succeeded' : 'failed';
      observer.settledByHand(time.now(), id, outcome);
      const name = names.nameOf(id);
      chronicle.note(() => ({
        lane: 'operator',
        what: `settles: ${outcome}`,
        ...(name ? { order: name } : {}),
      }));
      platform.command(
        { kind: 'person', role: 'administrator', organisation: AREA, station: '1', operator: '0001' },
        { type: 'resolve', order: id, outcome, evidence: `carrier's books: ${standing}` },
        () => {},
      );
    }
  }

  function planOrders(): void {
    const planned = new Map(scenario.orders.map((order) => [order.name, order]));
    for (const order of scenario.orders) {
      const at = instantOf(scenario, order.at);
      const [race] = plan.ofOrder(order.name, 'CUT-RACE');
      if (!race) {
        time.after(at - time.now(), () => begin(order));
        continue;
      }
      const arriveAt = nextCut(at) + race.fault.byMs;
      if (arriveAt >= windowEnd(scenario)) {
        // No cut comes before the end: an order as every other.
        time.after(at - time.now(), () => begin(order));
        continue;
      }
      time.after(arriveAt - 1_000 - time.now(), () => {
        begin(order, order.name, arriveAt);
        if (names.idOf(order.name)) time.after(1_000, () => plan.hit(race.index, ['new']));
      });
    }
    for (const operation of scenario.operations)
      time.after(instantOf(scenario, operation.at) - time.now(), () => {
        if (operation.do === 'cutDay') {
          chronicle.note(() => ({ lane: 'operator', what: 'cuts the day' }));
          platform.command(SYSTEM, { type: 'cutDay' }, () => {});
          return;
        }
        const order = planned.get(operation.of);
        const id = names.idOf(operation.of);
        if (!order || !id) return;
        const type = operation.do;
        stations.get(order.do === 'topup' ? order.station : 0)?.ask(id, { type, order: id });
      });
  }

  const nextCut = (at: number) => {
    const date = platform.state.businessDate;
    const cut = cutOf(date, CUT_AFTER);
    return cut > at - 60_000 ? cut : cut + 86_400_000;
  };

  return {
    register,
    endow,
    planOrders,
    begin,
    settleManual: () => time.after(FINDS_OUT, settleManual),
    /** Everybody whose power may come back has it. */
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
    settled: () => [...stations.values()].every((node) => node.settled()),
    mayStillSettle: (id: string) => !absent.has('operator') && (looked.get(id) ?? 0) <= LOOKS - 1,
  };
}

export type People = ReturnType<typeof createPeople>;
