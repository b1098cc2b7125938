import { describe, expect, test } from 'vitest';
import { endHold, type Transfer } from '../../../platform/core/ledger.ts';
import type { Leg, Order, PrintJob } from '../../../platform/core/order.ts';
import { applyToOrder, legOf, printOf } from '../../../platform/core/order-apply.ts';
import type { Record } from '../../../platform/core/records.ts';
import { orderId } from '../../support/ids.ts';
import { aLeg, anOrder, aPrint } from './an-order.ts';

const A = orderId(1);
const HOLD: Transfer = {
  id: 'hold.1',
  kind: 'hold',
  debit: 'credit:51010001',
  credit: 'payable:china-mobile',
  amountFen: 5_000,
  at: 0,
  postingDate: '2026-11-23',
};
const CAPTURE = endHold(HOLD, 'capture', 7, '2026-11-23');
const RELEASE = endHold(HOLD, 'release', 7, '2026-11-23');

/** Folds one record into an order of two legs and two prints; tells what was to be posted and what the order became. */
function fold(record: Record, over: Partial<Order> = {}) {
  const order = anOrder({
    legs: [aLeg(), aLeg({ no: 2, key: `${A}.2` })],
    prints: [aPrint(), aPrint({ no: 2, copy: 1, key: `${A}.p2` })],
    transfers: [HOLD],
    ...over,
  });
  const before = structuredClone(order);
  const posted = applyToOrder(order, record);
  const with2 = <T extends { no: number }>(list: T[], change: Partial<T>) =>
    list.map((one) => (one.no === 2 ? { ...one, ...change } : one));
  return {
    order,
    posted,
    /** The whole document must be as it was, but for this. */
    onlyChanged(change: Partial<Order>) {
      expect(order).toEqual({ ...before, ...change });
    },
    legs: (change: Partial<Leg>) => with2(before.legs, change),
    prints: (change: Partial<PrintJob>) => with2(before.prints, change),
  };
}

describe('a leg moves', () => {
  test('MOB-02 to its stage, with the counterpart’s number where there is one; no money moves', () => {
    const { posted, onlyChanged, legs } = fold({
      at: 7,
      type: 'legMoved',
      order: A,
      leg: 2,
      stage: 'processing',
      counterpartNo: 'CM1',
    });
    expect(posted).toEqual([]);
    onlyChanged({
      legs: legs({ stage: 'processing', counterpartNo: 'CM1' }),
      history: [{ at: 7, what: 'processing', why: 'CM1' }],
    });
  });

  test('MOB-02 news without a number keeps the number that is known, and the history has no empty reason', () => {
    const { order } = fold(
      { at: 7, type: 'legMoved', order: A, leg: 1, stage: 'accepted' },
      { legs: [aLeg({ counterpartNo: 'CM1' })] },
    );
    expect(order.legs).toStrictEqual([aLeg({ stage: 'accepted', counterpartNo: 'CM1' })]);
    expect(order.history).toStrictEqual([{ at: 7, what: 'accepted' }]);
  });

  test('MOB-04 a question that was put is counted; its rung, its instance and its number are kept', () => {
    const asked = {
      at: 7,
      type: 'legInquired',
      order: A,
      leg: 2,
      next: 99,
      sent: true,
      instance: '3',
    } as const;
    const { posted, onlyChanged, legs, order } = fold(asked);
    expect(posted).toEqual([]);
    onlyChanged({
      legs: legs({ inquireAt: 99, held: false, instance: '3', inquiries: 1 }),
      history: [{ at: 7, what: 'inquired 1' }],
    });
    applyToOrder(order, { ...asked, at: 8 });
    expect(order.history.at(-1)).toEqual({ at: 8, what: 'inquired 2' });
  });

  test('MOB-04 a question that nobody was there for is held and not counted, and the instance stays', () => {
    const { onlyChanged, legs } = fold({ at: 7, type: 'legInquired', order: A, leg: 2, sent: false });
    onlyChanged({
      legs: legs({ inquireAt: undefined, held: true }),
      history: [{ at: 7, what: 'inquiryHeld' }],
    });
  });

  test('S7 a «not found» is noted with its question and its time, and nothing else changes', () => {
    const { posted, onlyChanged, legs } = fold({ at: 7, type: 'legNotFound', order: A, leg: 2, inquiry: 4 });
    expect(posted).toEqual([]);
    onlyChanged({
      legs: legs({ notFound: [{ inquiry: 4, at: 7 }] }),
      history: [{ at: 7, what: 'notFound 4' }],
    });
  });

  test('a leg or a print that is not there is named', () => {
    expect(() => legOf(anOrder(), 2)).toThrow(`order ${A} has no leg 2`);
    expect(() => printOf(anOrder(), 1)).toThrow(`order ${A} has no print 1`);
  });
});

describe('an order moves and ends', () => {
  test('S7 it becomes unknown with the reason, and its hold stays', () => {
    const { posted, onlyChanged } = fold({
      at: 7,
      type: 'orderMoved',
      order: A,
      state: 'unknown',
      why: 'contract.expired',
    });
    expect(posted).toEqual([]);
    onlyChanged({
      state: 'unknown',
      history: [{ at: 7, what: 'unknown', why: 'contract.expired' }],
    });
  });

  test('S3 S13 a success posts its capture, and carries the carrier’s number and a receipt', () => {
    const { posted, onlyChanged, legs } = fold({
      at: 7,
      type: 'orderEnded',
      order: A,
      state: 'succeeded',
      leg: 2,
      counterpartNo: 'CM1',
      why: 'CM1',
      transfers: [CAPTURE],
      receiptNo: '261123-0001',
    });
    expect(posted).toEqual([CAPTURE]);
    onlyChanged({
      state: 'succeeded',
      legs: legs({ stage: 'succeeded', counterpartNo: 'CM1' }),
      transfers: [HOLD, CAPTURE],
      receipt: { number: '261123-0001', issuedAt: 7 },
      history: [{ at: 7, what: 'succeeded', why: 'CM1' }],
    });
  });

  test('S3 a failure posts its release and says why; there is no receipt, and the leg keeps the number it had', () => {
    const { order, posted } = fold(
      {
        at: 7,
        type: 'orderEnded',
        order: A,
        state: 'failed',
        leg: 1,
        why: 'counterpart.declined',
        problem: 'counterpart.declined',
        transfers: [RELEASE],
      },
      { legs: [aLeg({ counterpartNo: 'CM1' })], prints: [] },
    );
    expect(posted).toEqual([RELEASE]);
    expect(order).toStrictEqual(
      anOrder({
        state: 'failed',
        problem: 'counterpart.declined',
        legs: [aLeg({ stage: 'failed', counterpartNo: 'CM1' })],
        transfers: [HOLD, RELEASE],
        history: [{ at: 7, what: 'failed', why: 'counterpart.declined' }],
      }),
    );
  });

  test('MOB-04 an end that no leg brought leaves the legs, and a success has no problem and no receipt of its own making', () => {
    const { order } = fold(
      { at: 7, type: 'orderEnded', order: A, state: 'succeeded', why: '客服工单 889', transfers: [] },
      { prints: [] },
    );
    expect(order).toStrictEqual(
      anOrder({
        state: 'succeeded',
        legs: [aLeg(), aLeg({ no: 2, key: `${A}.2` })],
        transfers: [HOLD],
        history: [{ at: 7, what: 'succeeded', why: '客服工单 889' }],
      }),
    );
  });

  test.each(['succeeded', 'failed', 'rejected'] as const)('S8 an order that is %s never changes', (state) => {
    const message = `order ${A} is ${state} and can not change`;
    expect(() =>
      fold({ at: 7, type: 'orderMoved', order: A, state: 'unknown', why: 'x' }, { state }),
    ).toThrow(message);
    for (const end of ['succeeded', 'failed'] as const)
      expect(() =>
        fold({ at: 7, type: 'orderEnded', order: A, state: end, why: 'x', transfers: [] }, { state }),
      ).toThrow(message);
  });

  test('CRD-03 a purchase learns by which order it was voided', () => {
    const { posted, onlyChanged } = fold({ at: 7, type: 'orderVoided', order: A, by: orderId(2) });
    expect(posted).toEqual([]);
    onlyChanged({ voidedBy: orderId(2), history: [{ at: 7, what: 'voided', why: orderId(2) }] });
  });
});

describe('what a person must see', () => {
  test('S8 contrary news opens a case beside those there are', () => {
    const first = { kind: 'mismatch', at: 3, evidence: 'a' } as const;
    const next = { kind: 'lateSuccess', at: 7, evidence: 'b' } as const;
    const { posted, onlyChanged } = fold(
      { at: 7, type: 'caseOpened', order: A, case: next },
      { cases: [first] },
    );
    expect(posted).toEqual([]);
    onlyChanged({ cases: [first, next], history: [{ at: 7, what: 'caseOpened', why: 'lateSuccess' }] });
  });

  test('MOB-04 the overdue alert answers every half hour that has passed, and no other', () => {
    const legs = [61, 60, 59].map((alertAt, i) => aLeg({ no: i + 1, alertAt }));
    legs.push(aLeg({ no: 4, alertAt: undefined }));
    const { order, posted } = fold(
      { at: 60, type: 'alertRaised', order: A, code: 'alert.outcomeOverdue', about: A },
      { legs },
    );
    expect(posted).toEqual([]);
    expect(order.legs.map(({ alertAt }) => alertAt)).toEqual([61, undefined, undefined, undefined]);
    expect(order.history).toEqual([{ at: 60, what: 'alertRaised', why: 'alert.outcomeOverdue' }]);
  });

  test('MOB-04 another alert is noted and swallows no half hour', () => {
    fold({ at: 99, type: 'alertRaised', order: A, code: 'alert.case', about: A }).onlyChanged({
      history: [{ at: 99, what: 'alertRaised', why: 'alert.case' }],
    });
  });
});

describe('a print moves', () => {
  test('DEV-01 a job is the order’s own copy of the record’s', () => {
    const job = aPrint({ no: 3 });
    const { order, posted } = fold({ at: 7, type: 'printRequested', order: A, job });
    expect(posted).toEqual([]);
    expect(order.prints.map(({ no }) => no)).toEqual([1, 2, 3]);
    expect(order.prints[2]).toEqual(job);
    expect(order.prints[2]).not.toBe(job);
    expect(order.history).toEqual([]);
  });

  test('DEV-01 a sending names its device, and the questions of before it are told apart', () => {
    const { posted, onlyChanged, prints } = fold(
      { at: 7, type: 'printMoved', order: A, job: 2, state: 'sent', device: 'printer-2', askAt: 80 },
      { prints: [aPrint(), aPrint({ no: 2, asked: 3, state: 'waiting', device: undefined, error: 'x' })] },
    );
    expect(posted).toEqual([]);
    onlyChanged({
      prints: prints({ state: 'sent', device: 'printer-2', askAt: 80, askedBefore: 3, error: undefined }),
    });
  });

  test('DEV-01 a question is counted, and the device and its sending stay as they were', () => {
    fold(
      { at: 7, type: 'printMoved', order: A, job: 1, state: 'accepted', askAt: 80, asked: true },
      { prints: [aPrint({ asked: 3, askedBefore: 2 })] },
    ).onlyChanged({ prints: [aPrint({ state: 'accepted', askAt: 80, asked: 4, askedBefore: 2 })] });
  });

  test('DEV-01 an outcome keeps its error, asks no more and counts no question', () => {
    const { onlyChanged, prints } = fold({
      at: 7,
      type: 'printMoved',
      order: A,
      job: 2,
      state: 'failed',
      error: 'device.paperOut',
    });
    onlyChanged({ prints: prints({ state: 'failed', askAt: undefined, error: 'device.paperOut' }) });
  });
});

test('a record that is about no order is refused by its name', () => {
  expect(() => fold({ at: 7, type: 'dayOpened', businessDate: '2026-11-24' })).toThrow(
    'record dayOpened is not about an order',
  );
});
