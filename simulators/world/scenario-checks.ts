import { isOfCard } from './fault-states.ts';
import type { Fault } from './faults.ts';
import type { Operation, OrderPlan, Scenario } from './scenario.ts';
import type { Tell } from './scenario-shape.ts';
import { parseInstant, parseStart } from './scenario-time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** After midnight: the day is cut at 21:00. */
const CUT = 21 * HOUR;
/** Names of the world's own orders: its first credit, and the look at the end whether all works. */
const RESERVED = /^(probe|endow)\./;

/** What a scenario's parts say of each other, of those parts whose shape fits. `i` is the place in the list. */
export interface Parts {
  world: Scenario['world'] | undefined;
  orders: { i: number; order: OrderPlan }[];
  operations: { i: number; operation: Operation }[];
  faults: { i: number; fault: Fault }[];
  /** Names of orders whose shape does not fit: what speaks of them is not wrong for that. */
  misshapen: ReadonlySet<string>;
}

/** Tells everything that contradicts something else, or names what is not there. */
export function checkParts(tell: Tell, { world, orders, operations, faults, misshapen }: Parts): void {
  const time = world && checkWorld(tell, world);
  const checkAt = (path: string, at: string) => {
    const ms = parseInstant(at);
    if (ms === undefined)
      tell(`${path} «${at}» must be an instant such as 08:03:12.250, or +1d 08:03:12 of the next day`);
    else if (time && (ms < time.from || ms >= time.to))
      tell(`${path} «${at}» must lie within the world, ${time.text}: move it, or set world.hours`);
  };
  const checkStation = (path: string, station: number | 'carrier') => {
    if (world && station !== 'carrier' && station > world.stations)
      tell(`${path} «${station}» must be a station from 1 to ${world.stations}, which is world.stations`);
  };

  const named = new Map<string, OrderPlan>();
  const inAll = `one of ${listed(orders.map(({ order }) => order.name))}`;
  for (const { i, order } of orders) {
    const path = `orders[${i}]`;
    if (order.name === 'cut') tell(`${path}.name «cut» means the day cut; take another name`);
    if (RESERVED.test(order.name))
      tell(
        `${path}.name «${order.name}» is one that the world gives itself; take one without probe. or endow.`,
      );
    if (named.has(order.name)) tell(`${path}.name «${order.name}» is there twice; every order needs its own`);
    else named.set(order.name, order);
    checkAt(`${path}.at`, order.at);
    checkStation(`${path}.station`, order.station);
  }
  for (const { i, order } of orders)
    if ((order.do === 'void' || order.do === 'cardVoid') && !misshapen.has(order.of))
      checkVoid(tell, `orders[${i}]`, order, named);

  for (const { i, operation } of operations) {
    const path = `operations[${i}]`;
    checkAt(`${path}.at`, operation.at);
    if (operation.do === 'cutDay') continue;
    const order = named.get(operation.of);
    if (!order) {
      if (!misshapen.has(operation.of))
        tell(`${path}.of «${operation.of}» must be the name of an order: ${inAll}`);
    } else if (operation.do === 'inquire' && order.do !== 'topup')
      tell(`${path}.of «${operation.of}» must be a top-up: nobody is asked about «${order.do}»`);
  }

  const isCut =
    operations.some(({ operation }) => operation.do === 'cutDay') || time === undefined || hasCut(time);
  const conducted = new Map<string, string>();
  const flipped = new Set<string>();
  for (const { i, fault } of faults) {
    const path = `faults[${i}]`;
    if ('at' in fault) checkAt(`${path}.at`, fault.at);
    if ('station' in fault) checkStation(`${path}.station`, fault.station);
    if (fault.fault === 'CLK-STEP' && fault.byMs === 0)
      tell(`${path}.byMs «0» moves no clock; write some ms`);
    if (!('order' in fault)) continue;
    if (fault.fault === 'PLT-CRASH' && fault.order === 'cut') {
      if (!isCut) tell(`${path}.order «cut»: no day is cut within this world; add the operation cutDay`);
      continue;
    }
    const order = named.get(fault.order);
    if (!order) {
      if (!misshapen.has(fault.order))
        tell(`${path}.order «${fault.order}» must be the name of an order: ${inAll}`);
    } else if (!isOnCard(order) && isOfCardOnly(fault))
      tell(`${path} «${fault.fault}» needs an order on a meter card: «${order.name}» has none`);
    else if (order.do === 'cardVoid' && isOfPurchase(fault))
      tell(
        `${path}.order «${order.name}» must be a purchase, such as «${order.of}»: it counts for its voids, too`,
      );
    else if (order.do !== 'topup' && isOfCarrier(fault))
      tell(`${path} «${fault.fault}» needs a top-up: «${order.name}» never goes to the carrier`);
    else if (fault.fault === 'CUT-RACE') {
      // The cut that the order comes to is the next one, or one just past.
      const from = Math.max(time?.from ?? 0, (parseInstant(order.at) ?? 0) - 60_000);
      if (time && !hasCut({ from, to: time.to }))
        tell(
          `${path} needs a day cut, 21:00, after «${order.name}» and within the world; move ${order.name} or set world.hours`,
        );
    } else if (fault.fault === 'CAR-FLIP') {
      if (flipped.has(order.name))
        tell(`${path} «CAR-FLIP» is there twice for «${order.name}»; the carrier changes its mind once`);
      flipped.add(order.name);
    } else if (isConduct(fault)) {
      const before = conducted.get(order.name) ?? (order.do === 'topup' && order.conduct && 'its conduct');
      if (before)
        tell(`${path} «${fault.fault}» contradicts ${before} of «${order.name}»; leave one of the two out`);
      conducted.set(order.name, `${path} «${fault.fault}»`);
    } else if (isUtilityConduct(fault)) {
      const before = conducted.get(order.name);
      if (before)
        tell(`${path} «${fault.fault}» contradicts ${before} of «${order.name}»; leave one of the two out`);
      conducted.set(order.name, `${path} «${fault.fault}»`);
    }
  }
}

interface Time {
  /** Ms after the first day's midnight. */
  from: number;
  to: number;
  text: string;
}

function checkWorld(tell: Tell, world: Scenario['world']): Time | undefined {
  if (world.creditFen !== 0 && world.creditFen < 50_000)
    tell(`world.creditFen «${world.creditFen}» must be 0 or at least 50000: no purchase is smaller`);
  for (const name of ['linkMs', 'diskMs'] as const) {
    const [least, most] = world[name] ?? [0, 0];
    if (least > most) tell(`world.${name} «[${least},${most}]» must be [shortest, longest]: turn them round`);
  }
  const start = parseStart(world.start);
  if (start === undefined) {
    tell(`world.start «${world.start}» must be a Shanghai time such as 2026-11-23 08:00:00`);
    return undefined;
  }
  const year = Number(world.start.slice(0, 4));
  if (year < 2000 || year > 2099)
    tell(`world.start «${world.start}» must lie in a year from 2000 to 2099, such as 2026-11-23 08:00:00`);
  const from = (((start + 8 * HOUR) % DAY) + DAY) % DAY;
  return {
    from,
    to: from + Math.round(world.hours * HOUR),
    text: `${world.hours} hours from ${world.start}`,
  };
}

/** 21:00 of one of the days. */
const hasCut = ({ from, to }: Pick<Time, 'from' | 'to'>) => (from <= CUT ? CUT : CUT + DAY) < to;

function checkVoid(
  tell: Tell,
  path: string,
  order: Extract<OrderPlan, { do: 'void' | 'cardVoid' }>,
  named: ReadonlyMap<string, OrderPlan>,
): void {
  const purchase = named.get(order.of);
  const [wanted, what] =
    order.do === 'void' ? ['credit', 'a purchase of credit'] : ['card', 'a purchase on a meter card'];
  if (purchase?.do !== wanted) {
    const all = [...named.values()].filter((each) => each.do === wanted);
    return tell(
      `${path}.of «${order.of}» must be the name of ${what}: ${listed(all.map(({ name }) => name))}`,
    );
  }
  // A card may be brought to another outlet: that is refused, and worth a try.
  if (order.do === 'void' && purchase.station !== order.station)
    tell(`${path}.station «${order.station}» must be that of «${order.of}»: ${purchase.station}`);
  if ((parseInstant(order.at) ?? 0) < (parseInstant(purchase.at) ?? 0))
    tell(`${path}.at «${order.at}» must not be before «${order.of}» is bought, ${purchase.at}`);
}

const isOfCarrier = (fault: Fault) =>
  fault.fault.startsWith('CAR-') || ('message' in fault && fault.message.startsWith('carrier.'));

const isOnCard = ({ do: what }: OrderPlan) => what === 'card' || what === 'cardVoid';

const isOfCardOnly = (fault: Fault) =>
  isOfCard(fault.fault) || ('message' in fault && /^(utility|card-reader)\./.test(fault.message));

/** What the utility does with seals and confirmations is by the purchase in its books. */
const isOfPurchase = ({ fault }: Fault) => /^(UTL-NO-|CARD-COUNTER)/.test(fault);

const isUtilityConduct = (fault: Fault) => /^UTL-(TIMEOUT|LOST|DOWN)/.test(fault.fault);

const isConduct = (fault: Fault) => /^CAR-(TIMEOUT|LOST|PROC|DOWN|LATE)/.test(fault.fault);

const listed = (names: readonly string[]) =>
  names.length === 0 ? 'there is none' : `${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}`;
