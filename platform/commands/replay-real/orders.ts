import { DAY, MINUTE } from '../../../contracts/time.ts';
import type { FaultPlan } from '../../../simulators/world/fault-plan.ts';
import { type Names, OFFICE, outletOf } from '../../../simulators/world/names.ts';
import type { OrderPlan, Scenario } from '../../../simulators/world/scenario.ts';
import { instantOf, startOf } from '../../../simulators/world/scenario-time.ts';
import { businessDateAt, cutOf } from '../../core/calendar.ts';
import { CUT_AFTER } from '../../core/flows/day.ts';
import type { Counter, Deed } from './counter.ts';
import type { Host } from './host.ts';
import type { PrinterPlace } from './printer-place.ts';
import type { Time } from './time.ts';

/** Where people stand: an outlet's teller, or the office's clerk. */
export interface Desk {
  counter: Counter;
  printer: PrinterPlace;
}

/** Everything that people of the scenario do, each at its instant. Returns what lets somebody begin another order. */
export function schedulePeople(options: {
  scenario: Scenario;
  time: Time;
  plan: FaultPlan;
  names: Names;
  host: Host;
  desk: (outlet: string) => Desk;
  work: (act: () => Promise<void>) => void;
}): (order: OrderPlan) => void {
  const { scenario, time, plan, names, host, desk, work } = options;
  const insist = !scenario.world.without?.includes('clientRetry');
  const placeOf = (order: OrderPlan) => (order.do === 'topup' ? outletOf(order.station) : OFFICE);

  const deedOf = (order: OrderPlan, id: string, name: string): Deed => {
    const common = { order: name, insist };
    switch (order.do) {
      case 'topup': {
        const { account, fen, again } = order;
        const asked = { id, service: 'mobile-topup', fields: { phone: account }, amountFen: fen };
        return { ...common, path: '/api/payments', body: again ? { ...asked, again } : asked };
      }
      case 'credit':
        return {
          ...common,
          path: '/api/credit/purchases',
          body: { id, outlet: outletOf(order.station), amountFen: order.fen },
        };
      case 'void':
        return { ...common, path: `/api/credit/purchases/${names.idOf(order.of) ?? id}/void`, body: { id } };
      case 'card':
      case 'cardVoid':
        throw new Error(`order «${order.name}» is on a meter card: such orders are left out before`);
    }
  };

  const submit = (order: OrderPlan) => {
    const { counter, printer } = desk(placeOf(order));
    const deed = deedOf(order, names.idOf(order.name) ?? '', order.name);
    counter.act(deed);
    for (const { index, fault } of plan.ofOrder(order.name, 'KSK-DOUBLE'))
      time.after(fault.afterMs, () => {
        plan.hit(index, []);
        if (!fault.newId) return counter.repeat(deed);
        const name = `${order.name}/2`;
        counter.act(deedOf(order, names.mint(name, time.now()), name));
      });
    for (const { index, fault } of plan.ofOrder(order.name, 'KSK-CRASH'))
      time.after(fault.afterMs, () => {
        plan.hit(index, []);
        const power = (on: boolean) => {
          counter.power(on);
          work(() => printer.power(on));
        };
        power(false);
        time.mendAfter(fault.forMs, () => power(true));
      });
  };

  for (const order of scenario.orders)
    time.at(instantOfOrder(scenario, plan, order), () => {
      for (const { index } of plan.ofOrder(order.name, 'CUT-RACE')) plan.hit(index, []);
      submit(order);
    });
  for (const operation of scenario.operations)
    time.at(instantOf(scenario, operation.at), () => {
      if (operation.do === 'cutDay') return host.cutDay();
      const planned = scenario.orders.find(({ name }) => name === operation.of);
      const id = names.idOf(operation.of);
      if (!planned || !id) return;
      const what = operation.do === 'reprint' ? 'reprint' : 'inquiry';
      desk(placeOf(planned)).counter.act({ path: `/api/orders/${id}/${what}`, body: {}, insist: false });
    });
  return (order) => {
    names.mint(order.name, time.now());
    submit(order);
  };
}

/** When somebody stands at the counter with it, in ms. */
export function instantOfOrder(scenario: Scenario, plan: FaultPlan, order: OrderPlan): number {
  const [race] = plan.ofOrder(order.name, 'CUT-RACE');
  if (!race) return instantOf(scenario, order.at);
  const cut = cutOf(businessDateAt(startOf(scenario), CUT_AFTER), CUT_AFTER);
  const isPast = cut <= instantOf(scenario, order.at) - MINUTE;
  return cut + (isPast ? DAY : 0) + race.fault.byMs;
}
