import { describe, expect, it } from 'vitest';
import { doInOrder, type Hand, handHere } from '../../../simulators/campaign/pool.ts';
import { threadHand } from '../../../simulators/campaign/pool-thread.ts';

const numbers = (to: number) => Array.from({ length: to }, (_, i) => i);
const never = () => false;

/** Hands whose jobs end only when the test says so. */
function slowHands(count: number) {
  const open = new Map<number, (result: string) => void>();
  const hands: Hand<number, string>[] = numbers(count).map(() => ({
    do: (job) => new Promise((resolve) => open.set(job, resolve)),
    end: () => Promise.resolve(),
  }));
  const settled = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  return {
    hands,
    async finish(job: number) {
      open.get(job)?.(`r${job}`);
      await settled();
    },
  };
}

describe('the pool of a campaign', () => {
  it('gives results out in the order of the jobs, whoever is faster', async () => {
    const { hands, finish } = slowHands(3);
    const got: string[] = [];
    const done = doInOrder(numbers(4), hands, (result) => got.push(result), never);
    await finish(2);
    await finish(1);
    expect(got).toEqual([]);
    await finish(0);
    expect(got).toEqual(['r0', 'r1', 'r2']);
    await finish(3);
    await done;
    expect(got).toEqual(['r0', 'r1', 'r2', 'r3']);
  });

  it('begins no job after it was stopped, and gives out those that were begun', async () => {
    const { hands, finish } = slowHands(2);
    const got: string[] = [];
    let stopped = false;
    const done = doInOrder(
      numbers(9),
      hands,
      (result) => got.push(result),
      () => stopped,
    );
    stopped = true;
    await finish(1);
    await finish(0);
    await done;
    expect(got).toEqual(['r0', 'r1']);
  });

  it('draws jobs as they are needed, so that there may be no last one', async () => {
    function* endless() {
      for (let i = 0; ; i++) yield i;
    }
    const got: number[] = [];
    await doInOrder(
      endless(),
      [handHere((job: number) => job)],
      (result) => got.push(result),
      () => got.length >= 5,
    );
    expect(got).toEqual([0, 1, 2, 3, 4]);
  });

  it('passes on what goes wrong with a result', async () => {
    const hands = [handHere((job: number) => job)];
    const failing = doInOrder(
      numbers(3),
      hands,
      () => {
        throw new Error('no room');
      },
      never,
    );
    await expect(failing).rejects.toThrow('no room');
  });
});

describe('a hand in a thread of its own', () => {
  const url = new URL('data-worker.mjs', import.meta.url);
  const lost = (job: string, why: string) => `lost ${job}: ${why}`;

  it('answers each job, and gets a new thread after one that was lost', async () => {
    const hand = threadHand<string, string>(url, 20_000, lost);
    for (const word of ['a', 'b', 'c']) expect(await hand.do(word)).toBe(word.toUpperCase());
    expect(await hand.do('throw')).toContain('lost throw: its thread failed: Error: it broke');
    expect(await hand.do('exit')).toBe('lost exit: its thread ended with 7');
    expect(await hand.do('b')).toBe('B');
    await hand.end();
  });

  it('a job that hangs is given up, and the next is done', async () => {
    const hand = threadHand<string, string>(url, 1_500, lost);
    expect(await hand.do('hang')).toBe('lost hang: it did not end within 1.5 s of real time');
    expect(await hand.do('c')).toBe('C');
    await hand.end();
  });
});
