import type { Transfer } from './ledger.ts';
import { isFinal, type Leg, type Order, type PrintJob } from './order.ts';
import type { Record } from './records.ts';

/** Folds a record into its order; returns the transfers that the ledger must post with it. */
export function applyToOrder(order: Order, record: Record): readonly Transfer[] {
  const note = (what: string, why?: string) =>
    order.history.push({ at: record.at, what, ...(why ? { why } : {}) });
  switch (record.type) {
    case 'legMoved': {
      const leg = legOf(order, record.leg);
      leg.stage = record.stage;
      if (record.counterpartNo) leg.counterpartNo = record.counterpartNo;
      note(record.stage, record.counterpartNo);
      return [];
    }
    case 'legInquired': {
      const leg = legOf(order, record.leg);
      leg.inquireAt = record.next;
      leg.held = !record.sent;
      if (record.instance) leg.instance = record.instance;
      if (record.sent) note(`inquired ${++leg.inquiries}`);
      else note('inquiryHeld');
      return [];
    }
    case 'legNotFound':
      legOf(order, record.leg).notFound.push({ inquiry: record.inquiry, at: record.at });
      note(`notFound ${record.inquiry}`);
      return [];
    case 'orderMoved':
      assertMovable(order);
      order.state = record.state;
      note(record.state, record.why);
      return [];
    case 'orderEnded':
      return end(order, record, note);
    case 'cardMoved':
      moveCard(order, record, note);
      return [];
    case 'legBegun':
      order.legs.push({ ...record.leg, notFound: [] });
      note(`${record.leg.operation}`);
      return [];
    case 'orderVoided':
      order.voidedBy = record.by;
      note('voided', record.by);
      return [];
    case 'caseOpened':
      order.cases.push(record.case);
      note('caseOpened', record.case.kind);
      return [];
    case 'alertRaised':
      // Only the overdue alert answers the half hour: another alert (a case) must not swallow it.
      if (record.code === 'alert.outcomeOverdue')
        for (const leg of order.legs)
          if (leg.alertAt !== undefined && leg.alertAt <= record.at) leg.alertAt = undefined;
      note('alertRaised', record.code);
      return [];
    case 'printRequested':
      order.prints.push({ ...record.job });
      return [];
    case 'printMoved':
      movePrint(order, record);
      return [];
    default:
      throw new Error(`record ${record.type} is not about an order`);
  }
}

/** Final states never change (S8): a record that would change one is a fault of the platform. */
function assertMovable(order: Order): void {
  if (isFinal(order.state)) throw new Error(`order ${order.id} is ${order.state} and can not change`);
}

function end(
  order: Order,
  record: Extract<Record, { type: 'orderEnded' }>,
  note: (what: string, why?: string) => void,
): readonly Transfer[] {
  assertMovable(order);
  order.state = record.state;
  if (record.leg !== undefined) {
    const leg = legOf(order, record.leg);
    leg.stage = record.state;
    if (record.counterpartNo) leg.counterpartNo = record.counterpartNo;
  }
  if (record.problem) order.problem = record.problem;
  if (record.receiptNo) order.receipt = { number: record.receiptNo, issuedAt: record.at };
  order.transfers.push(...record.transfers);
  note(record.state, record.why);
  return record.transfers;
}

function moveCard(
  order: Order,
  { to }: Extract<Record, { type: 'cardMoved' }>,
  note: (what: string, why?: string) => void,
): void {
  if (!order.card) throw new Error(`order ${order.id} works on no card`);
  order.card = { ...order.card, by: undefined, why: undefined, ...to };
  note(`card ${to.stage}`, to.why);
}

function movePrint(order: Order, record: Extract<Record, { type: 'printMoved' }>): void {
  const job = printOf(order, record.job);
  job.state = record.state;
  job.askAt = record.askAt;
  // Only a sending names the device: a «not found» to a question of before it says nothing about it.
  if (record.device) {
    job.device = record.device;
    job.askedBefore = job.asked;
  }
  if (record.asked) job.asked++;
  job.error = record.error;
}

export function legOf(order: Order, no: number): Leg {
  const leg = order.legs.find((l) => l.no === no);
  if (!leg) throw new Error(`order ${order.id} has no leg ${no}`);
  return leg;
}

export function printOf(order: Order, no: number): PrintJob {
  const job = order.prints.find((p) => p.no === no);
  if (!job) throw new Error(`order ${order.id} has no print ${no}`);
  return job;
}
