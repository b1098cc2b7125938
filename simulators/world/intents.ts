import type { CardSeen } from '../../platform/core/input.ts';
import type { Intent } from '../checker/observation.ts';
import type { Customer } from './customers.ts';
import { type Names, outletOf } from './names.ts';
import type { OrderPlan } from './scenario.ts';
import type { OrderCommand } from './station-node.ts';

/** An order without a card. */
export type PlainPlan = Exclude<OrderPlan, { do: 'card' | 'cardVoid' }>;

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

/** What the customer with a meter card wants. */
export function cardIntent(
  name: string,
  id: string,
  order: Extract<OrderPlan, { do: 'card' | 'cardVoid' }>,
  { meterNo, chip }: Customer,
  seen: CardSeen,
  names: Names,
): Intent {
  const { do: what, station } = order;
  const isPurchase = order.do === 'card';
  return {
    ...intentOf(name, id, {
      do: what,
      station,
      account: meterNo,
      ...(isPurchase ? { fen: order.fen } : { of: names.idOf(order.of) ?? '' }),
    }),
    card: { serial: chip.serial, count: seen.wallet.count + (isPurchase ? 1 : -1) },
  };
}

/** What the teller sends for it, with the card as it was read a moment before. */
export function cardCommandOf(
  id: string,
  order: Extract<OrderPlan, { do: 'card' | 'cardVoid' }>,
  seen: CardSeen,
  purchase: { order: string; fen: number } | undefined,
): OrderCommand | undefined {
  if (order.do === 'card') return { type: 'buyOnCard', id, card: seen, amountFen: order.fen };
  return (
    purchase && {
      type: 'voidOnCard',
      id,
      purchase: purchase.order,
      customerNo: seen.customerNo,
      amountFen: purchase.fen,
    }
  );
}

/** The intent of an order of the scenario, under this name and id. */
export function plannedIntent(name: string, id: string, order: PlainPlan, names: Names): Intent {
  const { do: what, station } = order;
  const more = order.do === 'void' ? { of: names.idOf(order.of) ?? '' } : { fen: order.fen };
  const account = order.do === 'topup' ? { account: order.account } : {};
  return intentOf(name, id, { do: what, station, ...more, ...account });
}

/** What the station sends for it. */
export function commandOf(id: string, order: PlainPlan, names: Names): OrderCommand {
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
