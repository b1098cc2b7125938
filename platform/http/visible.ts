import { authorize } from '../core/authorize.ts';
import type { Order } from '../core/order.ts';
import type { State } from '../core/state.ts';
import type { PlatformApi } from './platform.ts';
import { Refused } from './problem.ts';
import type { Person } from './sessions.ts';

/** May this person see the order: as one of the places they may read, or as one that their own office took? */
export function isVisible(state: State, who: Person, order: Order): boolean {
  if (authorize(state, who, 'readOrders', order.outlet)) return true;
  return order.by.organisation === who.organisation && authorize(state, who, 'readOrders', who.organisation);
}

/** The order with this id. Throws notFound for another outlet's as well: nobody learns that it exists (ACC-03). */
export async function visibleOrder(
  platform: PlatformApi,
  who: Person,
  id: string | undefined,
  asked: string,
): Promise<Order> {
  const order = id === undefined ? undefined : await platform.order(id);
  if (order && (await platform.read((state) => isVisible(state, who, order)))) return order;
  throw new Refused('platform.notFound', { detail: asked });
}
