import { printer as printerClass } from '../../../contracts/devices/printer.ts';
import { topicOf } from '../../../contracts/topics.ts';
import { createEscposDriver } from '../../../drivers/printer-escpos/driver.ts';
import { MODELS } from '../../../drivers/printer-escpos/models.ts';
import type { Principal } from '../../../platform/core/authorize.ts';
import type { Command } from '../../../platform/core/input.ts';
import type { Reply } from '../../../platform/runtime/runtime.ts';
import { createChecker } from '../../../simulators/checker/checker.ts';
import type { Observer } from '../../../simulators/checker/observation.ts';
import { createPrinter } from '../../../simulators/devices/printer/interpreter.ts';
import { createBeats } from '../../../simulators/world/beats.ts';
import { createCarrierNode } from '../../../simulators/world/carrier-node.ts';
import { createChronicle } from '../../../simulators/world/chronicle.ts';
import { createDigest, digestOf } from '../../../simulators/world/digest.ts';
import { createDisk } from '../../../simulators/world/disk.ts';
import { createFaultPlan } from '../../../simulators/world/fault-plan.ts';
import { CARRIER, createNames } from '../../../simulators/world/names.ts';
import { createPlaceNode, type PlaceNode } from '../../../simulators/world/place-node.ts';
import { createPlatformClock } from '../../../simulators/world/platform-clock.ts';
import { createPlatformNode } from '../../../simulators/world/platform-node.ts';
import type { Scenario } from '../../../simulators/world/scenario.ts';
import { virtualTime } from '../../../simulators/world/virtual-time.ts';

/** One way over the network, and one write to a disk, in ms. */
const LINK = 2;
const DISK = 1;

/** Nothing is planned and nothing goes wrong. */
const SCENARIO: Scenario = {
  v: 1,
  seed: 1,
  world: { start: '2026-11-23 09:00:00', hours: 1, stations: 1, creditFen: 0 },
  orders: [],
  operations: [],
  faults: [],
};

/**
 * A whole station in virtual time, without faults: the simulated world's platform, carrier and endpoints, but with the very
 * driver and the byte-exact printer, of which the world itself has only a model. A day of it takes milliseconds.
 */
export function wholeStation({ start, outlet }: { start: number; outlet: string }) {
  const time = virtualTime(start);
  const chronicle = createChronicle(time, createDigest(), false);
  const charged = new Map<string, number>();
  const observer: Observer = {
    ...createChecker({ hash: digestOf, only: [] }),
    carrier(_at, _key, what, account, fen) {
      if (what === 'charged') charged.set(account, (charged.get(account) ?? 0) + fen);
    },
  };
  const plan = createFaultPlan([], time.now);
  const beats = createBeats();
  const alerts: string[] = [];
  const places = new Map<string, PlaceNode>();

  const platform = createPlatformNode({
    time,
    clock: createPlatformClock(time),
    disk: createDisk(),
    observer,
    chronicle,
    snapshotEvery: 5_000,
    diskMs: () => DISK,
    fateOf: () => ({ kind: 'written' }),
    downFor: (ms) => ms,
    publish: (topic, text) => void time.after(LINK, () => places.get(topic)?.receive(topic, text)),
    tellTime: (name, text) =>
      void time.after(LINK, () => [...places.values()].find((place) => place.name === name)?.hearTime(text)),
    changed: () => {},
    alert: (code) => void alerts.push(code),
    started: () => beats.begin(time.now()),
    died: () => {},
  });

  const ports = {
    time,
    diskMs: () => DISK,
    skewMs: 0,
    up: (topic: string, text: string) => void time.after(LINK, () => platform.receive(topic, text)),
    brokerSays: () => {},
    canConnect: () => true,
    beatBefore(at: number, since: number) {
      const beat = beats.before(at, since);
      return beat === undefined ? undefined : { at: beat, text: platform.beat(platform.clockAt(beat)) };
    },
    connection: () => {},
    reconnectMs: () => LINK,
  };

  const carrier = createCarrierNode({
    scenario: SCENARIO,
    ports,
    plan,
    names: createNames(SCENARIO),
    observer,
    chronicle,
    columnOf: () => 'new',
    decided: () => {},
  });
  places.set(topicOf(CARRIER, 'req'), carrier.place);

  const paper = createPrinter({ output: (bytes) => void time.after(LINK, () => driver.bytes(bytes)) });
  let cancelTimer: (() => void) | undefined;
  const driver = createEscposDriver({
    model: MODELS['epson-80'],
    port: {
      write: (bytes) => void time.after(LINK, () => paper.input(bytes)),
      setTimer(ms) {
        cancelTimer?.();
        cancelTimer = ms === undefined ? undefined : time.after(ms, () => driver.timer());
      },
      statusChanged: () => counter.statusChanged(),
      reopen: () => {},
    },
  });
  const place = { kind: 'device', outlet, station: '1', device: 'printer' } as const;
  const counter = createPlaceNode(place, printerClass, () => driver, ports);
  places.set(topicOf(place, 'req'), counter);

  platform.start();
  for (const node of places.values()) node.start();
  driver.opened();

  return {
    time,
    platform,
    alerts,
    /** The carrier's truth, fen by phone number, and the paper's. */
    charged,
    printer: paper,
    /** Asks, and lets time pass until the answer is there. */
    command(who: Principal, command: Command): Reply {
      let answer: Reply | undefined;
      platform.command(who, command, (reply) => {
        answer = reply;
      });
      time.run(() => answer !== undefined, 60_000);
      if (!answer) throw new Error(`${command.type} was not answered within a minute`);
      return answer;
    },
  };
}
