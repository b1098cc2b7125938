import { expect, test } from 'vitest';
import { decode } from '../../../contracts/envelope.ts';
import { checkOf, completionSchema } from '../../../contracts/operation.ts';
import { carrier } from '../../../contracts/profiles/carrier.ts';
import { topicOf } from '../../../contracts/topics.ts';
import { Bench, place, REQ, TOP_UP } from './harness.ts';

test('STA-001 STA-002 STA-003 birth, beats, death and will carry one epoch, with a rising sequence', () => {
  const bench = new Bench();
  bench.endpoint.beat();
  bench.endpoint.statusChanged();
  const will = bench.endpoint.will('epoch-1-long');
  bench.endpoint.death();
  bench.endpoint.beat();
  expect(bench.states().map(({ online, epoch, sequence }) => [online, epoch, sequence])).toEqual([
    [true, 'epoch-1-long', 0],
    [true, 'epoch-1-long', 1],
    [true, 'epoch-1-long', 2],
    [false, 'epoch-1-long', 3],
  ]);
  expect(bench.said.every(({ topic, retain }) => topic === topicOf(place, 'state') && retain)).toBe(true);
  const decoded = decode(will.text);
  expect(decoded.ok && decoded.envelope.data).toMatchObject({
    online: false,
    epoch: 'epoch-1-long',
    profile: 'carrier',
  });
});

test('ENV-004 a command without key or deadline is malformed', () => {
  const bench = new Bench().inTime();
  bench.ask({ id: 'R1', key: undefined });
  bench.ask({ id: 'R2', expiry: undefined });
  expect(bench.replies()).toEqual(['completed contract.malformed ← R1', 'completed contract.malformed ← R2']);
  expect(bench.said.at(-1)?.envelope.data).toMatchObject({
    error: { detail: 'expirytime is missing (ENV-004)' },
  });
  expect(bench.journal).toEqual([]);
});

test('ENV-007 what is no envelope is answered where its id can be read, with no claim about the effect, else dropped', () => {
  const bench = new Bench().inTime();
  bench.endpoint.message(REQ, Buffer.from('{"id":"R1","specversion":"2.0"}'));
  bench.endpoint.message(REQ, Buffer.from('{"no":"id"}'));
  bench.endpoint.message(REQ, Buffer.from([0xff, 0xfe]));
  expect(bench.replies()).toEqual(['refused contract.malformed ← R1']);
  expect(bench.said.at(-1)?.envelope.data).toMatchObject({ error: { effect: 'unknown' } });
});

test('ENV-002 a type that is not the profile’s is contract.unsupportedType', () => {
  const bench = new Bench().inTime();
  bench.ask({ id: 'R1', type: 'yizhan.carrier.dance' });
  expect(bench.replies()).toEqual(['completed contract.unsupportedType ← R1']);
});

test('contract.invalidData names the path', () => {
  const bench = new Bench().inTime();
  bench.ask({ id: 'R1', data: { ...TOP_UP, amountFen: 1.5 } });
  expect(bench.said.at(-1)?.envelope.data).toMatchObject({
    error: { code: 'contract.invalidData', effect: 'none', detail: expect.stringContaining('/amountFen') },
  });
  expect(bench.journal).toEqual([]);
});

test('ERR-004 a behaviour that throws or breaks the schema ends as unknown, never as a failure', () => {
  const bench = new Bench([], {
    command() {
      throw new TypeError('number 13808001234');
    },
    question: ({ answer }) => answer({ outcome: 'success', result: { standing: 'perhaps' } }),
  }).inTime();
  bench.ask({ id: 'R1' });
  bench.sync();
  bench.ask({ id: 'Q1', type: 'yizhan.carrier.inquire', data: { originalKey: 'K1' } });
  expect(bench.replies().slice(1)).toEqual([
    'completed adapter.internal ← R1',
    'completed adapter.internal ← Q1',
  ]);
  const [first, second] = bench.said.slice(-2).map(({ envelope }) => envelope.data);
  expect(first).toMatchObject({ outcome: 'unknown', error: { detail: 'TypeError' } });
  expect(checkOf(completionSchema(carrier.operations.inquire.result))(second)).toBeUndefined();
});
