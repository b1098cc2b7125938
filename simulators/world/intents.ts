import type { Intent } from '../checker/observation.ts';
import { type Names, outletOf } from './names.ts';
import type { OrderPlan } from './scenario.ts';
import type { OrderCommand } from './station-node.ts';

/** What a person wants, as whoever stands at the counter sees it; `fen` 0 and `account` empty where there is none. */
export function intentOf(
  name: string,
  order: string,
  asked: { do: Intent['do']; station: number; account?: string; fen?: number; of?: string },
): Intent {
  return {
    order,
    name,
    outlet: outletOf(asked.station),
    station: '1',
    do: asked.do,
    account: asked.account ?? '',
    fen: asked.fen ?? 0,
    ...(asked.of ? { of: asked.of } : {}),
  };
}

/** The intent of an order of the scenario, under this name and id. */
export function plannedIntent(name: string, id: string, order: OrderPlan, names: Names): Intent {
  const { do: what, station } = order;
  const more = order.do === 'void' ? { of: names.idOf(order.of) ?? '' } : { fen: order.fen };
  const account = order.do === 'topup' ? { account: order.account } : {};
  return intentOf(name, id, { do: what, station, ...more, ...account });
}

/** What the station sends for it. */
export function commandOf(id: string, order: OrderPlan, names: Names): OrderCommand {
  switch (order.do) {
    case 'topup': {
      const { account, fen } = order;
      return {
        type: 'pay',
        id,
        service: 'mobile-topup',
        fields: { phone: account },
        amountFen: fen,
        ...(order.again ? { again: true } : {}),
      };
    }
    case 'credit':
      return { type: 'buyCredit', id, outlet: outletOf(order.station), amountFen: order.fen };
    case 'void':
      return { type: 'voidCredit', id, purchase: names.idOf(order.of) ?? order.of };
  }
}
