import type { Leg, Order, PrintJob } from '../../../platform/core/order.ts';
import { orderId } from '../../support/ids.ts';
import { OUTLET, PHONE } from '../../support/small-platform.ts';

/** A payment as it stands when it has just been sent: one leg, nothing printed. Times are small, to be read at a glance. */
export function anOrder(over: Partial<Order> = {}): Order {
  return {
    id: orderId(1),
    kind: 'payment',
    content: `mobile-topup ${PHONE} 5000`,
    outlet: OUTLET,
    by: { organisation: OUTLET, station: '1', operator: 'T001' },
    service: 'mobile-topup',
    fields: { phone: PHONE },
    amountFen: 5_000,
    createdAt: 0,
    businessDate: '2026-11-23',
    journalNo: '26112300018',
    state: 'processing',
    legs: [aLeg()],
    transfers: [],
    history: [],
    prints: [],
    cases: [],
    ...over,
  };
}

/** A leg that was sent: accepted by 10, done by 40, asked about at 50, alerted at 60, given up at 90. */
export function aLeg(over: Partial<Leg> = {}): Leg {
  return {
    no: 1,
    counterpart: 'china-mobile',
    instance: '1',
    key: `${orderId(1)}.1`,
    stage: 'sent',
    acceptBy: 10,
    completeBy: 40,
    inquireAt: 50,
    inquiries: 0,
    notFound: [],
    alertAt: 60,
    giveUpAt: 90,
    ...over,
  };
}

/** An original that was sent to the printer and is asked about at 70. */
export function aPrint(over: Partial<PrintJob> = {}): PrintJob {
  return {
    no: 1,
    copy: 0,
    organisation: OUTLET,
    station: '1',
    device: 'printer',
    key: `${orderId(1)}.p1`,
    state: 'sent',
    requestedAt: 0,
    expiry: 30,
    askAt: 70,
    asked: 0,
    ...over,
  };
}
