import { decode, type Envelope, encode } from '../../../contracts/envelope.ts';
import type { State as PlaceState } from '../../../contracts/state.ts';
import {
  nameOf,
  type Place,
  parseTopic,
  placeOfName,
  TIME_TOPIC,
  topicOf,
} from '../../../contracts/topics.ts';
import type { FaultPlan } from '../../../simulators/world/fault-plan.ts';
import { MESSAGES, type MessageName } from '../../../simulators/world/faults.ts';
import type { Names } from '../../../simulators/world/names.ts';
import { spoil } from '../../../simulators/world/spoil.ts';
import type { BusListener } from '../../bus/bus.ts';
import type { Lines, Way } from './lines.ts';
import { createOpenRequests } from './open-requests.ts';
import type { Time } from './time.ts';

/** A message about an order of the scenario, on its way. */
export interface Message {
  place: string;
  topic: string;
  text: string;
  name: MessageName;
  /** The scenario's name of the order. */
  order: string;
  envelope: Envelope;
}

/** Everything between the platform and the broker passes here, and may be lost, repeated, late or changed. */
export interface Tap {
  /** What the broker hears: hand it to {@link openBroker}. */
  readonly ear: BusListener;
  /** What the platform says. */
  say(topic: string, text: string): void;
  /** A platform listens from now on, or none; it is told who is there, as a broker's retained states do. */
  attach(listener: BusListener | undefined): void;
  /** Says this in the place's stead, behind all faults. */
  tell(topic: string, text: string): void;
  /** Calls `act` with each message about an order that is about to arrive, on either side. */
  onArrival(act: (message: Message) => void): void;
  /** The broker has gone: nobody is connected, and nothing of what it kept is left. */
  brokerGone(): void;
  /** Resolves when the place has connected again, under a new session. */
  comesBack(place: string): Promise<void>;
  /** The platform is told that the place is gone, though it may live and know nothing of it. */
  takeForDead(place: string): void;
  /** It was, and has not connected again since. */
  isTakenForDead(place: string): boolean;
  /** Whoever has ever said who it is. */
  places(): Iterable<string>;
  /** The place is about to connect again: it is waited for. */
  awaitBirth(place: string): void;
  isThere(place: string): boolean;
  /** Somebody is at work on a request. */
  busy(): boolean;
  /** The process at the place is gone: nobody works at what it was asked. */
  forget(place: string): void;
}

export interface TapOptions {
  plan: FaultPlan;
  names: Names;
  /** The platform's questions never arrive. */
  withoutInquiry: boolean;
  time: Time;
  lines: Lines;
  send: (topic: string, text: string) => void;
}

/** The line a place hangs on: a station's devices share the station's. */
export const lineOf = (place: Place) => (place.kind === 'device' ? place.outlet : nameOf(place));

export function createTap({ plan, names, withoutInquiry, time, lines, send }: TapOptions): Tap {
  const retained = new Map<string, string>();
  const there = new Map<string, boolean>();
  const takenForDead = new Set<string>();
  const epochs = new Map<string, string>();
  const waiting: { place: string; resolve: () => void }[] = [];
  const requests = createOpenRequests();
  const watchers: ((message: Message) => void)[] = [];
  let platform: BusListener | undefined;

  const arrive = (way: Way, topic: string, text: string, message: Message | undefined) => {
    if (message) for (const act of watchers) act(message);
    if (way === 'up') return platform?.message(topic, Buffer.from(text));
    if (message && there.get(message.place)) requests.sent(message);
    send(topic, text);
  };

  const carry = (way: Way, topic: string, text: string, message?: Message) => {
    const parsed = parseTopic(topic);
    if (!parsed) return arrive(way, topic, text, message);
    lines.carry(lineOf(parsed.place), way, () => arrive(way, topic, text, message));
  };

  /** Lets the faults have what is about an order; the rest passes. */
  const pass = (way: Way, topic: string, text: string) => {
    const message = messageIn(topic, text);
    if (way === 'up' && message) requests.answered(message);
    if (!message) return carry(way, topic, text);
    if (withoutInquiry && message.name.endsWith('.inquire')) return;
    let said = text;
    let late = 0;
    let lost = false;
    for (const { index, fault } of plan.onMessage(message.order, message.name)) {
      plan.hit(index, []);
      if (fault.fault === 'CAR-WRONG') said = spoil(said, fault.how);
      else if (fault.fault === 'NET-DUP') time.after(fault.afterMs, () => carry(way, topic, said, message));
      else if (fault.fault === 'NET-DELAY') late += fault.byMs;
      else lost = true;
    }
    if (lost) return;
    if (late > 0) time.after(late, () => carry(way, topic, said, message));
    else carry(way, topic, said, message);
  };

  const messageIn = (topic: string, text: string): Message | undefined => {
    const parsed = parseTopic(topic);
    const read = parsed && decode(text);
    if (!parsed || !read?.ok || read.envelope.correlation === undefined) return undefined;
    const order = names.nameOf(read.envelope.correlation);
    const name = MESSAGES.find((known) => `yizhan.${known}` === read.envelope.type);
    if (!order || !name) return undefined;
    return { place: nameOf(parsed.place), topic, text, name, order, envelope: read.envelope };
  };

  const noteState = (topic: string, text: string) => {
    const parsed = parseTopic(topic);
    if (parsed?.leaf !== 'state') return;
    retained.set(topic, text);
    const read = decode(text);
    if (!read.ok) return;
    const name = nameOf(parsed.place);
    const { online, epoch } = read.envelope.data as PlaceState;
    there.set(name, online);
    if (!online) return requests.forget(name);
    if (epochs.get(name) === epoch) return;
    epochs.set(name, epoch);
    takenForDead.delete(name);
    for (const entry of waiting.filter(({ place }) => place === name)) {
      waiting.splice(waiting.indexOf(entry), 1);
      entry.resolve();
    }
  };

  const deathOf = (topic: string): string | undefined => {
    const read = decode(retained.get(topic) ?? '');
    if (!read.ok) return undefined;
    const data = { ...(read.envelope.data as PlaceState), online: false, sequence: Number.MAX_SAFE_INTEGER };
    return encode({ ...read.envelope, id: `${data.epoch}-will`, data });
  };

  return {
    ear: {
      message(topic, payload) {
        const text = Buffer.from(payload).toString();
        noteState(topic, text);
        pass('up', topic, text);
      },
      up: () => platform?.up(),
      down: (reason) => platform?.down(reason),
    },
    say: (topic, text) => (topic === TIME_TOPIC ? send(topic, text) : pass('down', topic, text)),
    attach(listener) {
      platform = listener;
      if (!listener) return;
      for (const [topic, text] of retained) carry('up', topic, text);
      listener.up();
    },
    tell: (topic, text) => carry('up', topic, text),
    onArrival: (act) => void watchers.push(act),
    brokerGone() {
      retained.clear();
      for (const place of there.keys()) there.set(place, false);
      requests.clear();
    },
    comesBack: (place) => new Promise((resolve) => waiting.push({ place, resolve })),
    takeForDead(place) {
      const at = placeOfName(place);
      const topic = at && topicOf(at, 'state');
      const will = topic && deathOf(topic);
      if (!will) return;
      takenForDead.add(place);
      platform?.message(topic, Buffer.from(will));
    },
    isTakenForDead: (place) => takenForDead.has(place),
    places: () => there.keys(),
    awaitBirth: (place) => void there.set(place, false),
    isThere: (place) => there.get(place) === true,
    busy: requests.any,
    forget: requests.forget,
  };
}
