import type { MeterCard } from '../../contracts/devices/card-reader.ts';
import type { Envelope } from '../../contracts/envelope.ts';
import type { Leaf, Place } from '../../contracts/topics.ts';
import type { Principal } from './authorize.ts';
import { findOrder, type Organisation, type Person, type State, type Station } from './state.ts';

/** What a person or the platform asks for. Ids are minted where the order is born, and repeated with every retry. */
export type Command =
  | {
      type: 'pay';
      id: string;
      service: string;
      fields: { [name: string]: string };
      amountFen: number;
      again?: boolean;
    }
  | { type: 'buyCredit'; id: string; outlet: string; amountFen: number }
  | { type: 'voidCredit'; id: string; purchase: string }
  /** For the card that was read a moment ago; what it says now is read again before it is written. */
  | { type: 'buyOnCard'; id: string; card: CardSeen; amountFen: number }
  | { type: 'voidOnCard'; id: string; purchase: string; customerNo: string; amountFen: number }
  | { type: 'workOnCard'; order: string }
  | { type: 'takeBack'; order: string }
  | { type: 'confirmCard'; order: string }
  | { type: 'inquire'; order: string }
  | { type: 'reprint'; order: string }
  | { type: 'resolve'; order: string; outcome: 'succeeded' | 'failed'; evidence: string }
  | { type: 'signIn' }
  | { type: 'registerOrganisation'; organisation: Organisation }
  | { type: 'registerStation'; station: Station }
  /** `expiresAt`: where the key came in a certificate, ms. */
  | {
      type: 'enrolStation';
      id: string;
      organisation: string;
      station: string;
      publicKey: string;
      expiresAt?: number;
    }
  | { type: 'revokeStation'; id: string; organisation: string; station: string; reason: string }
  | { type: 'registerPerson'; person: Person }
  | { type: 'cutDay' };

/** What a teller's reading of a meter's purchase card showed. */
export type CardSeen = Pick<MeterCard, 'serial' | 'meterNo' | 'customerNo' | 'wallet' | 'returned'>;

/** A place came online, changed its status, or went away, as its births, deaths and silence tell. */
export interface PresenceChange {
  place: Place;
  online: boolean;
  epoch: string;
  profile: string;
  status: object;
  capabilities: object;
}

/** Everything that can happen to the core. */
export type Input =
  | { kind: 'command'; principal: Principal; command: Command }
  | { kind: 'message'; place: Place; leaf: Leaf; envelope: Envelope }
  | { kind: 'presence'; change: PresenceChange }
  | { kind: 'wake'; key: string }
  /** `restored`: what it starts on is a backup, and what came after it is lost. */
  | { kind: 'started'; epoch: string; acceptedAheadMs?: number; restored?: boolean };

/**
 * The ids of orders that an input speaks of: the runtime loads those that are not in memory before the step, so that an old
 * order, a repeated id and a late reply are all met with the whole document. With an open void comes its purchase: the end of
 * the one is noted on the other, however many days it took.
 */
export function ordersOf(state: State, input: Input): string[] {
  return namedBy(input).flatMap((id) => {
    const open = state.live.has(id) ? findOrder(state, id) : undefined;
    return open?.voids === undefined ? [id] : [id, open.voids];
  });
}

function namedBy(input: Input): string[] {
  if (input.kind === 'message') return input.envelope.correlation ? [input.envelope.correlation] : [];
  if (input.kind !== 'command') return [];
  const { command } = input;
  switch (command.type) {
    case 'pay':
    case 'buyCredit':
    case 'buyOnCard':
      return [command.id];
    case 'voidCredit':
    case 'voidOnCard':
      return [command.id, command.purchase];
    case 'inquire':
    case 'reprint':
    case 'resolve':
    case 'workOnCard':
    case 'takeBack':
    case 'confirmCard':
      return [command.order];
    default:
      return [];
  }
}
