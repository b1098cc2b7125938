import type { Chronicle } from './chronicle.ts';
import { lotBetween } from './keyed.ts';
import type { Locations } from './location.ts';
import type { PlatformNode } from './platform-node.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Wire } from './wire.ts';

export interface BrokerOptions {
  seed: number;
  time: VirtualTime;
  chronicle: Chronicle;
  wire: Wire;
  locations: Locations;
  platform: () => PlatformNode;
}

export interface Broker {
  readonly isUp: boolean;
  /** To the platform: what it keeps, or says of somebody who is gone. */
  says(topic: string, text: string): void;
  /** What it keeps of everybody. */
  saysKept(): void;
  /** It ends, with every connection; with or without what it keeps. */
  stop(losesRetained: boolean): void;
  /** It is back; everybody connects again, each in its own time. */
  back(): void;
}

/** The broker between the platform and the places: whatever it has not passed on when it ends is lost. */
export function createBroker({ seed, time, chronicle, wire, locations, platform }: BrokerOptions): Broker {
  let isUp = true;

  function says(topic: string, text: string): void {
    if (!isUp) return;
    wire.send({
      line: 'broker>',
      from: 'broker',
      to: 'platform',
      text,
      message: undefined,
      order: undefined,
      deliver: (arrived) => isUp && platform().receive(topic, arrived),
    });
  }

  function saysKept(): void {
    for (const { node } of locations.values())
      if (node.retained !== undefined) says(node.stateTopic, node.retained);
  }

  return {
    get isUp() {
      return isUp;
    },
    says,
    saysKept,
    stop(losesRetained) {
      chronicle.note(() => ({ lane: 'broker', what: 'restart' }));
      for (const { node } of locations.values()) node.hearLastBeat();
      for (const { node } of locations.values()) {
        node.beat();
        node.drop(false, false);
        if (losesRetained) node.forget();
      }
      isUp = false;
    },
    back() {
      isUp = true;
      chronicle.note(() => ({ lane: 'broker', what: 'back' }));
      if (platform().up) saysKept();
      for (const { node } of locations.values())
        time.after(lotBetween(seed, `${node.name} back ${time.now()}`, 200, 10_000), () => node.connect());
    },
  };
}
