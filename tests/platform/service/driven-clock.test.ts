import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { drivenClock } from '../../../platform/service/driven-clock.ts';

const START = Date.UTC(2026, 10, 23, 1);
const MINUTE = 60_000;
const nobody = () => false;

beforeEach(() => vi.useFakeTimers({ now: START }));
afterEach(() => vi.useRealTimers());

/** A clock on the faked machine's, `aheadMs` ahead of it. */
const open = (aheadMs = 0) => drivenClock(START + aheadMs, () => Date.now());

describe('a clock that is told to jump', () => {
  test('runs as its machine does until then, and what is due comes by itself', () => {
    const clock = open(MINUTE);
    const came: number[] = [];
    clock.at(START + MINUTE + 300, () => came.push(clock.now()));
    vi.advanceTimersByTime(299);
    expect(came).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(came).toEqual([START + MINUTE + 300]);
    vi.advanceTimersByTime(10_000);
    expect(clock.now()).toBe(START + MINUTE + 10_300);
    expect(came).toHaveLength(1);
  });

  test('passes what is due in between at its own time and in order, also what only comes up on the way', async () => {
    const clock = open();
    const came: [string, number][] = [];
    const note = (what: string) => came.push([what, Math.round((clock.now() - START) / MINUTE)]);
    clock.at(START + 20 * MINUTE, () => note('second'));
    clock.at(START + 10 * MINUTE, () => {
      note('first');
      clock.at(START + 15 * MINUTE, () => note('between'));
    });
    clock.at(START + 31 * MINUTE, () => note('beyond'));
    const there = clock.advance(30 * MINUTE, nobody);
    await vi.advanceTimersByTimeAsync(1_000);
    await there;
    expect(came).toEqual([
      ['first', 10],
      ['between', 15],
      ['second', 20],
    ]);
    expect(clock.now() - START).toBeGreaterThanOrEqual(30 * MINUTE);
    expect(clock.now() - START).toBeLessThan(30 * MINUTE + 1_000);
    // What lies beyond comes at its own time, with the clock running again.
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(came.at(-1)).toEqual(['beyond', 31]);
  });

  test('waits before each jump until nobody is at work, but not for ever', async () => {
    const clock = open();
    let busy = false;
    clock.at(START + 10 * MINUTE, () => {
      busy = true;
    });
    let second: number | undefined;
    clock.at(START + 20 * MINUTE, () => {
      second = Date.now();
    });
    let arrived = false;
    void clock.advance(30 * MINUTE, () => busy).then(() => (arrived = true));
    await vi.advanceTimersByTimeAsync(500);
    expect([busy, second]).toEqual([true, undefined]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(second).toBeGreaterThan(START + 900);
    expect(arrived).toBe(true);
  });

  test('tells everybody of the new time before what is due by it, which comes in order', async () => {
    const clock = open();
    const came: string[] = [];
    clock.onJump(() => {
      came.push('time');
      // It takes its time, too: more has come due by then, and comes in order.
      vi.setSystemTime(Date.now() + 20);
    });
    clock.at(START + MINUTE + 10, () => came.push('later rung'));
    clock.at(START + MINUTE, () => came.push('rung'));
    const there = clock.advance(MINUTE, nobody);
    await vi.advanceTimersByTimeAsync(500);
    await there;
    expect(came.slice(0, 3)).toEqual(['time', 'rung', 'later rung']);
  });

  test('never goes back, and makes one journey at a time', async () => {
    const clock = open();
    for (const ms of [0, -MINUTE, Number.NaN])
      await expect(clock.advance(ms, nobody)).rejects.toThrow(`time only goes forward: ${ms} ms`);
    expect(clock.now()).toBe(START);
    const first = clock.advance(MINUTE, nobody);
    await expect(clock.advance(MINUTE, nobody)).rejects.toThrow('jumping already');
    await vi.advanceTimersByTimeAsync(500);
    await first;
    const second = clock.advance(MINUTE, nobody);
    await vi.advanceTimersByTimeAsync(500);
    await second;
    expect(clock.now() - START).toBeGreaterThanOrEqual(2 * MINUTE);
  });

  test('what was taken back never comes, by no jump and no timer; what has come never comes again', async () => {
    const clock = open();
    const came: string[] = [];
    const cancel = clock.at(START + MINUTE, () => came.push('taken back'));
    clock.at(START + 2 * MINUTE, () => came.push('once'));
    expect(vi.getTimerCount()).toBe(2);
    cancel();
    expect(vi.getTimerCount()).toBe(1);
    const there = clock.advance(3 * MINUTE, nobody);
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    await there;
    expect(came).toEqual(['once']);
  });

  test('driven, it jumps from each thing that is due to the next until it is stopped, however busy somebody is by then', () => {
    const clock = open();
    const came: number[] = [];
    let busy = false;
    const again = (time: number) =>
      clock.at(time, () => {
        came.push(time);
        again(time + 10 * MINUTE);
      });
    again(START + 10 * MINUTE);
    clock.drive(() => busy);
    vi.advanceTimersByTime(95);
    expect(came).toHaveLength(3);
    busy = true;
    vi.advanceTimersByTime(5_000);
    expect(came).toHaveLength(3);
    clock.stop();
    vi.advanceTimersByTime(5);
    busy = false;
    vi.advanceTimersByTime(5_000);
    expect(came).toHaveLength(3);
    // Only the thing that is due next is left, in real time.
    expect(vi.getTimerCount()).toBe(1);
  });
});
