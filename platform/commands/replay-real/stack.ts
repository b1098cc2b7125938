import { join } from 'node:path';
import type { Books } from '../../../simulators/counterparts/carrier/books.ts';
import type { FaultPlan } from '../../../simulators/world/fault-plan.ts';
import { AREA, CLERK, type Names, OFFICE, outletOf, TELLER } from '../../../simulators/world/names.ts';
import type { OrderPlan, Scenario } from '../../../simulators/world/scenario.ts';
import { startOf } from '../../../simulators/world/scenario-time.ts';
import { openBroker } from './broker.ts';
import { tellNews } from './carrier-news.ts';
import { CARRIER_NAME, openCarrier } from './carrier-place.ts';
import { type Counter, createCounter } from './counter.ts';
import { watchOf } from './death.ts';
import type { Host } from './host.ts';
import { openHostHere } from './host-here.ts';
import { openHostThere } from './host-there.ts';
import { createLines } from './lines.ts';
import { createMourner } from './mourner.ts';
import { type Desk, instantOfOrder, schedulePeople } from './orders.ts';
import { ADMINISTRATOR, setUpOf, ukeyOf } from './people.ts';
import { createPerson } from './person.ts';
import { openPrinterPlace } from './printer-place.ts';
import { createTap } from './tap.ts';
import type { Time } from './time.ts';
import { scheduleFaults } from './timed-faults.ts';

/** So many stations are there for one payment more after the healing, besides those that the scenario speaks of. */
const FIRST = 6;

/** The stations that stand there: a big world has many that nothing happens at. */
function stationsOf({ world, orders }: Scenario): number[] {
  const first = Array.from({ length: Math.min(FIRST, world.stations) }, (_, i) => i + 1);
  return [...new Set([...first, ...orders.map(({ station }) => station)])].sort((a, b) => a - b);
}

/** Everything of one scenario, running, with all of its instants still to come. */
export interface Stack {
  host: Host;
  /** Where an administrator settles what needs a person. */
  office: Counter;
  books(): Books;
  /** Somebody stands at a counter with this, now. */
  begin(order: OrderPlan): void;
  /** The stations that must work now, and can; none where the carrier can't. */
  core(): number[];
  /** What the carrier's books hold of an order after a change of mind, in fen. */
  changedMind(order: string): number | undefined;
  /** Somebody who is at work, so that no time may pass; undefined where nobody is. */
  whoIsBusy(): string | undefined;
  /** The first thing that failed otherwise than the scenario says. */
  failure(): Error | undefined;
  /** Ends everything; harmless a second time. */
  close(): Promise<void>;
}

export interface StackOptions {
  scenario: Scenario;
  folder: string;
  time: Time;
  plan: FaultPlan;
  names: Names;
  /** The platform in a process of its own. */
  processes: boolean;
}

export async function openStack(options: StackOptions): Promise<Stack> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    options.time.close();
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return { ...(await wire(options, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function wire(
  { scenario, folder, time, plan, names, processes }: StackOptions,
  closers: (() => Promise<void> | void)[],
): Promise<Omit<Stack, 'close'>> {
  const { world, orders, faults } = scenario;
  let failure: Error | undefined;
  let working = 0;
  const failed = (error: Error) => {
    failure ??= error;
  };
  const work = (act: () => Promise<void>) => {
    working += 1;
    act()
      .catch(failed)
      .finally(() => {
        working -= 1;
      });
  };

  // At once, for the platform's process is told before it begins which orders' commits it has to fear.
  for (const order of orders) names.mint(order.name, instantOfOrder(scenario, plan, order));
  const lines = createLines();
  const tap = createTap({
    plan,
    names,
    withoutInquiry: world.without?.includes('inquiry') === true,
    time,
    lines,
    send: (topic, text) => broker.publish(topic, text),
  });
  const broker = await openBroker(folder, tap.ear);
  closers.push(broker.close);

  const platformFolder = join(folder, 'platform');
  const mourner = createMourner({
    folder: platformFolder,
    faults,
    watches: plan
      .all('PLT-CRASH', 'DSK-TORN', 'DSK-FULL', 'DSK-CORRUPT', 'DSK-ERROR')
      .map(({ index, fault }) =>
        watchOf(index, fault, fault.order === 'cut' ? 'cut' : (names.idOf(fault.order) ?? '')),
      ),
    plan,
    time,
    async onDeath() {
      if (!world.embeddedBroker) return;
      tap.brokerGone();
      await broker.down();
    },
    onBirth: broker.up,
    failed,
  });
  const setUp = await setUpOf(scenario, startOf(scenario), folder);
  const host = await (processes ? openHostThere : openHostHere)({
    prepared: { folder: platformFolder, setUp, watches: [] },
    time,
    attach: tap.attach,
    say: tap.say,
    mourner,
  });
  closers.push(host.close);

  const [skew] = plan.all('CLK-SKEW').filter(({ fault }) => fault.station === 'carrier');
  for (const { index } of plan.all('CLK-SKEW')) plan.hit(index, []);
  const opening = openCarrier({ broker, folder, time, skew: skew?.fault.byMs ?? 0, tap, plan, orders });

  const openCounter = (organisation: string, operator: string) =>
    createCounter({
      line: organisation,
      person: createPerson(organisation, operator, ukeyOf(folder, organisation)),
      host,
      time,
      plan,
      lines,
      failed,
    });
  const desks = new Map<string, Desk>();
  const stations = stationsOf(scenario);
  // All together: whoever is born with others is welcomed with them.
  const hasOffice = orders.some((order) => order.do !== 'topup');
  await Promise.all(
    [...stations.map(outletOf), ...(hasOffice ? [OFFICE] : [])].map(async (outlet) => {
      const printer = await openPrinterPlace({ outlet, folder, broker, time, tap, plan, failed });
      closers.push(printer.close);
      desks.set(outlet, { counter: openCounter(outlet, outlet === OFFICE ? CLERK : TELLER), printer });
    }),
  );
  const carrier = await opening;
  const news = tellNews({ tap, time, plan, names, orders, books: carrier.books });
  closers.push(carrier.close);
  const office = openCounter(AREA, ADMINISTRATOR);
  const deskAt = (outlet: string): Desk => {
    const desk = desks.get(outlet);
    if (!desk) throw new Error(`nobody stands at ${outlet}`);
    return desk;
  };

  const begin = schedulePeople({ scenario, time, plan, names, host, desk: deskAt, work });
  scheduleFaults(scenario, { time, plan, lines, tap, broker, carrier, host, work });

  /** Everybody who lives is connected, and the platform knows of everybody whom it can hear. */
  const areAllThere = () => {
    const known = host.url() && !host.isPaused() ? host.standing().online : undefined;
    const isThere = (name: string, line: string) =>
      tap.isThere(name) &&
      (!known || !lines.isOpen(line, 'up') || tap.isTakenForDead(name) || known.includes(name));
    return (
      (!carrier.isUp() || isThere(CARRIER_NAME, CARRIER_NAME)) &&
      [...desks].every(([outlet, { printer }]) => !printer.isUp() || isThere(printer.name, outlet))
    );
  };
  const counters = [office, ...[...desks.values()].map(({ counter }) => counter)];
  return {
    host,
    office,
    books: carrier.books,
    begin,
    changedMind: news.changedMind,
    core() {
      const isOpen = (line: string) => lines.isOpen(line, 'up') && lines.isOpen(line, 'down');
      if (!carrier.isUp() || !isOpen(CARRIER_NAME)) return [];
      return stations.filter((station) => {
        const outlet = outletOf(station);
        return deskAt(outlet).counter.isPowered() && isOpen(outlet);
      });
    },
    whoIsBusy() {
      news.look();
      if (working > 0) return 'a fault';
      if (mourner.busy()) return 'a restart of the platform';
      if (host.busy()) return 'the platform';
      if (carrier.busy()) return 'the carrier';
      if (!host.isPaused() && counters.some((counter) => counter.asking() > 0)) return 'a station';
      if ([...desks.values()].some(({ printer }) => printer.busy())) return 'a printer';
      if (broker.isUp() && tap.busy()) return 'a request';
      return broker.isUp() && !areAllThere() ? 'somebody who is not there yet' : undefined;
    },
    failure: () => failure,
  };
}
