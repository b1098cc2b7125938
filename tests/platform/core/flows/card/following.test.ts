import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../../../../contracts/time.ts';
import { orderId } from '../../../../support/ids.ts';
import { type Counter, cardCounter, READER, reading, UTILITY, writtenCard } from './counter.ts';

const A = orderId(1);

const at = (stage: 'reading' | 'sealing' | 'writing'): Counter => {
  const counter = cardCounter();
  counter.buy(A);
  counter.ordered(A);
  if (stage !== 'reading') counter.read(A);
  if (stage === 'writing') counter.sealed(A);
  return counter;
};
/** The order as it is, to see that nothing moved. */
const still = (counter: Counter) => structuredClone(counter.order(A));

describe('CAR-07 nobody answers', () => {
  test('the reader does not read within 20 s: it waits', () => {
    const counter = at('reading');
    counter.runTo(counter.now + 20 * SECOND - 1);
    expect(counter.card(A).stage).toBe('reading');
    counter.runTo(counter.now + 1);
    expect(counter.card(A)).toMatchObject({ stage: 'waiting', why: 'device.offline', mayBeWritten: false });
  });

  test.each(['reading', 'sealing', 'writing'] as const)(
    'a wake before the time of %s moves nothing',
    (stage) => {
      const counter = at(stage);
      const before = still(counter);
      counter.feed({ kind: 'wake', key: A });
      expect(still(counter)).toEqual(before);
    },
  );

  test('the utility does not seal within 30 s: it waits', () => {
    const counter = at('sealing');
    counter.runTo(counter.now + 30 * SECOND);
    expect(counter.card(A)).toMatchObject({ stage: 'waiting', why: 'counterpart.timeout' });
  });

  test('the write is not answered: not before its time to begin is well over is the card read, and it decides', () => {
    const counter = at('writing');
    const write = counter.last('yizhan.card-reader.write');
    counter.runTo(write.time + MINUTE - 1);
    expect(counter.card(A).stage).toBe('writing');
    expect(write.expiry).toBeLessThan(counter.now);
    counter.runTo(write.time + MINUTE);
    expect(counter.card(A)).toMatchObject({ stage: 'reading', round: 2, mayBeWritten: true });
    counter.read(A, writtenCard());
    expect(counter.order(A).state).toBe('succeeded');
  });

  test('and where the reader is gone, too: unknown, until the card is read again', () => {
    const counter = at('writing');
    counter.offline(READER);
    counter.runTo(counter.now + MINUTE);
    expect(counter.card(A)).toMatchObject({ stage: 'waiting', why: 'device.offline' });
    expect(counter.order(A).state).toBe('unknown');
    counter.runTo(counter.now + 10 * DAY);
    expect(counter.order(A).state).toBe('unknown');
    expect(counter.available()).toBe(80_000);
    counter.online(READER, 'card-reader', 'epoch-2');
    counter.work(A);
    counter.read(A, writtenCard());
    expect(counter.order(A).state).toBe('succeeded');
  });

  test('half an hour in waiting: the administrators hear of it, once, and it goes on waiting for the same reason', () => {
    const counter = at('reading');
    counter.readFails(A, 'device.cardInvalid');
    counter.runTo(counter.now + 30 * MINUTE - 1);
    expect(counter.alerts()).toEqual([]);
    counter.runTo(counter.now + 1);
    expect(counter.alerts()).toEqual(['alert.outcomeOverdue']);
    counter.runTo(counter.now + 10 * HOUR);
    expect(counter.alerts()).toHaveLength(1);
    expect(counter.card(A)).toMatchObject({ stage: 'waiting', why: 'device.cardInvalid' });
    expect(counter.marks()).not.toContain('woken-for-nothing');
  });
});

describe('CAR-07 an answer to an earlier round moves nothing', () => {
  test('of the reader: an earlier reading, an earlier write, a stage that is over', () => {
    const counter = at('writing');
    counter.writeUnclear(A);
    const before = still(counter);
    counter.readerSays(A, 'read.completed', counter.success(reading()), `${A}.r1`);
    counter.readerSays(A, 'write.completed', counter.success(wrote()), `${A}.w1`);
    counter.readerSays(A, 'write.completed', counter.success(wrote()), `${A}.w2`);
    expect(still(counter)).toEqual(before);
  });

  test('a reading that comes after its time proves nothing any more', () => {
    const counter = at('writing');
    counter.writeUnclear(A);
    counter.runTo(counter.now + 20 * SECOND);
    expect(counter.card(A).stage).toBe('waiting');
    counter.read(A);
    expect(counter.card(A)).toMatchObject({ stage: 'waiting', mayBeWritten: true });
  });

  test('a «not written» of the first round does not undo the doubt of the second', () => {
    const counter = at('writing');
    counter.runTo(counter.now + MINUTE);
    counter.read(A);
    counter.sealed(A);
    counter.readerSays(A, 'write.completed', counter.failure('device.challengeStale'), `${A}.w1`);
    expect(counter.card(A)).toMatchObject({ stage: 'writing', mayBeWritten: true });
  });

  test('of the utility: a seal for an earlier session', () => {
    const counter = at('writing');
    counter.writeUnclear(A);
    counter.read(A, reading({ challenge: 'C0FFEE0000000002' }));
    const before = still(counter);
    const work = counter.card(A);
    counter.utilitySays(
      A,
      'seal.completed',
      `${A}.s1.C0FFEE0000000001`,
      counter.success({
        before: work.before,
        after: work.after,
        authorization: 'AA00000000000001',
        files: [{ file: 'wallet', data: '00', mac: '12345678' }],
      }),
    );
    expect(still(counter)).toEqual(before);
  });

  test('of another reader, be it at the same station', () => {
    const counter = at('reading');
    const before = still(counter);
    counter.read(A, reading(), { ...READER, device: 'reader2' });
    counter.read(A, reading(), { ...READER, station: '2' });
    expect(still(counter)).toEqual(before);
  });

  test('an answer to an inquiry that was never sent', () => {
    const counter = cardCounter();
    counter.buy(A);
    counter.inquired(A, 7, { standing: 'ordered' });
    expect(counter.card(A).stage).toBe('ordering');
  });

  const wrote = () => ({ serial: reading().serial, wallet: { count: 6, amountFen: 20_000 }, written: 'now' });
});

describe('S11 a restart', () => {
  test.each(['reading', 'sealing', 'writing'] as const)(
    'while %s: its time runs on, and the order comes to a person or to the reader',
    (stage) => {
      const counter = at(stage);
      counter.feed({ kind: 'started', epoch: 'platform-2' });
      counter.online(READER, 'card-reader', 'epoch-2');
      counter.online(UTILITY, 'utility', 'epoch-2');
      counter.runTo(counter.now + MINUTE);
      expect(counter.card(A).stage).toBe(stage === 'writing' ? 'reading' : 'waiting');
      expect(counter.card(A).mayBeWritten).toBe(stage === 'writing');
    },
  );

  test('while ordering: inquired as soon as the utility is there, never sent again', () => {
    const counter = cardCounter();
    counter.buy(A);
    counter.feed({ kind: 'started', epoch: 'platform-2' });
    counter.online(UTILITY, 'utility', 'epoch-2');
    counter.wakeDue();
    expect(counter.sent('yizhan.utility.inquire')).toHaveLength(1);
    expect(counter.sent('yizhan.utility.order')).toHaveLength(1);
  });
});

test('settled rule 2: accepted in time is processing, and an acceptance is no outcome', () => {
  const counter = cardCounter();
  counter.buy(A);
  counter.runTo(counter.now + 10 * SECOND);
  expect(counter.order(A).state).toBe('unknown');
  counter.utilitySays(A, 'order.accepted', `${A}.1`, {});
  expect(counter.order(A)).toMatchObject({ state: 'processing', card: { stage: 'ordering' } });
  counter.runTo(counter.now + MINUTE);
  expect(counter.order(A).state).toBe('unknown');
});
