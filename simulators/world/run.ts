import { MINUTE, SECOND } from '../../contracts/time.ts';
import { availableCredit } from '../../platform/core/ledger.ts';
import type { Order } from '../../platform/core/order.ts';
import { findOrder } from '../../platform/core/state.ts';
import { createChecker } from '../checker/checker.ts';
import type { InvariantId } from '../checker/invariant.ts';
import { createChronicle } from './chronicle.ts';
import { createDigest, digestOf } from './digest.ts';
import { createDisk } from './disk.ts';
import { createFates } from './fates.ts';
import { createFaultPlan } from './fault-plan.ts';
import { withoutGlobals } from './forbidden.ts';
import { lot, lotBetween, lotOf } from './keyed.ts';
import { columnOfOrder, planFlips, planMishaps } from './mishaps.ts';
import { createNames, outletOf } from './names.ts';
import { createNetwork, type Network } from './network.ts';
import { createPeople, type People } from './people.ts';
import { createPlatformClock } from './platform-clock.ts';
import { createPlatformNode, type PlatformNode } from './platform-node.ts';
import type { OrderEnd, RunResult } from './result.ts';
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
/** So many living outlets are asked for one more payment after the healing. */
const PROBES = 3;

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
  const flips = new Map<string, number>();
  const [diskLeast, diskMost] = world.diskMs ?? [1, 8];
  let network: Network;
  let people: People;

  const columnOf = (name: string): string => {
    const id = names.idOf(name);
    const order = id === undefined ? undefined : (platform.order(id) ?? disk.load([id])[0]);
    return order ? columnOfOrder(order) : 'new';
  };
  const fateOf = createFates(
    plan,
    names,
    columnOf,
    (damaged) => platform.corrupt(damaged),
    () => time.now() >= start,
  );
  const platform: PlatformNode = createPlatformNode({
    time,
    clock: createPlatformClock(time),
    disk,
    observer: checker,
    chronicle,
    snapshotEvery: world.stations > 20 ? 20_000 : lotOf(seed, 'snapshots', [25, 150, 5_000]),
    diskMs: (block) => lotBetween(seed, `disk ${block.first}`, diskLeast, diskMost),
    fateOf,
    downFor: (ms) => network.untilHealed(ms),
    publish: (topic, text) => network.publish(topic, text),
    tellTime: (name, text) => network.tellTime(name, text),
    changed: (outlet, order) => people.changed(outlet, order),
    alert(code) {
      if (code === 'alert.manual') people.settleManual();
    },
    started() {
      network.platformStarted();
      people.reconnect();
      if (world.embeddedBroker && !network.brokerUp) network.brokerBack();
    },
    died() {
      network.platformDied();
      people.platformDied();
      if (world.embeddedBroker && network.brokerUp) network.brokerDown(true);
    },
  });
  const wire = createWire({
    seed,
    linkMs: world.linkMs ?? [2, 40],
    time,
    plan,
    names,
    chronicle,
    columnOf,
    withoutInquiry: () => world.without?.includes('inquiry') === true,
  });
  network = createNetwork({
    scenario,
    time,
    plan,
    names,
    observer: checker,
    chronicle,
    wire,
    platform: () => platform,
    columnOf,
    decided(name, what) {
      if (plan.ofOrder(name, 'CAR-FLIP').length === 0) return;
      const order = scenario.orders.find((each) => each.name === name);
      const id = names.idOf(name);
      if (order?.do !== 'topup' || !id) return;
      planFlips(
        { time, plan, network, chronicle },
        { name, id, account: order.account, fen: order.fen },
        what,
        (flipped, fen) => {
          if (flips.has(flipped)) return;
          flips.set(flipped, fen);
          checker.carrier(time.now(), `${flipped}.1`, 'charged', order.account, fen);
        },
        columnOf,
      );
    },
  });
  const { carrier } = network;
  people = createPeople({
    scenario,
    time,
    plan,
    names,
    observer: checker,
    chronicle,
    wire,
    platform,
    network,
    carrier,
    columnOf,
  });

  const budget = EVENTS_AT_LEAST + scenario.orders.length * EVENTS_PER_ORDER;
  const runTo = (at: number, done: () => boolean = () => false) =>
    time.run(
      () => checker.stopped() || time.count > budget || done(),
      Math.min(at, options.until ?? at) - time.now(),
    );

  let crash: string | undefined;
  try {
    platform.start();
    people.register();
    for (const { node } of network.places.values()) time.after(100, () => node.start());
    for (let i = 1; i <= world.stations; i++)
      time.after(SECOND + i * ENDOW_EVERY, () => people.endow(i, world.creditFen));
    runTo(start);
    // In one world of eight the carrier's beats are all really sent and waited for.
    if (lot(seed, 'beats') < 1 / 8) network.beatAloud();
    people.planOrders();
    planMishaps({ scenario, time, plan, chronicle, platform, network, reopened: people.reconnect });
    runTo(end);
    heal();
    runTo(end + HEALS_WITHIN, everythingEnded());
    if (options.until === undefined) checker.end(time.now());
  } catch (error) {
    crash = `${(error as Error).message}\n${(error as Error).stack ?? ''}`;
  }

  function heal(): void {
    if (options.until !== undefined && options.until <= end) return;
    plan.end();
    const line = network.lineOf('carrier');
    const carrierLives = network.carrier.place.alive && line.isOpen('up') && line.isOpen('down');
    const core: number[] = [];
    for (let i = 1; carrierLives && i <= world.stations; i++) if (!network.dead.has(i)) core.push(i);
    chronicle.note(() => ({ lane: 'world', what: 'healed' }));
    checker.healed(time.now(), core.map(outletOf));
    // Whatever was mended at the last moment needs a moment to connect again.
    const probe = () => {
      if (!platform.up) return void time.after(2 * MINUTE, probe);
      for (const station of core.slice(0, PROBES))
        people.begin({
          name: `probe.${station}`,
          at: '',
          station,
          do: 'topup',
          account: `1380800${String(1_000 + station)}`,
          fen: 1_000,
          again: true,
        });
    };
    time.after(2 * MINUTE, probe);
  }

  /** Looked at once a minute: everything has ended, but for what only a person could end and nobody will. */
  function everythingEnded(): () => boolean {
    let ended = false;
    const look = () => {
      ended = hasEnded();
      time.after(MINUTE, look);
    };
    time.after(5 * MINUTE, look);
    return () => ended;
  }

  function hasEnded(): boolean {
    if (!platform.up || !platform.idle()) return false;
    for (const id of platform.state.live) {
      const order = findOrder(platform.state, id);
      if (order && !(order.state === 'manual' && !people.mayStillSettle(id))) return false;
    }
    return people.settled() || platform.state.live.size > 0;
  }

  const { violation, checked, failedItself } = checker.verdict();
  const endless = time.count > budget && !violation;
  const ends: RunResult['ends'] = {};
  for (const { name, do: what } of scenario.orders) {
    const id = names.idOf(name);
    const order = id === undefined ? undefined : (platform.order(id) ?? disk.load([id])[0]);
    const charged = id === undefined ? 0 : (flips.get(id) ?? carrier.chargedFen(id));
    ends[name] = endOf(order, what === 'topup' ? charged : 0);
  }
  const credit: RunResult['credit'] = {};
  for (let i = 1; i <= world.stations; i++)
    credit[outletOf(i)] = availableCredit(platform.state.ledger, outletOf(i));

  return {
    verdict: violation || crash || endless ? 'fail' : failedItself ? 'inconclusive' : 'pass',
    ...(violation ? { violation } : {}),
    ...(endless
      ? {
          violation: {
            invariant: 'L3',
            kind: 'liveness' as const,
            at: time.now(),
            zh: `事件超过${budget}个仍未结束`,
            en: `more than ${budget} events and no end`,
          },
        }
      : {}),
    ...(crash ? { crash } : failedItself ? { crash: failedItself } : {}),
    traceHash: chronicle.value(),
    virtualSeconds: Math.round((time.now() - start + setup) / SECOND),
    events: time.count,
    orders: scenario.orders.length,
    receipts: plan.receipts(),
    probes: chronicle.probes(),
    checked,
    ends,
    credit,
    ...(options.trace ? { trace: chronicle.events() } : {}),
  };
}

function endOf(order: Order | undefined, chargedFen: number): OrderEnd {
  if (!order) return { state: 'none', fen: 0, businessDate: '', chargedFen, cases: 0 };
  return {
    state: order.state,
    fen: order.amountFen,
    businessDate: order.businessDate,
    ...(order.problem ? { problem: order.problem } : {}),
    chargedFen,
    cases: order.cases.length,
  };
}
