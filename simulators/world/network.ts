import { printer as printerClass } from '../../contracts/devices/printer.ts';
import { nameOf, topicOf } from '../../contracts/topics.ts';
import type { Observer } from '../checker/observation.ts';
import { createCarrierNode } from './carrier-node.ts';
import type { Chronicle } from './chronicle.ts';
import { repeated } from './contrary.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Duration } from './faults.ts';
import { lotBetween } from './keyed.ts';
import { createLine, type Line } from './line.ts';
import { CARRIER, type Names, OFFICE, outletOf } from './names.ts';
import { beatsOf, createPlaceNode, type PlaceNode, type PlacePorts } from './place-node.ts';
import type { PlatformNode } from './platform-node.ts';
import { createPrinterModel, type Mishap, type PaperTray } from './printer-model.ts';
import type { Scenario } from './scenario.ts';
import { windowEnd } from './scenario-time.ts';
import type { VirtualTime } from './virtual-time.ts';
import { correlationOf, messageOf, type Wire } from './wire.ts';

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
  decided(order: string, what: 'charged' | 'declined'): void;
}

export type Network = ReturnType<typeof createNetwork>;

/** How often the platform looks who is silent, ms; and when a dead connection is noticed by both its ends. */
const LOOK_EVERY = 10_000;
/** So many looks without a word, and a place counts as gone whatever was heard last. */
const GONE_AFTER = 6;
export const KEEPALIVE = 22_000;
const TO_THE_LAST = 10 * 60_000;

/** The broker, the lines, and every place on them: the carrier's adapter and the printers. */
export function createNetwork(options: NetworkOptions) {
  const { scenario, time, plan, names, observer, chronicle, wire, platform, columnOf } = options;
  const { seed } = scenario;
  const places = new Map<string, { node: PlaceNode; line: Line; lane: string; skew: number | undefined }>();
  const byRequests = new Map<string, string>();
  const watched = new Set<string>();
  const beats = beatsOf();
  /** Stations that will not work again. */
  const dead = new Set<number>();
  const end = windowEnd(scenario);
  /** Not longer than until everything heals. */
  const untilHealed = (ms: number) => Math.min(ms, Math.max(1_000, end - time.now()));
  let brokerUp = true;

  /** Somebody listens whether it is still there: only where it may not be; the rest beat unheard. */
  function watch(name: string): void {
    if (watched.has(name)) return;
    watched.add(name);
    let looks = 0;
    const look = () => {
      const place = places.get(name);
      const isThere = place?.node.online && place.line.isOpen('up') && brokerUp;
      // Once it has been found gone there is nothing more to hear; a platform that starts anew listens anew.
      if (!place || isThere || looks > GONE_AFTER) return void watched.delete(name);
      if (platform().up && !platform().paused) looks++;
      platform().listen(name);
      time.after(LOOK_EVERY, look);
    };
    time.after(LOOK_EVERY, look);
  }

  /** From the broker to the platform: what it keeps, or says of somebody who is gone. */
  function brokerSays(topic: string, text: string): void {
    if (!brokerUp) return;
    wire.send({
      line: 'broker>',
      from: 'broker',
      to: 'platform',
      text,
      message: undefined,
      order: undefined,
      deliver: (arrived) => brokerUp && platform().receive(topic, arrived),
    });
  }

  function parcelOf(line: string, from: string, to: string, text: string) {
    const needed = chronicle.kept || scenario.faults.length > 0;
    const message = needed || text.includes('.inquire"') ? messageOf(text) : undefined;
    const id = needed && message ? correlationOf(text) : undefined;
    return { line, from, to, text, message, order: id === undefined ? undefined : names.nameOf(id) };
  }

  function up(name: string, topic: string, text: string): void {
    const place = places.get(name);
    if (!place) return;
    place.line.pass('up', () => {
      if (!brokerUp) return;
      const parcel = parcelOf(`${name}>`, place.lane, 'platform', text);
      const deliver = (arrived: string) => brokerUp && platform().receive(topic, arrived);
      wire.send({ ...parcel, deliver });
      if (parcel.message === 'carrier.perform.completed' && parcel.order !== undefined)
        for (const { index, fault } of plan.ofOrder(parcel.order, 'CAR-DUP-CB')) {
          if (plan.hasHit(index)) continue;
          const order = parcel.order;
          time.after(fault.afterMs, () => {
            plan.hit(index, [columnOf(order)]);
            wire.send({
              ...parcel,
              line: `${name}>again`,
              text: repeated(text, fault.otherNo === true),
              message: undefined,
              deliver,
            });
          });
        }
    });
  }

  function portsOf(name: string, line: Line, skewMs: number): PlacePorts {
    return {
      time,
      chronicle,
      line,
      skewMs,
      diskMs: (n) => lotBetween(seed, `${name} journal ${n}`, 1, 6),
      reconnectMs: (n) => lotBetween(seed, `${name} reconnects ${n}`, 200, 5_000),
      up: (topic, text) => up(name, topic, text),
      brokerSays,
      beatBefore(at, since) {
        const beat = beats.before(at, since);
        return beat === undefined ? undefined : { at: beat, text: platform().beat(platform().clockAt(beat)) };
      },
      connection(online) {
        observer.online(time.now(), name, online);
        chronicle.note(() => ({ lane: places.get(name)?.lane ?? name, what: online ? 'online' : 'offline' }));
        if (!online) watch(name);
      },
      canConnect: () => brokerUp && line.isOpen('up') && line.isOpen('down'),
    };
  }

  function skewOf(station: number | 'carrier'): { index: number; byMs: number } | undefined {
    const found = plan.all('CLK-SKEW').find(({ fault }) => fault.station === station);
    return found && { index: found.index, byMs: found.fault.byMs };
  }

  function add(node: PlaceNode, line: Line, lane: string, skew: number | undefined): void {
    places.set(node.name, { node, line, lane, skew });
  }

  const carrierLine = createLine(time);
  const carrierSkew = skewOf('carrier');
  const carrier = createCarrierNode({
    ...options,
    ports: portsOf(nameOf(CARRIER), carrierLine, carrierSkew?.byMs ?? 0),
  });
  add(carrier.place, carrierLine, 'carrier', carrierSkew?.index);
  byRequests.set(topicOf(CARRIER, 'req'), carrier.place.name);

  const printers = new Map<string, PlaceNode>();
  const lines = new Map<string, Line>();
  const counters = [OFFICE, ...Array.from({ length: scenario.world.stations }, (_, i) => outletOf(i + 1))];
  for (const [station, outlet] of counters.entries()) {
    const place = { kind: 'device', outlet, station: '1', device: 'printer' } as const;
    const name = nameOf(place);
    const line = createLine(time);
    const lane = station === 0 ? 'printer office' : `printer ${station}`;
    const tray: PaperTray = {
      paper: 'full',
      plugged: true,
      sheets(job, printed, whole) {
        chronicle.digest(`${job} ${printed.length} ${whole}`);
        const order = names.nameOf(job.slice(0, 26));
        chronicle.note(() => ({
          lane,
          what: 'prints',
          detail: printed.join('\n'),
          ...(order ? { order } : {}),
        }));
        observer.paper(time.now(), { place: name, job, lines: printed, whole });
      },
    };
    const skew = station === 0 ? undefined : skewOf(station);
    const node: PlaceNode = createPlaceNode(
      place,
      printerClass,
      (life) =>
        createPrinterModel({
          life,
          time,
          tray,
          lineMs: 12,
          mishapOf: (job) => mishapOf(job),
          statusChanged: () => node.statusChanged(),
          dies(forMs) {
            node.kill();
            if (forMs === undefined) return void dead.add(station);
            time.after(untilHealed(forMs), () => node.start());
          },
        }),
      portsOf(name, line, skew?.byMs ?? 0),
    );
    add(node, line, lane, skew?.index);
    byRequests.set(topicOf(place, 'req'), name);
    printers.set(outlet, node);
    lines.set(outlet, line);
  }

  function mishapOf(job: string): Mishap | undefined {
    const order = names.nameOf(job.slice(0, 26));
    if (order === undefined) return undefined;
    const nth = Number(job.slice(28));
    const [found] = plan
      .ofOrder(order, 'PRN-PAPER', 'PRN-UNKNOWN', 'PRN-UNPLUG', 'DRV-CRASH')
      .filter(({ index, fault }) => (fault.nth ?? 1) === nth && !plan.hasHit(index));
    if (!found) return undefined;
    const { index, fault } = found;
    const happened = () => plan.hit(index, [columnOf(order)]);
    if (fault.fault === 'PRN-UNKNOWN') return { what: 'statusLost', afterLines: 0, forMs: 0, happened };
    const what = ({ 'PRN-PAPER': 'paperOut', 'PRN-UNPLUG': 'unplugged', 'DRV-CRASH': 'driverDies' } as const)[
      fault.fault
    ];
    return { what, afterLines: fault.afterLines, forMs: msOf(fault.forMs), happened };
  }

  return {
    carrier,
    places,
    dead,
    untilHealed,
    printers,
    lineOf: (station: number | 'carrier') =>
      station === 'carrier' ? carrierLine : (lines.get(outletOf(station)) as Line),
    placeOf: (station: number | 'carrier') =>
      station === 'carrier' ? carrier.place : (printers.get(outletOf(station)) as PlaceNode),
    lineOfOffice: lines.get(OFFICE) as Line,
    brokerSays,
    /** What the platform publishes leaves for its place. */
    publish(topic: string, text: string): void {
      const name = byRequests.get(topic);
      const place = name === undefined ? undefined : places.get(name);
      if (!name || !place || !brokerUp) return;
      const parcel = parcelOf(`${name}<`, 'platform', place.lane, text);
      const deliver = (arrived: string) => {
        place.line.pass('down', () => {
          if (place.skew !== undefined && parcel.order !== undefined && brokerUp)
            plan.hit(place.skew, ['idle']);
          if (brokerUp) place.node.receive(topic, arrived);
        });
      };
      wire.send({ ...parcel, deliver });
    },
    /** The time, to one who has just come; what is sent to it afterwards comes afterwards. */
    tellTime(name: string, text: string): void {
      const place = places.get(name);
      if (!place) return;
      wire.send({
        ...parcelOf(`${name}<`, 'platform', place.lane, text),
        deliver: (arrived) => place.line.pass('down', () => place.node.hearTime(arrived)),
      });
    },
    /** The platform's process runs: it beats, and hears what the broker has kept. */
    platformStarted(): void {
      beats.begin(time.now());
      if (!brokerUp) return;
      for (const { node, line } of places.values()) {
        if (node.retained !== undefined) brokerSays(node.stateTopic, node.retained);
        if (!node.online || !line.isOpen('up')) watch(node.name);
      }
    },
    /** A process that stands still does not beat either. */
    paused(ms: number): void {
      this.hearBeats();
      beats.end(time.now());
      const { epoch } = platform();
      time.after(ms, () => {
        if (platform().up && platform().epoch === epoch && !platform().paused) beats.begin(time.now());
      });
    },
    platformDied(): void {
      this.hearBeats();
      beats.end(time.now());
    },
    /** Whatever beat is on its way is heard before the time is told differently. */
    hearBeats(): void {
      for (const { node } of places.values()) node.hearLastBeat();
    },
    brokerDown(losesRetained: boolean): void {
      chronicle.note(() => ({ lane: 'broker', what: 'restart' }));
      this.hearBeats();
      for (const { node } of places.values()) {
        node.beat();
        node.drop(false, false);
        if (losesRetained) node.forget();
      }
      brokerUp = false;
    },
    brokerBack(): void {
      brokerUp = true;
      chronicle.note(() => ({ lane: 'broker', what: 'back' }));
      if (platform().up)
        for (const { node } of places.values())
          if (node.retained !== undefined) brokerSays(node.stateTopic, node.retained);
      for (const { node } of places.values())
        time.after(lotBetween(seed, `${node.name} back ${time.now()}`, 200, 10_000), () => node.connect());
    },
    get brokerUp() {
      return brokerUp;
    },
    watch,
    /** The carrier is listened for as the platform listens for everybody: every beat is sent, every silence looked at. */
    beatAloud(): void {
      const { place } = carrier;
      const beat = () => {
        // Until the last payments are asked for; what comes after that is long and quiet.
        if (time.now() > end + TO_THE_LAST) return;
        if (carrierLine.isOpen('up')) place.beat();
        platform().listen(place.name);
        time.after(LOOK_EVERY, beat);
      };
      time.after(LOOK_EVERY, beat);
    },
  };
}

export const msOf = (duration: Duration) => (duration === 'ever' ? undefined : duration);
