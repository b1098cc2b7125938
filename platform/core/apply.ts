import { nameOf } from '../../contracts/topics.ts';
import { type CardWork, isCardOpen } from './card-work.ts';
import { post } from './ledger.ts';
import { isFinal, isLegOpen, isSettled, type Order, wakeOf } from './order.ts';
import { applyToOrder } from './order-apply.ts';
import { arrive, forgetAll, leave, noteWaiting, siteOf, siteOfJob, takeWaiting } from './presence.ts';
import { orderOf, type Record } from './records.ts';
import { ALERTS_KEPT, emptyBook, findOrder, outletDay, placeOrder, type State } from './state.ts';
import { setWake } from './wakes.ts';

/**
 * Folds one record into the state: the only mutation there is, in the live process, in the simulated world, and after a
 * crash. A record about an order that is not in memory is about a settled one, whose row already has it; only a replay
 * meets that, for a live step loads its orders first.
 */
export function apply(state: State, record: Record): void {
  state.now = Math.max(state.now, record.at);
  if (record.type === 'orderOpened' || record.type === 'orderRejected') {
    open(state, record.order);
    return;
  }
  if (record.type === 'orderTakenUp') {
    if (!findOrder(state, record.order.id)) placeOrder(state, structuredClone(record.order));
    return;
  }
  if (record.type === 'alertRaised') {
    state.alerts.push({ at: record.at, code: record.code, about: record.about });
    if (state.alerts.length > ALERTS_KEPT) state.alerts.shift();
  }
  const id = orderOf(record);
  if (id === undefined) {
    applyToPlatform(state, record);
    return;
  }
  const order = findOrder(state, id);
  if (!order) return;
  for (const transfer of applyToOrder(order, record)) post(state.ledger, transfer);
  if (record.type === 'orderEnded' && record.receiptNo) today(state, order.outlet).receipts++;
  keepAlive(state, order);
}

function open(state: State, born: Order): void {
  // The record keeps the order as it was born; the state's own copy goes on living.
  const order = {
    ...born,
    legs: born.legs.map((leg) => ({ ...leg, notFound: [] })),
    transfers: [...born.transfers],
  };
  order.history = [...born.history];
  order.prints = born.prints.map((job) => ({ ...job }));
  order.cases = [];
  placeOrder(state, order);
  for (const transfer of order.transfers) post(state.ledger, transfer);
  if (order.journalNo) today(state, order.outlet).journal++;
  if (order.receipt) today(state, order.outlet).receipts++;
  keepAlive(state, order);
}

function today(state: State, outlet: string) {
  const book = state.books.get(state.businessDate);
  if (!book) throw new Error(`business day ${state.businessDate} has no book`);
  return outletDay(book, outlet);
}

/** What the order's own document says decides whether it lives and when it wakes; so neither is ever lost. */
export function keepAlive(state: State, order: Order): void {
  if (isSettled(order)) state.live.delete(order.id);
  else state.live.add(order.id);
  const alike = state.open.get(order.content);
  if (!isFinal(order.state)) state.open.set(order.content, (alike ?? new Set()).add(order.id));
  else if (alike?.delete(order.id) && alike.size === 0) state.open.delete(order.content);
  if (order.card) noteMeter(state, order.card, order.id);
  setWake(state.wakes, order.id, wakeOf(order));
  noteWaiting(state, order);
}

/**
 * At most one open order per meter: whoever looks for it finds it without looking through the orders (CAR-03). Only late news
 * can open a second one, to take it back; the meter is free when both are closed.
 */
function noteMeter(state: State, work: CardWork, id: string): void {
  const { meterNo } = work;
  const known = state.meters.get(meterNo);
  if (isCardOpen(work)) state.meters.set(meterNo, known ?? id);
  else if (known === id) {
    state.meters.delete(meterNo);
    const other = [...state.live].find((live) => isOpenOn(findOrder(state, live)?.card, meterNo));
    if (other !== undefined) state.meters.set(meterNo, other);
  }
}

const isOpenOn = (work: CardWork | undefined, meterNo: string) =>
  work !== undefined && work.meterNo === meterNo && isCardOpen(work);

function applyToPlatform(state: State, record: Record): void {
  switch (record.type) {
    case 'started':
      askAtOnce(state, record.at);
      state.acceptedAheadMs = record.acceptedAheadMs ?? 0;
      break;
    case 'dayOpened':
      openDay(state, record.businessDate);
      break;
    case 'organisationRegistered':
      state.organisations.set(record.organisation.code, record.organisation);
      break;
    case 'stationRegistered':
      state.stations.set(`${record.station.organisation}/${record.station.station}`, record.station);
      break;
    case 'stationEnrolled':
    case 'stationRevoked':
      changeStation(state, record);
      break;
    case 'numbersSkipped':
      skipNumbers(state, record.businessDate, record.to);
      break;
    case 'personRegistered':
      state.people.set(`${record.person.organisation}/${record.person.operator}`, record.person);
      break;
    case 'cameOnline':
      cameOnline(state, record);
      break;
    case 'wentOffline':
      if (state.presence.get(nameOf(record.place))?.epoch === record.epoch) leave(state, record.place);
      break;
    case 'signedIn':
    case 'alertRaised':
      break; // kept for the audit; no state hangs on them
    default:
      throw new Error(`record ${record.type} is not about the platform`);
  }
}

function changeStation(
  state: State,
  record: Extract<Record, { type: 'stationEnrolled' | 'stationRevoked' }>,
): void {
  const { at, id, organisation, station, by } = record;
  const name = `${organisation}/${station}`;
  const known = state.stations.get(name);
  const changes = known?.changes ?? [];
  if (record.type === 'stationEnrolled') {
    const { publicKey, expiresAt } = record;
    state.stations.set(name, {
      organisation,
      station,
      publicKey,
      ...(expiresAt === undefined ? {} : { expiresAt }),
      changes: [...changes, { id, at, what: 'enrolled', publicKey, by }],
    });
  } else if (known) {
    const { publicKey } = known;
    const { reason } = record;
    state.stations.set(name, {
      ...known,
      revoked: true,
      changes: [...changes, { id, at, what: 'revoked', publicKey, by, reason }],
    });
  }
}

function skipNumbers(state: State, businessDate: string, to: number): void {
  const book = state.books.get(businessDate);
  if (!book) return;
  book.floor = to;
  for (const day of book.outlets.values()) {
    day.journal = Math.max(day.journal, to);
    day.receipts = Math.max(day.receipts, to);
  }
}

/** After a crash births tell anew who is there, and every order in doubt is inquired as soon as somebody is: never re-sent. */
function askAtOnce(state: State, at: number): void {
  forgetAll(state);
  for (const id of state.live) {
    const order = findOrder(state, id);
    if (!order) continue;
    for (const leg of order.legs)
      if (isLegOpen(leg)) {
        leg.held = true;
        leg.inquireAt = undefined;
      }
    for (const job of order.prints) if (job.askAt !== undefined) job.askAt = Math.max(job.askAt, at);
    keepAlive(state, order);
  }
}

/** The pointer flips (S14). Days before the previous one leave memory whole; only what still lives is carried over. */
function openDay(state: State, businessDate: string): void {
  state.previousDate = state.businessDate;
  state.businessDate = businessDate;
  state.books.set(businessDate, emptyBook());
  for (const order of [...state.older.values()]) if (isSettled(order)) state.older.delete(order.id);
  for (const [date, book] of state.books) {
    if (date === state.businessDate || date === state.previousDate) continue;
    for (const id of state.live) {
      const order = book.orders.get(id);
      if (order) state.older.set(order);
    }
    state.books.delete(date);
  }
}

const GAP = 20;

/**
 * A counterpart that is back is asked about what waited for it, a printer is sent its waiting jobs: one after the other,
 * {@link GAP} ms apart, so that a restart makes no storm (L3). A mere change of status wakes nobody.
 */
function cameOnline(
  state: State,
  { place, at, epoch, profile, status, capabilities }: Extract<Record, { type: 'cameOnline' }>,
): void {
  const name = nameOf(place);
  const before = state.presence.get(name);
  const since = before?.epoch === epoch ? before.since : at;
  arrive(state, { place, profile, epoch, since, status: { ...status }, capabilities: { ...capabilities } });
  if (before?.epoch === epoch) return;
  let due = at;
  for (const id of takeWaiting(state, place)) {
    const order = findOrder(state, id);
    if (!order) continue;
    for (const leg of order.legs)
      if (
        leg.held &&
        isLegOpen(leg) &&
        place.kind === 'counterpart' &&
        leg.counterpart === place.counterpart
      ) {
        leg.held = false;
        leg.inquireAt = due;
        due += GAP;
      }
    for (const job of order.prints)
      if (job.state === 'waiting' && siteOfJob(job) === siteOf(place)) {
        job.askAt = due;
        due += GAP;
      }
    keepAlive(state, order);
  }
}
