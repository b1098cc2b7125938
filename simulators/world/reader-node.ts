import { cardReader as readerClass } from '../../contracts/devices/card-reader.ts';
import type { Behaviour } from '../../contracts/endpoint/behaviour.ts';
import type { Place } from '../../contracts/topics.ts';
import { createCardReaderDriver } from '../../drivers/card-reader/driver.ts';
import type { Chronicle } from './chronicle.ts';
import { msOf } from './duration.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Names } from './names.ts';
import { createPlaceNode, type PlaceNode } from './place-node.ts';
import type { PlacePorts } from './place-ports.ts';
import { type Bay, type CardMishap, readerModel } from './reader-model.ts';
import type { VirtualTime } from './virtual-time.ts';
import { correlationOf } from './wire.ts';

export interface ReaderNode {
  place: PlaceNode;
  bay: Bay;
}

export interface ReaderNodeOptions {
  place: Place;
  lane: string;
  ports: PlacePorts;
  time: VirtualTime;
  plan: FaultPlan;
  names: Names;
  chronicle: Chronicle;
  cardColumnOf(order: string): string;
  untilHealed(ms: number): number;
  isDead(): void;
  /** The order's card is out, and comes back after so long, ms; `undefined`: its customer is gone with it. */
  pulled(order: string, forMs: number | undefined): void;
  /** Another customer's card lies there for so long. */
  swapped(order: string, forMs: number | undefined): void;
}

/** One reading or writing for an order, from its request to its answer. */
interface Work {
  order: string | undefined;
  during: 'read' | 'write';
  nth: number;
  commands: number;
}

/** A station's card reader with its driver; the card in it and what is on it outlive every death of the driver's process. */
export function createReaderNode(options: ReaderNodeOptions): ReaderNode {
  const { place, lane, ports, time, plan, names, chronicle, cardColumnOf, untilHealed } = options;
  const bay: Bay = { card: undefined, changed() {} };
  const counts = new Map<string, number>();
  /** What the driver has been asked for, in its order: it does one after the other. */
  let works: Work[] = [];
  /** The order that the message which is just coming in is about. */
  let arriving: string | undefined;

  function begin(during: Work['during'], order: string | undefined): Work {
    const key = `${order} ${during}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    const work = { order, during, nth, commands: 0 };
    works.push(work);
    if (during === 'read' && order !== undefined) swap(order, nth);
    return work;
  }

  function swap(order: string, nth: number): void {
    for (const { index, fault } of plan.ofOrder(order, 'CARD-SWAP'))
      if ((fault.nth ?? 1) === nth && !plan.hasHit(index) && bay.card) {
        plan.hit(index, [cardColumnOf(order)]);
        options.swapped(order, lasting(fault.forMs));
      }
  }

  const lasting = (forMs: number | 'ever'): number | undefined => {
    const ms = msOf(forMs);
    return ms === undefined ? undefined : untilHealed(ms);
  };

  function mishap(): CardMishap | undefined {
    const work = works[0];
    if (work?.order === undefined) return undefined;
    const { order, during, nth } = work;
    work.commands++;
    const [found] = plan
      .ofOrder(order, 'CARD-PULL', 'CARD-BAD', 'RDR-CRASH', 'RDR-UNPLUG')
      .filter(
        ({ index, fault }) =>
          (fault.nth ?? 1) === nth &&
          fault.command === work.commands &&
          ('during' in fault ? fault.during : 'write') === during &&
          !plan.hasHit(index),
      );
    if (!found) return undefined;
    const { index, fault } = found;
    const happened = () => {
      plan.hit(index, [cardColumnOf(order)]);
      chronicle.note(() => ({ lane, what: fault.fault, order, fault: index }));
    };
    switch (fault.fault) {
      case 'CARD-PULL':
        return {
          what: 'pull',
          bytes: fault.bytes ?? 0,
          pulled() {
            happened();
            options.pulled(order, lasting(fault.forMs));
          },
        };
      case 'CARD-BAD':
        return { what: 'flaw', how: fault.how, happened };
      case 'RDR-CRASH':
        return { what: 'crash', happened: after(happened, () => dies(lasting(fault.forMs))) };
      case 'RDR-UNPLUG':
        return { what: 'unplug', happened: after(happened, () => unplug(lasting(fault.forMs))) };
    }
  }

  function dies(forMs: number | undefined): void {
    place_.kill();
    if (forMs === undefined) return options.isDead();
    time.after(forMs, () => place_.start());
  }

  let driver: ReturnType<typeof createCardReaderDriver> | undefined;

  function unplug(forMs: number | undefined): void {
    // Nobody plugs it in again: then nobody runs its driver either.
    if (forMs === undefined) return dies(undefined);
    const own = driver;
    own?.lost('the plug is out');
    time.after(forMs, () => own === driver && own?.opened());
  }

  const place_: PlaceNode = createPlaceNode(
    place,
    readerClass,
    (life) => {
      works = [];
      const own = createCardReaderDriver({
        create: readerModel({ time, bay, isOver: life.isOver, mishap }),
        port: {
          write() {},
          setTimer() {},
          statusChanged: () => !life.isOver() && place_.statusChanged(),
          reopen() {
            time.after(REOPENS, () => !life.isOver() && own === driver && own.opened());
          },
        },
      });
      driver = own;
      time.after(REOPENS, () => !life.isOver() && own.opened());
      return watched(own, life.hearTime);
    },
    ports,
  );

  /** The driver itself; only noted is for whom it works. */
  function watched(own: Behaviour, hearTime: () => void): Behaviour {
    return {
      ...own,
      command(command) {
        if (command.operation !== 'write') return own.command(command);
        const work = begin('write', names.nameOf(command.key.slice(0, 26)));
        own.command({
          ...command,
          late() {
            hearTime();
            return command.late();
          },
          complete(completion) {
            works = works.filter((each) => each !== work);
            command.complete(completion);
          },
        });
      },
      question(question) {
        if (question.operation !== 'read') return own.question(question);
        const work = begin('read', arriving);
        own.question({
          ...question,
          answer(completion) {
            works = works.filter((each) => each !== work);
            question.answer(completion);
          },
        });
      },
    };
  }

  return {
    bay,
    place: {
      ...place_,
      receive(topic, text) {
        const id = correlationOf(text);
        arriving = id === undefined ? undefined : names.nameOf(id);
        place_.receive(topic, text);
      },
      // A spread would read these once.
      get alive() {
        return place_.alive;
      },
      get online() {
        return place_.online;
      },
      get retained() {
        return place_.retained;
      },
    },
  };
}

const after = (first: () => void, then: () => void) => () => {
  first();
  then();
};

/** How soon a driver connects to its reader, ms. */
const REOPENS = 500;
