import { nameOf, topicOf } from '../../contracts/topics.ts';
import type { Observer } from '../checker/observation.ts';
import { createBeats } from './beats.ts';
import { createBroker } from './broker.ts';
import type { CardDesk } from './card-desk.ts';
import { createCarrierNode } from './carrier-node.ts';
import type { Chronicle } from './chronicle.ts';
import { type Customers, hasCards } from './customers.ts';
import { untilHealed } from './duration.ts';
import type { FaultPlan } from './fault-plan.ts';
import { lotBetween } from './keyed.ts';
import { createLine, type Line } from './line.ts';
import type { Location } from './location.ts';
import { createMail } from './mail.ts';
import { CARRIER, type Names, OFFICE, outletOf, UTILITY } from './names.ts';
import type { PlaceNode } from './place-node.ts';
import type { PlacePorts } from './place-ports.ts';
import type { PlatformNode } from './platform-node.ts';
import { createPrinterNode } from './printer-node.ts';
import { createReaderNode, type ReaderNode } from './reader-node.ts';
import type { Scenario } from './scenario.ts';
import { windowEnd } from './scenario-time.ts';
import { createSilence } from './silence.ts';
import { createUtilityNode, type UtilityNode } from './utility-node.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Wire } from './wire.ts';

export interface NetworkOptions {
  scenario: Scenario;
  time: VirtualTime;
  plan: FaultPlan;
  names: Names;
  observer: Observer;
  chronicle: Chronicle;
  wire: Wire;
  platform: () => PlatformNode;
  columnOf(order: string): string;
  /** Of an order on a meter card: how far its card is. */
  cardColumnOf(order: string): string;
  customers: Customers;
  /** What a person does about a card that was pulled, or changed for another. */
  desk(): CardDesk;
  decided(order: string, what: 'charged' | 'declined'): void;
}

export type Network = ReturnType<typeof createNetwork>;

/** When a dead connection is noticed by both its ends, ms. */
export const KEEPALIVE = 22_000;
/** So long after the healing the last payments have been asked for, ms; what comes after that is long and quiet. */
const TO_THE_LAST = 10 * 60_000;

/** The broker, the lines, and every place on them: the carrier's adapter and the printers. */
export function createNetwork(options: NetworkOptions) {
  const { scenario, time, plan, observer, chronicle, platform } = options;
  const { seed } = scenario;
  const places = new Map<string, Location>();
  const byRequests = new Map<string, string>();
  const beats = createBeats();
  /** Stations that will not work again. */
  const dead = new Set<number>();
  const end = windowEnd(scenario);
  const atMostUntilHealed = untilHealed(time, end);
  const broker = createBroker({ ...options, seed, locations: places });
  const silence = createSilence({ time, locations: places, broker, platform });
  const mail = createMail({ ...options, locations: places, broker, hasFaults: scenario.faults.length > 0 });

  function portsOf(name: string, line: Line, skewMs: number): PlacePorts {
    return {
      time,
      skewMs,
      diskMs: (n) => lotBetween(seed, `${name} journal ${n}`, 1, 6),
      reconnectMs: (n) => lotBetween(seed, `${name} reconnects ${n}`, 200, 5_000),
      up: (topic, text) => mail.up(name, topic, text),
      brokerSays: broker.says,
      beatBefore(at, since) {
        const beat = beats.before(at, since);
        return beat === undefined ? undefined : { at: beat, text: platform().beat(platform().clockAt(beat)) };
      },
      connection(online) {
        observer.online(time.now(), name, online);
        chronicle.note(() => ({ lane: places.get(name)?.lane ?? name, what: online ? 'online' : 'offline' }));
        if (!online) silence.watch(name);
      },
      canConnect: () => broker.isUp && line.isOpen('up') && line.isOpen('down'),
    };
  }

  function skewOf(station: number | 'carrier'): { index: number; byMs: number } | undefined {
    const found = plan.all('CLK-SKEW').find(({ fault }) => fault.station === station);
    return found && { index: found.index, byMs: found.fault.byMs };
  }

  const carrierLine = createLine(time);
  const carrierSkew = skewOf('carrier');
  const carrier = createCarrierNode({
    ...options,
    ports: portsOf(nameOf(CARRIER), carrierLine, carrierSkew?.byMs ?? 0),
  });
  const carrierPlace = { node: carrier.place, line: carrierLine, lane: 'carrier', skew: carrierSkew?.index };
  places.set(carrier.place.name, carrierPlace);
  byRequests.set(topicOf(CARRIER, 'req'), carrier.place.name);

  const printers = new Map<string, PlaceNode>();
  const lines = new Map<string, Line>();
  const counters = [OFFICE, ...Array.from({ length: scenario.world.stations }, (_, i) => outletOf(i + 1))];
  for (const [station, outlet] of counters.entries()) {
    const place = { kind: 'device', outlet, station: '1', device: 'printer' } as const;
    const name = nameOf(place);
    const line = createLine(time);
    const lane = station === 0 ? 'printer office' : `printer ${station}`;
    const skew = station === 0 ? undefined : skewOf(station);
    const node = createPrinterNode({
      ...options,
      place,
      lane,
      ports: portsOf(name, line, skew?.byMs ?? 0),
      untilHealed: atMostUntilHealed,
      isDead: () => void dead.add(station),
    });
    places.set(name, { node, line, lane, skew: skew?.index });
    byRequests.set(topicOf(place, 'req'), name);
    printers.set(outlet, node);
    lines.set(outlet, line);
  }

  const readers = new Map<number, ReaderNode>();
  const utility = hasCards(scenario) ? openUtility() : undefined;
  if (utility) for (let station = 1; station <= scenario.world.stations; station++) openReader(station);

  function openUtility(): UtilityNode {
    const line = createLine(time);
    const node = createUtilityNode({ ...options, ports: portsOf(nameOf(UTILITY), line, 0) });
    places.set(node.place.name, { node: node.place, line, lane: 'utility', skew: undefined });
    byRequests.set(topicOf(UTILITY, 'req'), node.place.name);
    return node;
  }

  /** On the line of the station that it stands at. */
  function openReader(station: number): void {
    const outlet = outletOf(station);
    const place = { kind: 'device', outlet, station: '1', device: 'reader' } as const;
    const name = nameOf(place);
    const line = lines.get(outlet) as Line;
    const lane = `reader ${station}`;
    const reader = createReaderNode({
      ...options,
      place,
      lane,
      ports: portsOf(name, line, 0),
      untilHealed: atMostUntilHealed,
      isDead: () => void dead.add(station),
      pulled: (order, forMs) => options.desk().pulled(order, forMs),
      swapped: (order, forMs) => options.desk().swapped(order, station, forMs),
    });
    readers.set(station, reader);
    places.set(name, { node: reader.place, line, lane, skew: undefined });
    byRequests.set(topicOf(place, 'req'), name);
  }

  /** Whatever beat is on its way is heard before the time is told differently. */
  function hearBeats(): void {
    for (const { node } of places.values()) node.hearLastBeat();
  }

  function stopBeats(): void {
    hearBeats();
    beats.end(time.now());
  }

  return {
    carrier,
    places,
    dead,
    printers,
    readers,
    utility,
    broker,
    untilHealed: atMostUntilHealed,
    watch: silence.watch,
    tellTime: mail.tellTime,
    hearBeats,
    lineOf: (station: number | 'carrier') =>
      station === 'carrier' ? carrierLine : (lines.get(outletOf(station)) as Line),
    placeOf: (station: number | 'carrier') =>
      station === 'carrier' ? carrier.place : (printers.get(outletOf(station)) as PlaceNode),
    lineOfOffice: lines.get(OFFICE) as Line,
    /** What the platform publishes leaves for its place. */
    publish(topic: string, text: string): void {
      const name = byRequests.get(topic);
      if (name !== undefined) mail.down(name, topic, text);
    },
    /** The platform's process runs: it beats, and hears what the broker has kept. */
    platformStarted(): void {
      beats.begin(time.now());
      if (!broker.isUp) return;
      broker.saysKept();
      for (const { node, line } of places.values())
        if (!node.online || !line.isOpen('up')) silence.watch(node.name);
    },
    /** A process that stands still does not beat either. */
    platformPaused(ms: number): void {
      stopBeats();
      const { epoch } = platform();
      time.after(ms, () => {
        if (platform().up && platform().epoch === epoch && !platform().paused) beats.begin(time.now());
      });
    },
    platformDied: stopBeats,
    /** The carrier is listened for as the platform listens for everybody, until the last payments are asked for. */
    beatAloud: () => silence.beatAloud(carrierPlace, end + TO_THE_LAST),
  };
}
