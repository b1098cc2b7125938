import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../../../../contracts/time.ts';
import { isSettled } from '../../../../../platform/core/order.ts';
import { nextWake } from '../../../../../platform/core/wakes.ts';
import { orderId } from '../../../../support/ids.ts';
import { ADMIN, PRINTER, printerOf, SYSTEM } from '../../../../support/small-platform.ts';
import { type Counter, cardCounter, UTILITY, writtenCard } from './counter.ts';

const [A, V] = [orderId(1), orderId(2)];

const proven = () => {
  const counter = cardCounter();
  counter.toWriting(A);
  counter.wrote(A);
  return counter;
};
const takenBack = () => {
  const counter = cardCounter();
  counter.waiting(A);
  counter.takeBack(A);
  return counter;
};
const voidProven = () => {
  const counter = cardCounter();
  counter.sold(A);
  counter.voidOf(V, A);
  counter.ordered(V);
  counter.read(V, writtenCard());
  counter.sealed(V);
  counter.wrote(V);
  return counter;
};
const tellings = (counter: Counter, operation = 'confirm') => counter.sent(`yizhan.utility.${operation}`);

describe('CAR-05 the utility is told of the written card until it answers', () => {
  test('at 0, 15, 45 s, 1:45, 3:45, 8:45, then every quarter of an hour, for ever, over days; each under a key of its own', () => {
    const counter = proven();
    const from = counter.now;
    counter.runTo(from + HOUR);
    const times = tellings(counter).map(({ time }) => (time - from) / SECOND);
    expect(times).toEqual([0, 15, 45, 105, 225, 525, 1_425, 2_325, 3_225]);
    const keys = tellings(counter).map(({ key }) => key);
    expect(keys).toEqual(times.map((_, n) => `${A}.2.${n + 1}`));
    counter.command(SYSTEM, { type: 'cutDay' });
    counter.runTo(from + 5 * DAY);
    expect(tellings(counter).length).toBeGreaterThan(5 * 24 * 4 - 10);
    expect(counter.order(A)).toMatchObject({ state: 'succeeded', card: { stage: 'closing' } });
    expect(isSettled(counter.order(A))).toBe(false);
    expect(counter.marks()).not.toContain('woken-for-nothing');
  });

  test('answered: closed, settled once its receipt is, and told no more', () => {
    const counter = proven();
    counter.toldDone(A);
    expect(counter.order(A)).toMatchObject({ state: 'succeeded', card: { stage: 'closed' } });
    expect(counter.order(A).legs[1]).toMatchObject({ stage: 'succeeded', counterpartNo: 'SG-confirm' });
    counter.runTo(counter.now + DAY);
    expect(tellings(counter)).toHaveLength(1);
    expect(isSettled(counter.order(A))).toBe(true);
    expect(nextWake(counter.state.wakes) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(counter.now);
  });

  test('an answer to an earlier telling is an answer', () => {
    const counter = proven();
    counter.runTo(counter.now + 5 * MINUTE);
    counter.utilitySays(A, 'confirm.completed', `${A}.2.1`, counter.success({ counterpartNo: 'SG-confirm' }));
    expect(counter.card(A).stage).toBe('closed');
  });

  test.each(['counterpart.unreachable', 'counterpart.timeout', 'contract.expired', 'adapter.busy'] as const)(
    '%s is no answer: told again',
    (code) => {
      const counter = proven();
      counter.toldFails(A, code);
      expect(counter.card(A).stage).toBe('closing');
      counter.runTo(counter.now + 15 * SECOND);
      expect(tellings(counter)).toHaveLength(2);
    },
  );

  test('a wrongStanding that says it may have had an effect is no contradiction: told again', () => {
    const counter = proven();
    const error = { code: 'counterpart.wrongStanding', effect: 'unknown', retry: 'never', action: 'inquire' };
    counter.utilitySays(A, 'confirm.completed', `${A}.2.1`, { outcome: 'failure', error });
    expect(counter.order(A)).toMatchObject({ cases: [], card: { stage: 'closing' } });
    counter.runTo(counter.now + 15 * SECOND);
    expect(tellings(counter)).toHaveLength(2);
  });

  test('an answer that does not fit, or is about another operation, is none', () => {
    const counter = proven();
    counter.utilitySays(A, 'confirm.completed', `${A}.2.1`, counter.success({}));
    counter.utilitySays(A, 'cancel.completed', `${A}.2.1`, counter.success({ counterpartNo: 'X' }));
    expect(counter.card(A).stage).toBe('closing');
  });

  test('nobody there: it is kept, and told when somebody comes', () => {
    const counter = cardCounter();
    counter.toWriting(A);
    counter.offline(UTILITY);
    counter.wrote(A);
    expect(tellings(counter)).toEqual([]);
    counter.runTo(counter.now + HOUR);
    counter.online(UTILITY, 'utility', 'epoch-2');
    counter.wakeDue();
    expect(tellings(counter)).toHaveLength(1);
  });

  test('L3 a restart: told anew when the utility is there, under the next key', () => {
    const counter = proven();
    counter.feed({ kind: 'started', epoch: 'platform-2' });
    counter.runTo(counter.now + HOUR);
    expect(tellings(counter)).toHaveLength(1);
    counter.online(UTILITY, 'utility', 'epoch-2');
    counter.wakeDue();
    expect(tellings(counter).map(({ key }) => key)).toEqual([`${A}.2.1`, `${A}.2.2`]);
  });

  test('wrongStanding: a case, closed, the customer keeps what is on the card', () => {
    const counter = proven();
    counter.toldFails(A, 'counterpart.wrongStanding');
    expect(counter.order(A)).toMatchObject({
      state: 'succeeded',
      card: { stage: 'closed' },
      cases: [{ kind: 'mismatch', evidence: 'confirm: counterpart.wrongStanding' }],
    });
    expect(counter.available()).toBe(80_000);
    expect(counter.alerts()).toContain('alert.case');
    counter.runTo(counter.now + DAY);
    expect(tellings(counter)).toHaveLength(1);
  });
});

describe('CAR-03 taking back', () => {
  test('the credit returns only when the utility has let the order go', () => {
    const counter = takenBack();
    expect(counter.order(A)).toMatchObject({ state: 'processing', card: { stage: 'closing' } });
    expect(counter.available()).toBe(80_000);
    counter.toldFails(A, 'counterpart.timeout');
    counter.runTo(counter.now + HOUR);
    expect(counter.available()).toBe(80_000);
    expect(counter.order(A).state).toBe('processing');
    counter.toldDone(A);
    expect(counter.order(A)).toMatchObject({
      state: 'failed',
      problem: 'platform.cardNotWritten',
      card: { stage: 'closed' },
    });
    expect(counter.available()).toBe(100_000);
  });

  test('while it is told, nothing wakes it but the telling: no deadline of the order’s, and none at the end of time', () => {
    const counter = takenBack();
    counter.feed({ kind: 'started', epoch: 'platform-2' });
    expect(counter.state.wakes.due.has(A)).toBe(false);
  });

  test('wrongStanding: the card says no, the books say yes: a person resolves it, and the hold stays until then', () => {
    const counter = takenBack();
    counter.toldFails(A, 'counterpart.wrongStanding');
    expect(counter.order(A)).toMatchObject({ state: 'manual', cases: [{ kind: 'mismatch' }] });
    expect(counter.alerts()).toContain('alert.manual');
    expect(counter.available()).toBe(80_000);
    counter.runTo(counter.now + DAY);
    expect(counter.order(A).state).toBe('manual');
    expect(counter.buy(orderId(5))).toMatchObject({ code: 'platform.cardOrderOpen' });
    const resolve = (outcome: 'failed' | 'succeeded') =>
      counter.command(ADMIN, { type: 'resolve', order: A, outcome, evidence: 'the meter’s log' });
    expect(resolve('failed')).toMatchObject({ ok: true });
    expect(counter.order(A)).toMatchObject({ state: 'failed', card: { stage: 'closed' } });
    expect(counter.available()).toBe(100_000);
    expect(counter.buy(orderId(6))).toMatchObject({ ok: true });
  });

  test('resolved as succeeded: captured, receipted, closed', () => {
    const counter = takenBack();
    counter.toldFails(A, 'counterpart.wrongStanding');
    counter.command(ADMIN, { type: 'resolve', order: A, outcome: 'succeeded', evidence: 'the meter’s log' });
    expect(counter.order(A)).toMatchObject({ state: 'succeeded', card: { stage: 'closed' } });
    expect(counter.order(A).receipt).toBeDefined();
    expect(counter.available()).toBe(80_000);
  });
});

describe('CAR-06 the void', () => {
  test('CAR-02 on the card is not enough: the credit returns when the utility has confirmed it', () => {
    const counter = voidProven();
    expect(counter.order(V)).toMatchObject({ state: 'processing', card: { stage: 'closing' } });
    expect(counter.available()).toBe(80_000);
    expect(counter.order(A).voidedBy).toBeUndefined();
    counter.runTo(counter.now + 3 * HOUR);
    expect(tellings(counter, 'confirmVoid').length).toBeGreaterThan(10);
    expect(counter.order(V).state, 'no deadline passes a proof').toBe('processing');
    counter.toldDone(V);
    expect(counter.order(V)).toMatchObject({ state: 'succeeded', card: { stage: 'closed' } });
    expect(counter.order(V).receipt).toBeDefined();
    expect(counter.order(A).voidedBy).toBe(V);
    expect(counter.available()).toBe(100_000);
    counter.toldDone(V);
    expect(counter.available(), 'once').toBe(100_000);
  });

  test('the refund is one transfer of the purchase’s amount, between the very accounts', () => {
    const counter = voidProven();
    counter.toldDone(V);
    const [hold] = counter.order(A).transfers;
    expect(counter.order(V).transfers).toMatchObject([
      { kind: 'single', amountFen: 20_000, debit: hold?.credit, credit: hold?.debit },
    ]);
  });

  test('CAR-03 taken back: the purchase stands, no credit moves, it may be voided again', () => {
    const counter = cardCounter();
    counter.sold(A);
    counter.voidOf(V, A);
    counter.ordered(V);
    counter.readFails(V, 'device.cardNotPresent');
    counter.takeBack(V);
    counter.toldDone(V);
    expect(counter.order(V)).toMatchObject({ state: 'failed', transfers: [] });
    expect(counter.order(A).voidedBy).toBeUndefined();
    expect(counter.available()).toBe(80_000);
    expect(counter.voidOf(orderId(5), A)).toMatchObject({ ok: true });
  });

  test('wrongStanding: for a person; resolved as succeeded it refunds and marks the purchase', () => {
    const counter = voidProven();
    counter.toldFails(V, 'counterpart.wrongStanding');
    expect(counter.order(V).state).toBe('manual');
    expect(counter.available()).toBe(80_000);
    counter.command(ADMIN, { type: 'resolve', order: V, outcome: 'succeeded', evidence: 'their letter' });
    expect(counter.order(V)).toMatchObject({ state: 'succeeded', card: { stage: 'closed' } });
    expect(counter.order(A).voidedBy).toBe(V);
    expect(counter.available()).toBe(100_000);
  });

  test('wrongStanding, resolved as failed: no credit moves', () => {
    const counter = voidProven();
    counter.toldFails(V, 'counterpart.wrongStanding');
    counter.command(ADMIN, { type: 'resolve', order: V, outcome: 'failed', evidence: 'their letter' });
    expect(counter.order(V)).toMatchObject({ state: 'failed', card: { stage: 'closed' } });
    expect(counter.order(A).voidedBy).toBeUndefined();
    expect(counter.available()).toBe(80_000);
  });
});

describe('S13 the receipt', () => {
  test('CAR-01 is printed when the card is proven, not earlier, and once', () => {
    const counter = cardCounter({ printer: true });
    counter.toWriting(A);
    expect(counter.sent('yizhan.printer.print')).toEqual([]);
    counter.wrote(A);
    expect(counter.last('yizhan.printer.print')).toMatchObject({
      topic: `yz/1/dev/51010001/1/${PRINTER.device}/req`,
      correlation: A,
    });
    printerOf(counter).printed(A);
    counter.toldDone(A);
    expect(counter.sent('yizhan.printer.print')).toHaveLength(1);
    expect(isSettled(counter.order(A))).toBe(true);
  });

  test('CAR-02 of a void when the utility has confirmed it', () => {
    const counter = voidProven();
    const before = counter.order(V).prints.length;
    counter.toldDone(V);
    expect([before, counter.order(V).prints.length]).toEqual([0, 1]);
  });
});
