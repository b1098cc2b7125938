import { describe, expect, test } from 'vitest';
import { sign } from '../../../contracts/devices/sign.ts';
import type { KeyRecord } from '../../../contracts/endpoint/behaviour.ts';
import type { Completion } from '../../../contracts/operation.ts';
import { Bench } from './harness.ts';

const SHOW = { id: 'R1', type: 'yizhan.sign.show', data: { text: '欢迎' } };
const SHOWN: Completion = { outcome: 'success', result: { proof: 'acknowledged' } };

const benchOf = (known: KeyRecord[] = []) => new Bench(known, undefined, sign).inTime();
const cancel = (bench: Bench, id = 'C1', originalKey = 'K1') =>
  bench.ask({ id, type: 'yizhan.sign.cancel', key: undefined, expiry: undefined, data: { originalKey } });
/** What the cancels were answered. */
const standings = (bench: Bench) =>
  bench.said.flatMap(({ envelope: { type, causation, data } }) =>
    type === 'yizhan.sign.cancel.completed'
      ? [`${(data as { result?: { standing: string } }).result?.standing} ← ${causation}`]
      : [],
  );

describe('OPR-011 cancel', () => {
  test('before the journal has the command: the driver never hears of it', () => {
    const bench = benchOf();
    bench.ask(SHOW);
    cancel(bench);
    bench.sync();
    expect(bench.commands).toEqual([]);
    expect(bench.replies()).toEqual([
      'accepted ← R1',
      'completed contract.canceled ← R1',
      'completed success ← C1',
    ]);
    expect(standings(bench)).toEqual(['canceled ← C1']);
  });

  test('while it waits for its turn: the driver asks right before the effect and gives it up, with effect none', () => {
    const bench = benchOf();
    bench.ask(SHOW);
    bench.sync();
    const [command] = bench.commands;
    expect(command?.late()).toBe(false);
    cancel(bench);
    expect(standings(bench), 'nothing is known yet').toEqual([]);
    expect(command?.late()).toBe(true);
    command?.complete({
      outcome: 'failure',
      error: { code: 'contract.expired', effect: 'none', retry: 'newKey', action: 'none' },
    });
    expect(standings(bench), 'not before it is on the disk').toEqual([]);
    bench.sync();
    expect(bench.journal.at(-1)?.completion).toMatchObject({
      outcome: 'failure',
      error: { code: 'contract.canceled', effect: 'none', retry: 'newKey' },
    });
    expect(standings(bench)).toEqual(['canceled ← C1']);
  });

  test('what has begun goes on to its own end, and the cancel says so', () => {
    const bench = benchOf();
    bench.ask(SHOW);
    bench.sync();
    cancel(bench);
    bench.commands[0]?.complete(SHOWN);
    bench.sync();
    expect(bench.replies()).toContain('completed success ← R1');
    expect(standings(bench)).toEqual(['ended ← C1']);
  });

  test('what is past its deadline has expired, for nobody cancelled it', () => {
    const bench = benchOf();
    bench.ask(SHOW);
    bench.sync();
    bench.local = 1_000_001;
    expect(bench.commands[0]?.late()).toBe(true);
    const error = { code: 'contract.expired', effect: 'none', retry: 'newKey', action: 'none' } as const;
    bench.commands[0]?.complete({ outcome: 'failure', error });
    bench.sync();
    expect(bench.replies()).toContain('completed contract.expired ← R1');
  });

  test('twice, after the end, and of a key that is not known', () => {
    const bench = benchOf();
    bench.ask(SHOW);
    cancel(bench, 'C1');
    cancel(bench, 'C2');
    bench.sync();
    cancel(bench, 'C3');
    cancel(bench, 'C4', 'another');
    expect(standings(bench)).toEqual(['canceled ← C1', 'canceled ← C2', 'canceled ← C3', 'notFound ← C4']);
  });

  test('OPR-003 a repeat of the cancelled key never begins it, nor after a restart', () => {
    const bench = benchOf();
    bench.ask(SHOW);
    cancel(bench);
    bench.sync();
    bench.ask({ ...SHOW, id: 'R2' });
    bench.sync();
    expect(bench.replies().slice(-2)).toEqual(['accepted ← R2', 'completed contract.canceled ← R2']);

    const last = bench.journal.at(-1);
    const again = benchOf(last ? [last] : []);
    again.ask({ ...SHOW, id: 'R3' });
    cancel(again);
    again.sync();
    expect(again.commands).toEqual([]);
    expect(again.replies()).toContain('completed contract.canceled ← R3');
    expect(standings(again)).toEqual(['canceled ← C1']);
  });
});
