import type { Actor } from './order.ts';
import type { Role, State } from './state.ts';
import { isRevoked } from './stations.ts';

/** Who is asking. `system` is the platform itself and whoever set it up. */
export type Principal = { kind: 'system' } | ({ kind: 'person'; role: Role } & Actor);

export type Action =
  | 'pay'
  | 'workOnCard'
  | 'takeBack'
  | 'inquire'
  | 'reprint'
  | 'readCredit'
  | 'readOrders'
  | 'buyCredit'
  | 'voidCredit'
  | 'resolve'
  | 'signIn'
  | 'readHealth'
  | 'manageStations'
  | 'register'
  | 'cutDay';

/** ACC-03: what each role may do, in places it may act in (its own organisation and what lies below it in the tree). */
const RIGHTS: Record<Role, readonly Action[]> = {
  teller: ['pay', 'workOnCard', 'takeBack', 'inquire', 'reprint', 'readCredit', 'readOrders', 'signIn'],
  supervisor: ['pay', 'workOnCard', 'takeBack', 'inquire', 'reprint', 'readCredit', 'readOrders', 'signIn'],
  clerk: ['buyCredit', 'voidCredit', 'readCredit', 'reprint', 'readOrders', 'signIn'],
  // A card is brought to another outlet when its own has closed for good: then only they can take the order back.
  administrator: [
    'takeBack',
    'inquire',
    'readCredit',
    'readOrders',
    'resolve',
    'readHealth',
    'manageStations',
    'signIn',
  ],
};

/** A postal counter sells credit to any outlet: there, its place is the outlet that stands before it, not the tree. */
const ANY_OUTLET: readonly Action[] = ['buyCredit', 'voidCredit', 'readCredit'];

/** A card is read and finished at whatever counter its customer comes to (CAR-07). */
const ANY_COUNTER: readonly Action[] = ['workOnCard'];

/**
 * The one gate of every command and read: may this principal do this at this place (an organisation's code)?
 * A credit order belongs to the clerk's office as well as to the outlet.
 */
export function authorize(state: State, who: Principal, action: Action, place: string): boolean {
  if (who.kind === 'system') return true;
  if (isRevoked(state, who.organisation, who.station)) return false;
  if (!RIGHTS[who.role].includes(action)) return false;
  if (who.role === 'clerk' && ANY_OUTLET.includes(action)) return true;
  if (ANY_COUNTER.includes(action)) return true;
  if (who.role === 'administrator') return isWithin(state, place, who.organisation);
  return place === who.organisation;
}

/** Does this organisation stand at or below `root` in the tree? */
export function isWithin(state: State, code: string, root: string): boolean {
  for (let at: string | undefined = code; at !== undefined; at = state.organisations.get(at)?.parent)
    if (at === root) return true;
  return false;
}
