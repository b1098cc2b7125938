import type { CardSeen } from '../../platform/core/input.ts';
import type { OrderView } from '../../platform/core/views.ts';
import { hexOf } from '../devices/cards/bytes.ts';
import { imageOf } from '../devices/cards/purchase-card.ts';
import type { Chronicle } from './chronicle.ts';
import type { Customer, Customers } from './customers.ts';
import type { FaultPlan } from './fault-plan.ts';
import { lotBetween } from './keyed.ts';
import type { Names } from './names.ts';
import type { PlatformNode } from './platform-node.ts';
import type { Bay } from './reader-model.ts';
import type { OrderPlan } from './scenario.ts';
import type { StationNode } from './station-node.ts';
import type { VirtualTime } from './virtual-time.ts';

export type CardPlan = Extract<OrderPlan, { do: 'card' | 'cardVoid' }>;

/** A customer with a card at a counter, for one order. */
interface Visit {
  plan: CardPlan;
  order: string;
  customer: Customer;
  station: number;
  /** How often the teller has said that the card is there. */
  tries: number;
  /** Somebody will put the card back by itself: the teller waits for that. */
  awaited: boolean;
}

export interface CardDeskOptions {
  seed: number;
  time: VirtualTime;
  plan: FaultPlan;
  names: Names;
  chronicle: Chronicle;
  platform: PlatformNode;
  customers: Customers;
  stationOf(station: number): StationNode | undefined;
  bayOf(station: number): Bay | undefined;
  /** Whoever may do so takes the order of this station back: its money is there. */
  takeBack(order: string, station: number): void;
  /** The teller has seen the card and takes the money for this order. */
  take(plan: CardPlan, customer: Customer, seen: CardSeen, name: string): string | undefined;
}

export interface CardDesk {
  /** The customer comes with the card. */
  come(plan: CardPlan, name: string): void;
  pulled(order: string, forMs: number | undefined): void;
  swapped(order: string, station: number, forMs: number | undefined): void;
  /** From here on every card whose order is open is brought to one of these stations. */
  heal(stations: readonly number[]): void;
  /** Nobody stands at a counter, and every card has been in its meter. */
  settled(): boolean;
}

/** What the page shows of the card: reading it changes nothing, and is not what is tried here. */
function seenOn({ chip }: Customer): CardSeen | undefined {
  const image = imageOf(chip);
  if (!image) return undefined;
  const { serial, meterNo, customerNo, wallet, returned } = image;
  const data = hexOf(chip.files.returned);
  return { serial, meterNo, customerNo, wallet, ...(returned ? { returned: { ...returned, data } } : {}) };
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** The teller's looks at an order on a card, and how soon somebody who waits tries again, ms. */
const LOOKS = 5 * SECOND;
const WAITS = 10 * SECOND;
/** The next customer stands in the queue for so long, ms. */
const PATIENCE = 30 * MINUTE;
/** After so many tries in vain a teller takes the order back where that may be, and else sends the customer home. */
const MOST_TRIES = 4;
/** Whoever gets no answer at all goes home, ms. */
const NO_ANSWER = 20 * MINUTE;
/** From the counter to the meter at home, ms. */
const HOME = [20 * MINUTE, 4 * 60 * MINUTE] as const;

/** What tellers and customers do with meter cards: the card is put in, left in, put back, taken home and put into the meter. */
export function createCardDesk(options: CardDeskOptions): CardDesk {
  const { seed, time, names, chronicle, platform, customers, stationOf, bayOf } = options;
  const visits = new Map<string, Visit>();
  let healthy: readonly number[] | undefined;

  const busy = (customer: Customer) => [...visits.values()].some((visit) => visit.customer === customer);

  function come(plan: CardPlan, name: string, since = time.now()): void {
    const customer = customers.of(plan);
    const bay = bayOf(plan.station);
    if (!customer || !bay || !stationOf(plan.station)?.alive || time.now() - since > PATIENCE) return;
    if (bay.card || busy(customer) || customer.isOut)
      return void time.after(WAITS, () => come(plan, name, since));
    putIn(bay, customer);
    time.after(2 * SECOND, () => {
      const seen = seenOn(customer);
      const order =
        seen && stationOf(plan.station)?.alive ? options.take(plan, customer, seen, name) : undefined;
      if (order === undefined) return takeOut(plan.station, customer);
      for (const { index } of options.plan.ofOrder(plan.name, 'CARD-COUNTER'))
        options.plan.hit(index, ['untaken']);
      const visit = { plan, order, customer, station: plan.station, tries: 0, awaited: false };
      visits.set(order, visit);
      look(visit, time.now());
    });
  }

  function putIn(bay: Bay, customer: Customer): void {
    customer.goingHome++;
    bay.card = customer.card;
    bay.changed();
  }

  function takeOut(station: number, customer: Customer): void {
    const bay = bayOf(station);
    if (bay?.card === customer.card) {
      bay.card = undefined;
      bay.changed();
    }
    goHome(customer);
  }

  /** At home the card goes into the meter, unless its owner has gone out with it again. */
  function goHome(customer: Customer): void {
    const trip = ++customer.goingHome;
    const after = lotBetween(seed, `home ${customer.no} ${trip}`, HOME[0], HOME[1]);
    time.after(after, () => {
      if (trip === customer.goingHome) customers.insert(customer);
    });
  }

  function look(visit: Visit, since: number): void {
    if (visits.get(visit.order) !== visit) return;
    time.after(LOOKS, () => look(visit, since));
    if (!stationOf(visit.station)?.alive) {
      // In the dark the customer waits a while, and takes the card out of the dead reader.
      if (healthy || time.now() - since > NO_ANSWER) leave(visit);
      return;
    }
    if (!platform.up) return;
    platform.read(visit.order, (view) => {
      if (visits.get(visit.order) === visit) act(visit, view, since);
    });
  }

  function act(visit: Visit, view: OrderView | undefined, since: number): void {
    if (!view?.card) {
      const refused = view?.state === 'rejected';
      if (refused || time.now() - since > NO_ANSWER) leave(visit);
      return;
    }
    const { stage, may } = view.card;
    // Proven, one way or the other: the card may go, whatever the utility says.
    if (stage === 'closing' || stage === 'closed') return leave(visit);
    if (stage !== 'waiting' || visit.awaited) return;
    if (visit.tries >= MOST_TRIES && may.includes('takeBack')) {
      return options.takeBack(visit.order, visit.plan.station);
    }
    if (visit.tries >= MOST_TRIES) {
      if (!healthy) return leave(visit);
      // They try all day, and not all the time.
      visit.tries = 0;
      visit.awaited = true;
      time.after(PATIENCE, () => {
        visit.awaited = false;
      });
      return;
    }
    const bay = bayOf(visit.station);
    if (bay && bay.card !== visit.customer.card) {
      if (bay.card) return;
      putIn(bay, visit.customer);
    }
    visit.tries++;
    stationOf(visit.station)?.ask(visit.order, { type: 'workOnCard', order: visit.order });
  }

  function leave(visit: Visit): void {
    visits.delete(visit.order);
    chronicle.note(() => ({
      lane: `station ${visit.station}`,
      what: 'hands the card out',
      order: visit.plan.name,
    }));
    takeOut(visit.station, visit.customer);
  }

  /** The customer of an open order that nobody stands at a counter for comes again. */
  function bringBack(stations: readonly number[]): void {
    time.after(MINUTE, () => bringBack(stations));
    if (!platform.up) return;
    for (const id of platform.state.meters.values()) {
      if (visits.has(id)) continue;
      const name = names.nameOf(id);
      const plan = name === undefined ? undefined : customers.planOf(name);
      const customer = plan && customers.of(plan);
      if (!plan || !customer) continue;
      const station = stations.find((each) => stationOf(each)?.alive && bayOf(each) && !bayOf(each)?.card);
      const bay = station === undefined ? undefined : bayOf(station);
      if (station === undefined || !bay || busy(customer)) continue;
      customer.isOut = false;
      putIn(bay, customer);
      const visit = { plan, order: id, customer, station, tries: 0, awaited: false };
      visits.set(id, visit);
      look(visit, time.now());
    }
  }

  return {
    come,
    pulled(order, forMs) {
      const visit = visits.get(names.idOf(order) ?? '');
      if (!visit) return;
      if (forMs === undefined) {
        // Gone with the card, and at no counter until everything heals; but the meter at home sees whatever is on it.
        visits.delete(visit.order);
        visit.customer.isOut = healthy === undefined;
        goHome(visit.customer);
        return;
      }
      visit.awaited = true;
      time.after(forMs, () => {
        visit.awaited = false;
      });
    },
    swapped(order, station, forMs) {
      const bay = bayOf(station);
      const visit = visits.get(names.idOf(order) ?? '');
      if (!bay || !visit) return;
      bay.card = customers.stranger;
      bay.changed();
      visit.awaited = true;
      time.after(forMs ?? PATIENCE, () => {
        visit.awaited = false;
        if (bay.card !== customers.stranger) return;
        bay.card = undefined;
        bay.changed();
      });
    },
    heal(stations) {
      healthy = stations;
      for (const customer of customers.all)
        if (customer.isOut) {
          customer.isOut = false;
          goHome(customer);
        }
      bringBack(stations);
    },
    settled: () =>
      visits.size === 0 &&
      platform.state.meters.size === 0 &&
      customers.all.every((each) => customers.isHome(each)),
  };
}
