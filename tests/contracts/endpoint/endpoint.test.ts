import { expect, test } from 'vitest';
import type { KeyRecord } from '../../../contracts/endpoint/behaviour.ts';
import { DAY, SECOND } from '../../../contracts/time.ts';
import { TIME_TOPIC } from '../../../contracts/topics.ts';
import { Bench, beat, REP, REQ, request, success, TOP_UP } from './harness.ts';

const performed = (bench: Bench) => {
  bench.inTime().ask({ id: 'R1' });
  bench.sync();
  bench.commands[0]?.complete(success);
  bench.sync();
};

test('OPR-001 nothing is said or started before the journal is durable; then accepted, then the command', () => {
  const bench = new Bench().inTime();
  bench.ask({ id: 'R1' });
  expect(bench.journal).toMatchObject([
    { key: 'K1', operation: 'perform', requestId: 'R1', correlation: 'T1' },
  ]);
  expect(bench.replies()).toEqual([]);
  expect(bench.commands).toEqual([]);
  expect(bench.endpoint.inFlight()).toBe(1);
  bench.sync();
  expect(bench.replies()).toEqual(['accepted ← R1']);
  expect(bench.commands).toMatchObject([
    { operation: 'perform', key: 'K1', data: TOP_UP, expiry: 1_000_000 },
  ]);
});

test('OPR-002 a completion is journaled, then told; ENV-003 with the transaction, the key and the request’s id', () => {
  const bench = new Bench().inTime();
  bench.ask({ id: 'R1' });
  bench.sync();
  bench.commands[0]?.complete(success);
  expect(bench.journal.at(-1)).toMatchObject({ key: 'K1', completion: success });
  expect(bench.replies()).toEqual(['accepted ← R1']);
  bench.sync();
  expect(bench.said.at(-1)).toMatchObject({
    topic: REP,
    retain: false,
    envelope: {
      source: 'cp.china-mobile.1',
      type: 'yizhan.carrier.perform.completed',
      causation: 'R1',
      correlation: 'T1',
      key: 'K1',
      data: success,
    },
  });
  expect(bench.endpoint.inFlight()).toBe(0);
});

test('OPR-002 the same end given twice before it is durable is told twice after', () => {
  const bench = new Bench().inTime();
  bench.ask({ id: 'R1' });
  bench.sync();
  bench.commands[0]?.complete(success);
  bench.commands[0]?.complete(success);
  expect(bench.replies()).toEqual(['accepted ← R1']);
  bench.sync();
  expect(bench.replies().slice(1)).toEqual(['completed success ← R1', 'completed success ← R1']);
});

test('OPR-002 the same end given twice is told twice and journaled once; another end throws', () => {
  const bench = new Bench();
  performed(bench);
  bench.commands[0]?.complete(structuredClone(success));
  expect(bench.replies()).toEqual(['accepted ← R1', 'completed success ← R1', 'completed success ← R1']);
  expect(bench.journal).toHaveLength(2);
  expect(() =>
    bench.commands[0]?.complete({ ...success, result: { ...TOP_UP, counterpartNo: 'CM2' } }),
  ).toThrow('OPR-002');
});

test('OPR-009 what is kept of an ended key for weeks is its content and its end, no longer who asked first', () => {
  const bench = new Bench();
  performed(bench);
  expect(bench.journal[0]).toMatchObject({ requestId: 'R1', correlation: 'T1' });
  expect(Object.keys(bench.journal.at(-1) ?? {})).toEqual([
    'key',
    'operation',
    'content',
    'at',
    'completion',
  ]);
});

test('OPR-003 a repeat before durable, before the end and after it starts nothing and is answered under its own id', () => {
  const bench = new Bench().inTime();
  bench.ask({ id: 'R1' });
  bench.ask({ id: 'R2', data: { amountFen: 5_000, account: TOP_UP.account } });
  bench.sync();
  bench.ask({ id: 'R3' });
  expect(bench.replies()).toEqual(['accepted ← R1', 'accepted ← R2', 'accepted ← R3']);
  bench.commands[0]?.complete(success);
  bench.ask({ id: 'R4' });
  expect(bench.replies().slice(3), 'the end is not durable yet').toEqual(['accepted ← R4']);
  bench.sync();
  bench.ask({ id: 'R5' });
  expect(bench.replies().slice(4)).toEqual([
    'completed success ← R1',
    'completed success ← R2',
    'completed success ← R3',
    'completed success ← R4',
    'accepted ← R5',
    'completed success ← R5',
  ]);
  expect(bench.commands).toHaveLength(1);
});

test('OPR-003 a repeat is answered also when its deadline has passed and the time is unknown', () => {
  const bench = new Bench();
  performed(bench);
  bench.local += DAY;
  bench.ask({ id: 'R2' });
  expect(bench.replies().slice(2)).toEqual(['accepted ← R2', 'completed success ← R2']);
});

test('OPR-004 the same key with other data, broken data or another operation is a conflict whose effect is unknown', () => {
  const bench = new Bench();
  performed(bench);
  const type = 'yizhan.carrier.applyForReversal';
  bench.ask({ id: 'R2', data: { ...TOP_UP, amountFen: 9_000 } });
  bench.ask({ id: 'R3', data: {} });
  bench.ask({ id: 'R4', type, data: { originalKey: 'K1', counterpartNo: 'CM1', ...TOP_UP } });
  expect(bench.replies().slice(2)).toEqual([2, 3, 4].map((n) => `completed contract.conflict ← R${n}`));
  expect(bench.said.at(-1)?.envelope.data).toMatchObject({
    outcome: 'failure',
    error: { effect: 'unknown' },
  });
  expect(bench.commands).toHaveLength(1);
  expect(bench.journal).toHaveLength(2);
});

test('OPR-005 an expired request is journaled as ended, and a copy is not started though the clock was set back', () => {
  const bench = new Bench().inTime();
  bench.ask({ id: 'R1', expiry: bench.local - 1 });
  expect(bench.replies(), 'first durable').toEqual([]);
  bench.sync();
  bench.endpoint.message(TIME_TOPIC, beat(bench.local - 50_000, 'platform-2'));
  bench.ask({ id: 'R2', expiry: bench.local - 1 });
  bench.sync();
  expect(bench.replies()).toEqual(['completed contract.expired ← R1', 'completed contract.expired ← R2']);
  expect(bench.said.at(-1)?.envelope.data).toMatchObject({ error: { effect: 'none' } });
  expect(bench.commands).toEqual([]);
});

test('OPR-005 a request that expired while the journal was written is not started', () => {
  const bench = new Bench().inTime();
  bench.ask({ id: 'R1', expiry: bench.local + SECOND });
  bench.local += 2 * SECOND;
  bench.sync();
  expect(bench.commands).toEqual([]);
  expect(bench.replies()).toEqual(['accepted ← R1', 'completed contract.expired ← R1']);
});

test('OPR-005 the deadline is platform time: a wrong local clock does not matter', () => {
  const bench = new Bench();
  bench.endpoint.message(TIME_TOPIC, beat(5_000_000));
  bench.ask({ id: 'R1', key: 'A', expiry: 4_999_999 });
  bench.ask({ id: 'R2', key: 'B', expiry: 5_000_000 });
  bench.sync();
  expect(bench.commands.map(({ key }) => key)).toEqual(['B']);
});

test('OPR-006 without a beat of the last 60 s nothing starts, nor later when the time is known', () => {
  const bench = new Bench();
  bench.ask({ id: 'R1', time: bench.local });
  bench.inTime();
  bench.local += 60 * SECOND + 1;
  bench.ask({ id: 'R2', time: bench.local });
  bench.sync();
  expect(bench.replies()).toEqual([
    'completed contract.timeUnknown ← R1',
    'completed contract.timeUnknown ← R2',
  ]);
  bench.inTime().ask({ id: 'R3' });
  bench.sync();
  expect(bench.replies().at(-1)).toBe('completed contract.timeUnknown ← R3');
  expect(bench.commands).toEqual([]);
});

test('OPR-007 after a restart an open command ends as unknown, journaled, told once connected; an ended one is repeated', () => {
  const open: KeyRecord = {
    key: 'K1',
    operation: 'perform',
    content: '{}',
    requestId: 'R1',
    correlation: 'T1',
    at: 1,
  };
  const ended: KeyRecord = { ...open, key: 'K2', content: JSON.stringify(TOP_UP), completion: success };
  const bench = new Bench([open, ended]);
  expect(bench.journal).toMatchObject([{ key: 'K1', completion: { outcome: 'unknown' } }]);
  expect(bench.replies()).toEqual([]);
  bench.sync();
  bench.inTime().ask({ id: 'R9', key: 'K2' });
  expect(bench.replies()).toEqual([
    'completed adapter.restarted ← R1',
    'accepted ← R9',
    'completed success ← R9',
  ]);
  expect(bench.commands).toEqual([]);
});

test('OPR-008 a question is answered without time and without key; what it may recall is what is durable', () => {
  const bench = new Bench();
  const type = 'yizhan.carrier.inquire';
  bench.ask({ id: 'Q1', type, key: undefined, expiry: undefined, data: { originalKey: 'K1' } });
  const [question] = bench.questions;
  bench.inTime().ask({ id: 'R1' });
  expect(question?.recall('K1')).toBeUndefined();
  bench.sync();
  expect(question?.recall('K1')).toMatchObject({ requestId: 'R1' });
  question?.answer({ outcome: 'success', result: { standing: 'notFound' } });
  expect(bench.replies()).toEqual(['accepted ← R1', 'completed success ← Q1']);
  expect(() => question?.answer(success)).toThrow('has been answered');
});

test('OPR-009 an ended key is forgotten after 30 days, an open one never', () => {
  const bench = new Bench();
  performed(bench);
  bench.ask({ id: 'R2', key: 'K2' });
  bench.local += 31 * DAY;
  bench.inTime().ask({ id: 'R3', key: 'K3', expiry: bench.local });
  bench.sync();
  bench.ask({ id: 'Q', type: 'yizhan.carrier.inquire', data: { originalKey: 'K1' } });
  const recall = bench.questions[0]?.recall;
  expect([recall?.('K1')?.key, recall?.('K2')?.key, recall?.('K3')?.key]).toEqual([undefined, 'K2', 'K3']);
});

test('OPR-010 processing is told before the end only, and again to whoever asks again', () => {
  const bench = new Bench().inTime();
  bench.ask({ id: 'R1' });
  bench.sync();
  bench.commands[0]?.processing({ counterpartNo: 'CM1' });
  bench.ask({ id: 'R2' });
  bench.commands[0]?.complete(success);
  bench.commands[0]?.processing();
  expect(bench.replies()).toEqual(['accepted ← R1', 'processing ← R1', 'accepted ← R2', 'processing ← R2']);
});

test('OPR-002 an end made while disconnected is told after the next birth', () => {
  const bench = new Bench().inTime();
  bench.ask({ id: 'R1' });
  bench.sync();
  bench.endpoint.disconnected();
  bench.commands[0]?.complete(success);
  bench.sync();
  expect(bench.replies()).toEqual(['accepted ← R1']);
  bench.endpoint.connected('epoch-2-long');
  expect(bench.said.slice(-2).map(({ envelope }) => envelope.type)).toEqual([
    'yizhan.state',
    'yizhan.carrier.perform.completed',
  ]);
  bench.endpoint.disconnected();
  bench.endpoint.connected('epoch-3-long');
  expect(bench.replies(), 'once').toHaveLength(2);
});

test('OPR-008 a question at the heels of its command waits for the journal: «not found» is never said of what is about to start', () => {
  const bench = new Bench();
  bench.inTime().ask({ id: 'R1', key: 'K1' });
  bench.endpoint.message(
    REQ,
    request({
      id: 'Q1',
      type: 'yizhan.carrier.inquire',
      key: undefined,
      expiry: undefined,
      data: { originalKey: 'K1' },
    }),
  );
  expect(bench.questions).toEqual([]);
  bench.sync();
  expect(bench.commands).toHaveLength(1);
  expect(bench.questions).toHaveLength(1);
  expect(bench.questions[0]?.recall('K1')?.key).toBe('K1');
});

test('OPR-005 a command that waited knows when its time is over', () => {
  const bench = new Bench();
  bench.inTime().ask({ id: 'R1', key: 'K1' });
  bench.sync();
  const [command] = bench.commands;
  expect(command?.late()).toBe(false);
  bench.local += 2_000_000;
  expect(command?.late()).toBe(true);
});
