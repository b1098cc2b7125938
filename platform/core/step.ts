import { alarmButton } from '../../contracts/devices/alarm-button.ts';
import { cardReader } from '../../contracts/devices/card-reader.ts';
import { nameOf } from '../../contracts/topics.ts';
import { type Action, authorize, isWithin, type Principal } from './authorize.ts';
import { alarmTold } from './flows/alarm.ts';
import { confirmNow, resolveCardByHand, takeBackNow, workOnCard } from './flows/card/asking.ts';
import { cardDue, orderQuestion, readerReplied, utilityReplied } from './flows/card/following.ts';
import { isCardOrder } from './flows/card/moving.ts';
import { buyOnCard, voidOnCard } from './flows/card/opening.ts';
import { buyCredit, voidCredit } from './flows/credit.ts';
import { cutDay, dayDue, openToday, skipNumbers } from './flows/day.ts';
import { inquireNow, type LegQuestion, paymentDue, paymentQuestion, replied } from './flows/following.ts';
import { resolveByHand } from './flows/outcome.ts';
import { pay } from './flows/payment.ts';
import { printDue, printReplied, reprint } from './flows/printing.ts';
import { enrolStation, revokeStation } from './flows/stations.ts';
import type { Command, Input, PresenceChange } from './input.ts';
import { type Leg, type Order, wakeOf } from './order.ts';
import { findOrder, type Organisation, type State } from './state.ts';
import { isRevoked } from './stations.ts';
import { answer, changed, mark, newTurn, record, refuse, type Turn } from './turn.ts';
import { DAY_CUT, setWake } from './wakes.ts';

/**
 * The core's one step: what happens because of `input` at `now` (ms). Pure and synchronous: it reads nothing but the state,
 * changes it only through records, and what leaves is data. The orders that {@link ordersOf} names are in memory.
 */
export function step(state: State, input: Input, now: number): Turn {
  const turn = newTurn(state, now);
  switch (input.kind) {
    case 'command':
      command(turn, input.principal, input.command);
      break;
    case 'message':
      message(turn, input);
      break;
    case 'presence':
      presence(turn, input.change);
      break;
    case 'wake':
      wake(turn, input.key);
      break;
    case 'started':
      record(turn, {
        type: 'started',
        epoch: input.epoch,
        ...(input.acceptedAheadMs ? { acceptedAheadMs: input.acceptedAheadMs } : {}),
      });
      openToday(turn);
      if (input.restored) skipNumbers(turn);
      break;
  }
  return turn;
}

function command(turn: Turn, who: Principal, asked: Command): void {
  if (who.kind === 'person' && isRevoked(turn.state, who.organisation, who.station))
    return void refuse(turn, 'platform.stationRevoked');
  const target = placeOf(turn.state, who, asked);
  // An order that is not the asker's is not there for the asker: no hint that it exists.
  if (target === undefined) return void refuse(turn, 'platform.notFound');
  if (!authorize(turn.state, who, ACTIONS[asked.type], target)) {
    mark(turn, 'forbidden');
    const visible = !('order' in asked) || authorize(turn.state, who, 'readOrders', target);
    return void refuse(turn, visible ? 'platform.forbidden' : 'platform.notFound');
  }
  switch (asked.type) {
    case 'registerOrganisation':
      return registerOrganisation(turn, asked.organisation);
    case 'registerStation':
      return register(turn, () => record(turn, { type: 'stationRegistered', station: asked.station }));
    case 'enrolStation':
      return enrolStation(turn, who, asked);
    case 'revokeStation':
      return revokeStation(turn, who, asked);
    case 'registerPerson':
      return register(turn, () => record(turn, { type: 'personRegistered', person: asked.person }));
    case 'cutDay':
      return register(turn, () => cutDay(turn));
    case 'resolve':
      return resolve(turn, asked);
    default:
      if (who.kind === 'person') return personal(turn, who, asked);
      refuse(turn, 'platform.forbidden', 'only a person at a station may do this');
  }
}

function personal(turn: Turn, who: Extract<Principal, { kind: 'person' }>, asked: Command): void {
  switch (asked.type) {
    case 'pay':
      return pay(turn, who, asked);
    case 'buyCredit':
      return buyCredit(turn, who, asked);
    case 'voidCredit':
      return voidCredit(turn, who, asked);
    case 'buyOnCard':
      return buyOnCard(turn, who, asked);
    case 'voidOnCard':
      return voidOnCard(turn, who, asked);
    case 'signIn': {
      const { organisation, operator, station } = who;
      return register(turn, () => record(turn, { type: 'signedIn', organisation, operator, station }));
    }
    case 'inquire':
    case 'workOnCard':
    case 'takeBack':
    case 'confirmCard':
    case 'reprint': {
      const order = findOrder(turn.state, asked.order);
      if (!order) return void refuse(turn, 'platform.notFound', asked.order);
      if (asked.type === 'workOnCard') return workOnCard(turn, order, who);
      if (asked.type === 'takeBack') return takeBackNow(turn, order);
      if (asked.type === 'confirmCard') return confirmNow(turn, order);
      if (asked.type === 'reprint') return reprint(turn, order, who);
      return inquireNow(turn, order, (leg) => questionAbout(order, leg));
    }
  }
}

function questionAbout(order: Order, leg: Leg): LegQuestion | undefined {
  if (!isCardOrder(order)) return paymentQuestion(order, leg);
  return leg.no === 1 ? orderQuestion(order) : undefined;
}

const ACTIONS: { [type in Command['type']]: Action } = {
  pay: 'pay',
  buyCredit: 'buyCredit',
  voidCredit: 'voidCredit',
  buyOnCard: 'pay',
  voidOnCard: 'pay',
  workOnCard: 'workOnCard',
  takeBack: 'takeBack',
  confirmCard: 'pay',
  inquire: 'inquire',
  reprint: 'reprint',
  resolve: 'resolve',
  signIn: 'signIn',
  registerOrganisation: 'register',
  registerStation: 'register',
  enrolStation: 'manageStations',
  revokeStation: 'manageStations',
  registerPerson: 'register',
  cutDay: 'cutDay',
};

/** The organisation that a command acts at; `undefined` where it names an order that is not there. */
function placeOf(state: State, who: Principal, asked: Command): string | undefined {
  const own = who.kind === 'person' ? who.organisation : '';
  if (asked.type === 'buyCredit') return asked.outlet;
  if (asked.type === 'enrolStation' || asked.type === 'revokeStation') return asked.organisation;
  if (!('order' in asked)) return own;
  const order = findOrder(state, asked.order);
  if (!order) return undefined;
  return order.by.organisation === own ? own : order.outlet;
}

function register(turn: Turn, act: () => void): void {
  act();
  answer(turn, { ok: true });
}

function registerOrganisation(turn: Turn, organisation: Organisation): void {
  const { code, parent } = organisation;
  // Every look up the tree would go round for ever.
  if (parent !== undefined && isWithin(turn.state, parent, code))
    return void refuse(
      turn,
      'platform.badRequest',
      `organisation ${code} can not stand below itself (${parent})`,
    );
  register(turn, () => record(turn, { type: 'organisationRegistered', organisation }));
}

function resolve(turn: Turn, asked: Extract<Command, { type: 'resolve' }>): void {
  const order = findOrder(turn.state, asked.order);
  if (order?.state !== 'manual') return void refuse(turn, 'platform.notManual');
  if (!asked.evidence.trim())
    return void refuse(turn, 'platform.badRequest', 'evidence must say what proves the outcome');
  mark(turn, 'resolved-by-hand');
  if (isCardOrder(order)) resolveCardByHand(turn, order, asked.outcome, asked.evidence);
  else resolveByHand(turn, order, asked.outcome, asked.evidence);
  answer(turn, { ok: true, order });
}

function message(turn: Turn, { place, leaf, envelope }: Extract<Input, { kind: 'message' }>): void {
  if (leaf !== 'rep' || envelope.source !== nameOf(place)) return void mark(turn, 'message-unrelated');
  const order = envelope.correlation ? findOrder(turn.state, envelope.correlation) : undefined;
  if (!order) return void mark(turn, 'message-unrelated');
  if (place.kind === 'device') {
    if (isCardOrder(order) && envelope.type.startsWith(`yizhan.${cardReader.name}.`))
      readerReplied(turn, place, order, envelope);
    else printReplied(turn, place, order, envelope);
  } else if (isCardOrder(order)) utilityReplied(turn, place, order, envelope);
  else replied(turn, place, order, envelope);
}

function presence(turn: Turn, { online, ...place }: PresenceChange): void {
  const before = turn.state.presence.get(nameOf(place.place))?.status;
  if (online) record(turn, { type: 'cameOnline', ...place });
  else record(turn, { type: 'wentOffline', place: place.place, epoch: place.epoch });
  if (online && place.profile === alarmButton.name) alarmTold(turn, place, before);
}

function wake(turn: Turn, key: string): void {
  if (key === DAY_CUT) return dayDue(turn);
  const order = findOrder(turn.state, key);
  if (!order) return;
  if (isCardOrder(order)) cardDue(turn, order);
  else if (order.kind === 'payment') paymentDue(turn, order);
  for (const job of order.prints) printDue(turn, order, job);
  if (turn.records.length > 0) return void changed(turn, order);
  mark(turn, WOKEN_FOR_NOTHING);
  // Before its time, for the clock stepped back meanwhile. One that is due is not armed again: that could spin.
  const due = wakeOf(order);
  if (due !== undefined && due > turn.now) setWake(turn.state.wakes, order.id, due);
}

/** The mark of a wake that moved nothing: its clock stepped back, or what was queued before it did its work. */
export const WOKEN_FOR_NOTHING = 'woken-for-nothing';
