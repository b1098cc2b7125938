import { formatLocal } from '../../platform/core/calendar.ts';
import type { Observer } from '../checker/observation.ts';
import type { Card } from '../devices/cards/chip.ts';
import { returnFile } from '../devices/cards/meter-files.ts';
import { createPurchaseCard, imageOf, type PurchaseCard } from '../devices/cards/purchase-card.ts';
import { insertIntoMeter, type MeterState } from '../devices/meter/meter.ts';
import type { Chronicle } from './chronicle.ts';
import type { FaultPlan } from './fault-plan.ts';
import { lotBetween } from './keyed.ts';
import type { OrderPlan, Scenario } from './scenario.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface Customer {
  no: number;
  customerNo: string;
  meterNo: string;
  card: Card;
  chip: PurchaseCard;
  meter: MeterState;
  /** Counts the ways home: only the last one ends at the meter. */
  goingHome: number;
  /** Gone with the card, and nobody knows whereto. */
  isOut: boolean;
}

export interface Customers {
  all: readonly Customer[];
  /** Another card than anybody's who buys here. */
  stranger: Card;
  /** Who comes for this order. */
  of(plan: OrderPlan): Customer | undefined;
  planOf(name: string): Extract<OrderPlan, { do: 'card' | 'cardVoid' }> | undefined;
  /** The card goes into the meter at home. */
  insert(customer: Customer): void;
  /** What is on the card of the customer of this number. */
  walletOf(no: number): { count: number; amountFen: number } | undefined;
  /** The meter has seen whatever is on the card. */
  isHome(customer: Customer): boolean;
}

/** Whether anybody comes with a meter card: without, no reader and no utility is in the world. */
export const hasCards = ({ orders }: Scenario) => orders.some((order) => order.do === 'card');

export interface CustomersOptions {
  scenario: Scenario;
  time: VirtualTime;
  plan: FaultPlan;
  observer: Observer;
  chronicle: Chronicle;
}

const two = (n: number, digits: number) => String(n).padStart(digits, '0');

/** Everybody of the scenario who has a meter card, with the card and the meter; what they carry depends on nothing but the seed. */
export function createCustomers(options: CustomersOptions): Customers {
  const { scenario, time, plan, observer, chronicle } = options;
  const plans = new Map(scenario.orders.map((order) => [order.name, order]));
  const numbers = new Set(scenario.orders.flatMap((order) => (order.do === 'card' ? [order.customer] : [])));
  const all = [...numbers].sort((a, b) => a - b).map((no) => customerOf(scenario.seed, no, forgets(no)));

  /** The card that lies uninserted since its last purchase: what `CARD-COUNTER` says of one of the customer's orders. */
  function forgets(no: number): boolean {
    return scenario.orders.some(
      (order) =>
        order.do === 'card' && order.customer === no && plan.ofOrder(order.name, 'CARD-COUNTER').length > 0,
    );
  }

  function tell(customer: Customer): void {
    const image = imageOf(customer.chip);
    const { wallet, returned } = image ?? {};
    chronicle.digest(`card ${customer.no} ${JSON.stringify(image)}`);
    observer.card(
      time.now(),
      customer.chip.serial,
      wallet && { ...wallet, ...(returned ? { returnedCount: returned.count } : {}) },
    );
  }
  for (const customer of all) {
    customer.chip.onChange = () => tell(customer);
    tell(customer);
  }

  const planOf = (name: string) => {
    // Whoever presses again makes another name.
    const found = plans.get(name.split('/')[0] ?? name);
    return found?.do === 'card' || found?.do === 'cardVoid' ? found : undefined;
  };

  return {
    all,
    stranger: { name: '别人的电卡', chip: customerOf(scenario.seed, 0, false).chip },
    planOf,
    of(order) {
      const purchase = order.do === 'cardVoid' ? plans.get(order.of) : order;
      return purchase?.do === 'card' ? all.find(({ no }) => no === purchase.customer) : undefined;
    },
    walletOf: (no) => {
      const customer = all.find((each) => each.no === no);
      return customer && imageOf(customer.chip)?.wallet;
    },
    insert(customer) {
      const { chip, meter } = customer;
      const { creditedFen, error, shown } = insertIntoMeter(meter, chip, minuteOf(time.now()));
      chronicle.digest(`meter ${customer.no} ${creditedFen} ${error ?? ''}`);
      chronicle.note(() => ({ lane: `meter ${customer.no}`, what: 'takes the card', detail: shown }));
      observer.meter(time.now(), meter.meterNo, chip.serial, creditedFen, shown);
    },
    isHome({ chip, meter }) {
      const image = imageOf(chip);
      return image === undefined || image.wallet.count <= meter.count;
    },
  };
}

function customerOf(seed: number, no: number, forgets: boolean): Customer {
  const customerNo = `5101${two(no, 8)}`;
  const meterNo = `0001${two(no, 8)}`;
  const serial = `00510100${two(no, 8)}`;
  const count = lotBetween(seed, `card ${no} count`, 1, 40);
  const amountFen = 100 * lotBetween(seed, `card ${no} amount`, 10, 300);
  const balanceFen = lotBetween(seed, `card ${no} balance`, 0, 20_000);
  const layout = lotBetween(seed, `card ${no} layout`, 0, 1) === 0 ? '2009' : '2013';
  const meter = { meterNo, customerNo, cardSerial: serial, isOpen: true, count, balanceFen };
  const written = { meterNo, customerNo, balanceFen, count, at: '2611010800' };
  const chip = createPurchaseCard({
    serial,
    layout,
    parameters: { meterNo, customerNo, kind: 'purchase' },
    wallet: { count, amountFen },
    ...(forgets ? {} : { returned: returnFile(layout, written) }),
  });
  if (forgets) meter.count--;
  const card = { name: `电卡 ${no}`, chip };
  return { no, customerNo, meterNo, card, chip, meter, goingHome: 0, isOut: false };
}

/** `2611230805`, as a meter writes it. */
const minuteOf = (ms: number) => formatLocal(ms).replace(/\D/g, '').slice(2, 12);
