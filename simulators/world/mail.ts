import type { Broker } from './broker.ts';
import type { Chronicle } from './chronicle.ts';
import { repeated } from './contrary.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Locations } from './location.ts';
import type { Names } from './names.ts';
import type { PlatformNode } from './platform-node.ts';
import type { VirtualTime } from './virtual-time.ts';
import { correlationOf, messageOf, type Wire } from './wire.ts';

export interface MailOptions {
  time: VirtualTime;
  plan: FaultPlan;
  names: Names;
  chronicle: Chronicle;
  wire: Wire;
  locations: Locations;
  broker: Broker;
  platform: () => PlatformNode;
  columnOf(order: string): string;
  /** Whether any fault may wait for a message. */
  hasFaults: boolean;
}

/** The messages between the platform and the places: over a place's line, through the broker, along the wire. */
export interface Mail {
  /** What a place says. */
  up(name: string, topic: string, text: string): void;
  /** What the platform says to a place. */
  down(name: string, topic: string, text: string): void;
  /** The time, to one who has just come; what is sent to it afterwards comes afterwards. */
  tellTime(name: string, text: string): void;
}

export function createMail(options: MailOptions): Mail {
  const { time, plan, names, chronicle, wire, locations, broker, platform, columnOf, hasFaults } = options;

  /** Nobody looks into a message that nobody waits for: there are very many of them. */
  function parcelOf(line: string, from: string, to: string, text: string) {
    const needed = chronicle.kept || hasFaults;
    const message = needed || text.includes('.inquire"') ? messageOf(text) : undefined;
    const id = needed && message ? correlationOf(text) : undefined;
    return { line, from, to, text, message, order: id === undefined ? undefined : names.nameOf(id) };
  }

  return {
    up(name, topic, text) {
      const place = locations.get(name);
      if (!place) return;
      place.line.pass('up', () => {
        if (!broker.isUp) return;
        const parcel = parcelOf(`${name}>`, place.lane, 'platform', text);
        const deliver = (arrived: string) => broker.isUp && platform().receive(topic, arrived);
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
    },
    down(name, topic, text) {
      const place = locations.get(name);
      if (!place || !broker.isUp) return;
      const parcel = parcelOf(`${name}<`, 'platform', place.lane, text);
      const deliver = (arrived: string) => {
        place.line.pass('down', () => {
          if (!broker.isUp) return;
          if (place.skew !== undefined && parcel.order !== undefined) plan.hit(place.skew, ['idle']);
          place.node.receive(topic, arrived);
        });
      };
      wire.send({ ...parcel, deliver });
    },
    tellTime(name, text) {
      const place = locations.get(name);
      if (!place) return;
      wire.send({
        ...parcelOf(`${name}<`, 'platform', place.lane, text),
        deliver: (arrived) => place.line.pass('down', () => place.node.hearTime(arrived)),
      });
    },
  };
}
