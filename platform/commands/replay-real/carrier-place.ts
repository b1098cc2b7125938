import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { nameOf } from '../../../contracts/topics.ts';
import type { Books } from '../../../simulators/counterparts/carrier/books.ts';
import { type Conduct, createConduct } from '../../../simulators/counterparts/carrier/conduct.ts';
import {
  CARRIER_PLACE,
  type RunningCarrier,
  startCarrier,
} from '../../../simulators/counterparts/carrier/start.ts';
import { CONDUCT_FAULTS, conductBy } from '../../../simulators/world/carrier-conduct.ts';
import type { FaultPlan } from '../../../simulators/world/fault-plan.ts';
import type { OrderPlan } from '../../../simulators/world/scenario.ts';
import type { Broker } from './broker.ts';
import type { Tap } from './tap.ts';
import type { Time } from './time.ts';

export const CARRIER_NAME = nameOf(CARRIER_PLACE);

export interface CarrierPlace {
  isUp(): boolean;
  busy(): boolean;
  books(): Books;
  /** Its process dies, with or without its journal. */
  crash(losesJournal: boolean): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The simulated carrier with its adapter, which behaves with each order as the scenario says. */
export async function openCarrier(options: {
  broker: Broker;
  folder: string;
  time: Time;
  /** Its own clock is wrong by so much, in ms. */
  skew: number;
  tap: Tap;
  plan: FaultPlan;
  orders: readonly OrderPlan[];
}): Promise<CarrierPlace> {
  const { broker, time, skew, tap, plan, orders } = options;
  const folder = join(options.folder, 'carrier');
  mkdirSync(folder, { recursive: true });
  const start = () =>
    startCarrier({
      url: broker.url,
      password: broker.secretOf(CARRIER_NAME),
      folder,
      clock: { now: () => time.now() + skew, after: (ms, act) => time.clock.at(time.now() + ms, act) },
    });
  let running: RunningCarrier | undefined = await start();
  let { books } = running;

  const usual = createConduct();
  const asked = new Set<string>();
  // One rule for each request that arrives, just before it does: so each order has its own, whatever number it is about.
  tap.onArrival(({ name, order, envelope: { key = '' } }) => {
    const planned = orders.find((known) => known.name === order);
    if (name !== 'carrier.perform' || planned?.do !== 'topup' || !running || asked.has(key)) return;
    asked.add(key);
    const { account, conduct = usual({ key, account: planned.account }) } = planned;
    running.inject({ account, times: 1, conduct: faultyConduct(plan, order) ?? conduct });
  });

  const stop = async () => {
    const stopped = running;
    running = undefined;
    tap.forget(CARRIER_NAME);
    await stopped?.close();
  };
  return {
    isUp: () => running !== undefined,
    busy: () => running?.writing() === true,
    books: () => running?.books ?? books,
    async crash(losesJournal) {
      await stop();
      if (losesJournal) rmSync(join(folder, 'china-mobile.keys.jsonl'), { force: true });
    },
    async restart() {
      if (running) return;
      running = await start();
      books = running.books;
    },
    close: stop,
  };
}

/** The conduct that a fault of the scenario gives the carrier with this order. */
function faultyConduct(plan: FaultPlan, order: string): Conduct | undefined {
  const [planned] = plan.ofOrder(order, ...CONDUCT_FAULTS);
  if (!planned) return undefined;
  plan.hit(planned.index, []);
  return conductBy(planned.fault);
}
