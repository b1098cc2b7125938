import { MINUTE, SECOND } from '../../contracts/time.ts';
import type { Order } from '../../platform/core/order.ts';
import { createChecker } from '../checker/checker.ts';
import type { InvariantId } from '../checker/invariant.ts';
import { createChronicle } from './chronicle.ts';
import { createCustomers } from './customers.ts';
import { createDigest, digestOf } from './digest.ts';
import { createDisk } from './disk.ts';
import { createFates } from './fates.ts';
import { createFaultPlan } from './fault-plan.ts';
import { createFlips } from './flips.ts';
import { withoutGlobals } from './forbidden.ts';
import { everythingEnded, heal } from './healing.ts';
import { lot, lotBetween, lotOf } from './keyed.ts';
import { aliveColumns, cardColumnOfOrder, columnOfOrder, planMishaps } from './mishaps.ts';
import { createNames } from './names.ts';
import { createNetwork, type Network } from './network.ts';
import { createPeople, type People } from './people.ts';
import { createPlatformClock } from './platform-clock.ts';
import { createPlatformNode, type PlatformNode } from './platform-node.ts';
import { endow, register } from './registration.ts';
import type { RunResult } from './result.ts';
import { creditsOf, endlessAt, endsOf, verdictOf } from './run-result.ts';
import type { Scenario } from './scenario.ts';
import { startOf, windowEnd } from './scenario-time.ts';
import { virtualTime } from './virtual-time.ts';
import { createWire } from './wire.ts';

export interface RunOptions {
  /** Keep every event, for people. */
  trace?: boolean;
  /** Only these invariants watch. */
  only?: readonly InvariantId[];
  /** Stop at this moment of the world's time, ms. */
  until?: number;
}

/** Between two purchases before the start, ms; and how long everything may take after it has healed. */
const ENDOW_EVERY = 600;
const HEALS_WITHIN = 26 * 60 * MINUTE;
/** More events than this per order, and a floor: whatever it is, it does not end. */
const EVENTS_PER_ORDER = 4_000;
const EVENTS_AT_LEAST = 400_000;

/**
 * Plays a scenario in a world of its own: the very platform code, in virtual time, from plain data. The same scenario gives the
 * same result, to the byte. Throws only where the scenario itself can't be played.
 */
export function runScenario(scenario: Scenario, options: RunOptions = {}): RunResult {
  return withoutGlobals(() => play(scenario, options));
}

function play(scenario: Scenario, options: RunOptions): RunResult {
  const { seed, world } = scenario;
  const start = startOf(scenario);
  const end = windowEnd(scenario);
  const setup = 5 * SECOND + world.stations * ENDOW_EVERY;
  const time = virtualTime(start - setup);
  const chronicle = createChronicle(time, createDigest(), options.trace === true);
  const checker = createChecker({ hash: digestOf, ...(options.only ? { only: options.only } : {}) });
  const plan = createFaultPlan(scenario.faults, time.now);
  const names = createNames(scenario);
  const disk = createDisk();
  const [diskLeast, diskMost] = world.diskMs ?? [1, 8];
  let network: Network;
  let people: People;

  const orderOf = (name: string): Order | undefined => {
    const id = names.idOf(name);
    return id === undefined ? undefined : (platform.order(id) ?? disk.load([id])[0]);
  };
  const columnOf = (name: string): string => {
    const order = orderOf(name);
    return order ? columnOfOrder(order) : 'new';
  };
  const tools = { scenario, time, plan, names, observer: checker, chronicle, columnOf };
  const fateOf = createFates(
    plan,
    names,
    (order) => (order === 'cut' ? aliveColumns(platform) : [columnOf(order)]),
    (damaged) => platform.corrupt(damaged),
    () => time.now() >= start,
  );
  const platform: PlatformNode = createPlatformNode({
    ...tools,
    clock: createPlatformClock(time),
    disk,
    snapshotEvery: world.stations > 20 ? 5_000 : lotOf(seed, 'snapshots', [25, 150, 5_000]),
    diskMs: (block) => lotBetween(seed, `disk ${block.first}`, diskLeast, diskMost),
    fateOf,
    downFor: (ms) => network.untilHealed(ms),
    publish: (topic, text) => network.publish(topic, text),
    tellTime: (name, text) => network.tellTime(name, text),
    changed: (outlet, order) => people.changed(outlet, order),
    alert(code) {
      if (code === 'alert.manual') people.administrator.alerted();
    },
    started() {
      network.platformStarted();
      people.reconnect();
      if (world.embeddedBroker && !network.broker.isUp) network.broker.back();
    },
    died() {
      network.platformDied();
      people.platformDied();
      if (world.embeddedBroker && network.broker.isUp) network.broker.stop(true);
    },
  });
  const wire = createWire({
    ...tools,
    seed,
    linkMs: world.linkMs ?? [2, 40],
    withoutInquiry: () => world.without?.includes('inquiry') === true,
  });
  const flips = createFlips({ ...tools, brokerSays: (topic, text) => network.broker.says(topic, text) });
  const customers = createCustomers(tools);
  network = createNetwork({
    ...tools,
    wire,
    customers,
    platform: () => platform,
    decided: flips.decided,
    cardColumnOf: (name) => cardColumnOfOrder(orderOf(name)),
    desk: () => people.desk,
  });
  const { carrier } = network;
  people = createPeople({ ...tools, wire, platform, network, carrier, customers });

  const budget = EVENTS_AT_LEAST + scenario.orders.length * EVENTS_PER_ORDER;
  const runTo = (at: number, done: () => boolean = () => false) =>
    time.run(
      () => checker.stopped() || time.count > budget || done(),
      Math.min(at, options.until ?? at) - time.now(),
    );

  let crash: string | undefined;
  try {
    platform.start();
    register(platform, world.stations);
    for (const { node } of network.places.values()) time.after(100, () => node.start());
    for (let i = 1; i <= world.stations; i++)
      time.after(SECOND + i * ENDOW_EVERY, () => endow({ ...tools, platform }, i, world.creditFen));
    runTo(start);
    // In one world of eight the carrier's beats are all really sent and waited for.
    if (lot(seed, 'beats') < 1 / 8) network.beatAloud();
    people.planDay();
    planMishaps({ ...tools, platform, network, reopened: people.reconnect });
    runTo(end);
    if (options.until === undefined || options.until > end)
      heal({ ...tools, platform, network, people }, world.stations);
    runTo(end + HEALS_WITHIN, everythingEnded({ time, platform, people }));
    if (options.until === undefined) checker.end(time.now());
  } catch (error) {
    crash = `${(error as Error).message}\n${(error as Error).stack ?? ''}`;
  }

  const { violation, checked, failedItself } = checker.verdict();
  const endless = time.count > budget && !violation ? endlessAt(time.now(), budget) : undefined;
  const chargedFen = (name: string): number => {
    const id = names.idOf(name);
    return id === undefined ? 0 : (flips.chargedFen(id) ?? carrier.chargedFen(id));
  };
  return {
    ...verdictOf({ violation, crash, endless, failedItself }),
    traceHash: chronicle.value(),
    virtualSeconds: Math.round((time.now() - start + setup) / SECOND),
    events: time.count,
    orders: scenario.orders.length,
    receipts: plan.receipts(),
    probes: chronicle.probes(),
    checked,
    ends: endsOf(scenario.orders, orderOf, chargedFen),
    credit: creditsOf(platform.state, world.stations),
    ...(options.trace ? { trace: chronicle.events() } : {}),
  };
}
