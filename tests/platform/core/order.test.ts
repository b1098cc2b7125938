import { describe, expect, test } from 'vitest';
import {
  isFinal,
  isLegOpen,
  isPrintOpen,
  isSettled,
  type Leg,
  type OrderState,
  type PrintJob,
  wakeOf,
} from '../../../platform/core/order.ts';
import { aLeg, anOrder, aPrint } from './an-order.ts';

const STATES: OrderState[] = ['processing', 'unknown', 'manual', 'succeeded', 'failed', 'rejected'];
const STAGES: Leg['stage'][] = ['sent', 'accepted', 'processing', 'succeeded', 'failed'];
const PRINTS: PrintJob['state'][] = ['waiting', 'sent', 'accepted', 'printed', 'failed', 'uncertain'];

describe('what is over and what is not', () => {
  test('S8 three states are final, and unknown is none of them', () => {
    expect(STATES.filter(isFinal)).toEqual(['succeeded', 'failed', 'rejected']);
  });

  test('S7 a leg is open until it has succeeded or failed', () => {
    expect(STAGES.filter((stage) => isLegOpen(aLeg({ stage })))).toEqual(['sent', 'accepted', 'processing']);
  });

  test('DEV-01 a print is open until its paper is known, or known to be doubtful', () => {
    expect(PRINTS.filter((state) => isPrintOpen(aPrint({ state })))).toEqual(['waiting', 'sent', 'accepted']);
  });

  test('S11 an order is settled when it is final and none of its prints is open', () => {
    const prints = [aPrint({ state: 'printed' }), aPrint({ no: 2, state: 'uncertain' })];
    expect(STATES.filter((state) => isSettled(anOrder({ state })))).toEqual([
      'succeeded',
      'failed',
      'rejected',
    ]);
    expect(isSettled(anOrder({ state: 'succeeded', prints }))).toBe(true);
    expect(isSettled(anOrder({ state: 'succeeded', prints: [...prints, aPrint({ no: 3 })] }))).toBe(false);
  });
});

describe('MOB-04 the next wake is the first thing that is due', () => {
  const OPEN: Leg['stage'][] = ['sent', 'accepted', 'processing'];
  /** Every time of a leg but one far away, so that this one decides. */
  const far = { acceptBy: 900, completeBy: 900, inquireAt: 900, alertAt: 900, giveUpAt: 900 };

  test.each(['inquireAt', 'alertAt', 'giveUpAt'] as const)(
    'the %s of an open leg, while the order is processing or unknown',
    (time) => {
      for (const stage of OPEN) {
        const legs = [aLeg({ ...far, stage, [time]: 7 })];
        expect(wakeOf(anOrder({ state: 'processing', legs })), stage).toBe(7);
        expect(wakeOf(anOrder({ state: 'unknown', legs })), stage).toBe(7);
      }
    },
  );

  test('MOB-02 the deadline to accept counts only before it was accepted, the one to complete until it is unknown', () => {
    const wakes = (times: Partial<Leg>, state: OrderState) =>
      OPEN.map((stage) => wakeOf(anOrder({ state, legs: [aLeg({ ...far, ...times, stage })] })));
    expect(wakes({ acceptBy: 7 }, 'processing')).toEqual([7, 900, 900]);
    expect(wakes({ completeBy: 7 }, 'processing')).toEqual([7, 7, 7]);
    expect(wakes({ acceptBy: 7, completeBy: 7 }, 'unknown')).toEqual([900, 900, 900]);
  });

  test('what is not due at all does not hide what is', () => {
    const legs = [aLeg({ inquireAt: undefined, alertAt: undefined })];
    expect(wakeOf(anOrder({ state: 'unknown', legs }))).toBe(90);
    expect(wakeOf(anOrder({ state: 'manual', legs }))).toBeUndefined();
  });

  test('the earliest of several legs, whichever comes first; a leg that has ended waits for nothing', () => {
    const late = aLeg({ no: 2, ...far });
    const early = aLeg({ no: 1, ...far, giveUpAt: 7 });
    expect(wakeOf(anOrder({ legs: [late, early] }))).toBe(7);
    expect(wakeOf(anOrder({ legs: [early, late] }))).toBe(7);
    for (const stage of ['succeeded', 'failed'] as const) {
      const ended = { ...early, stage, inquireAt: 7 };
      expect(wakeOf(anOrder({ legs: [ended, late] })), 'the open leg after it still counts').toBe(900);
      expect(wakeOf(anOrder({ state: 'manual', legs: [ended] }))).toBeUndefined();
    }
  });

  test('a person has it: only a question that was held is still put', () => {
    const legs = [aLeg({ no: 2, ...far, inquireAt: 8 }), aLeg({ ...far, inquireAt: 9, giveUpAt: 3 })];
    expect(wakeOf(anOrder({ state: 'manual', legs }))).toBe(8);
  });

  test('S8 an order that has ended wakes for nothing but its open prints', () => {
    for (const state of ['succeeded', 'failed', 'rejected'] as const) {
      expect(wakeOf(anOrder({ state }))).toBeUndefined();
      const prints = PRINTS.map((print, i) => aPrint({ no: i + 1, state: print, askAt: 10 - i }));
      expect(wakeOf(anOrder({ state, prints })), 'accepted is the last that is open').toBe(8);
    }
  });

  test('DEV-01 a job that waits for its printer has no time of its own; without legs and prints there is no wake', () => {
    const waiting = aPrint({ state: 'waiting', askAt: undefined });
    expect(wakeOf(anOrder({ state: 'succeeded', prints: [waiting] }))).toBeUndefined();
    expect(wakeOf(anOrder({ legs: [] }))).toBeUndefined();
    expect(wakeOf(anOrder({ legs: [], prints: [waiting, aPrint({ no: 2, askAt: 0 })] })), 'at 0').toBe(0);
  });
});
