import { describe, expect, test } from 'vitest';
import { SECOND } from '../../../../../contracts/time.ts';
import { orderId } from '../../../../support/ids.ts';
import {
  AFTER,
  answeredCard,
  BEFORE,
  cardCounter,
  cleared,
  READER,
  reading,
  returnedAt,
  SERIAL,
  UTILITY,
  writtenCard,
} from './counter.ts';

const [A, V] = [orderId(1), orderId(2)];

const atReading = () => {
  const counter = cardCounter();
  counter.buy(A);
  counter.ordered(A);
  return counter;
};
const atWriting = () => {
  const counter = cardCounter();
  counter.toWriting(A);
  return counter;
};
describe('CAR-01 a round: read, seal, write', () => {
  test('the seal is for this card, this session, this purpose', () => {
    const counter = atReading();
    counter.read(A);
    expect(counter.last('yizhan.utility.seal')).toMatchObject({
      id: `${A}.s1.C0FFEE0000000001`,
      data: {
        originalKey: `${A}.1`,
        cardSerial: SERIAL,
        challenge: 'C0FFEE0000000001',
        purpose: 'purchase',
      },
    });
    expect(counter.card(A)).toMatchObject({ stage: 'sealing', mayBeWritten: false });
  });

  test('the write goes to the reader that read, under a key of its round, with the challenge of the session', () => {
    const counter = atWriting();
    expect(counter.last('yizhan.card-reader.write')).toMatchObject({
      topic: 'yz/1/dev/51010001/1/reader/req',
      key: `${A}.w1`,
      expiry: counter.now + 30 * SECOND,
      data: { serial: SERIAL, challenge: 'C0FFEE0000000001', before: BEFORE, after: AFTER },
    });
    expect(counter.card(A)).toMatchObject({ stage: 'writing', mayBeWritten: true });
  });

  test('S6 that the card may be written is on the record before the write leaves', () => {
    const counter = atWriting();
    const { records } = counter.turns.at(-1) ?? { records: [] };
    expect(records).toMatchObject([{ type: 'cardMoved', to: { stage: 'writing', mayBeWritten: true } }]);
  });

  test('CRD-002 success read back is the proof: captured, receipted, and the utility is told', () => {
    const counter = atWriting();
    counter.wrote(A);
    expect(counter.order(A)).toMatchObject({
      state: 'succeeded',
      receipt: { number: expect.any(String) },
      card: { stage: 'closing' },
    });
    expect(counter.order(A).transfers.map(({ kind }) => kind)).toEqual(['hold', 'capture']);
    expect(counter.available()).toBe(80_000);
    expect(counter.last('yizhan.utility.confirm').data).toEqual({ originalKey: `${A}.1` });
  });

  test('the order is found on the card before anything is written: that is the proof, too', () => {
    const counter = atReading();
    counter.read(A, writtenCard());
    expect(counter.order(A).state).toBe('succeeded');
    expect(counter.sent('yizhan.card-reader.write')).toEqual([]);
  });

  test.each([
    ['another card', { serial: '00000000000000B2' }],
    ['another count', { wallet: { count: 7, amountFen: 20_000 } }],
    ['another amount', { wallet: { count: 6, amountFen: 1 } }],
  ])('CAR-07 a success with %s proves nothing: the card is read again', (_, over) => {
    const counter = atWriting();
    counter.wrote(A, over);
    expect(counter.order(A).state).toBe('unknown');
    expect(counter.card(A)).toMatchObject({ stage: 'reading', round: 2, mayBeWritten: true });
  });
});

describe('CAR-07 what is not proven is read again', () => {
  test('unknown: the outcome is unknown to people, until a reading proves it written', () => {
    const counter = atWriting();
    counter.writeUnclear(A);
    expect(counter.order(A).state).toBe('unknown');
    expect(counter.last('yizhan.card-reader.read').id).toBe(`${A}.r2`);
    counter.read(A, writtenCard());
    expect(counter.order(A)).toMatchObject({ state: 'succeeded', card: { stage: 'closing' } });
  });

  test('or not: then it is written again, under another key and for another session', () => {
    const counter = atWriting();
    counter.writeUnclear(A);
    counter.read(A, reading({ challenge: 'C0FFEE0000000002' }));
    expect(counter.order(A).state).toBe('processing');
    counter.sealed(A);
    expect(counter.last('yizhan.card-reader.write')).toMatchObject({
      key: `${A}.w2`,
      data: { challenge: 'C0FFEE0000000002' },
    });
    counter.wrote(A);
    expect(counter.order(A).state).toBe('succeeded');
  });

  test('half of it: written again, whole; and it may be written all the while', () => {
    const counter = atWriting();
    counter.writeUnclear(A);
    counter.read(A, cleared());
    expect(counter.order(A).state).toBe('unknown');
    expect(counter.card(A)).toMatchObject({ stage: 'sealing', mayBeWritten: true });
    counter.sealed(A);
    counter.writeFails(A, 'device.challengeStale');
    expect(counter.card(A).mayBeWritten, 'what the earlier write did stands').toBe(true);
    expect(counter.order(A).state).toBe('unknown');
  });

  test('a failure without effect leaves the card as the reading had proven it', () => {
    const counter = atWriting();
    counter.writeFails(A, 'device.cardSwapped');
    expect(counter.card(A)).toMatchObject({ stage: 'reading', mayBeWritten: false });
    expect(counter.order(A).state).toBe('processing');
  });

  test('a failure whose effect is not what its code means is not believed', () => {
    const counter = atWriting();
    const error = { code: 'device.writeUncertain', effect: 'none', retry: 'newKey', action: 'inquire' };
    counter.readerSays(A, 'write.completed', { outcome: 'failure', error }, `${A}.w1`);
    expect(counter.card(A).mayBeWritten).toBe(true);
  });

  test('«unknown» with a code that means no effect is unknown', () => {
    const counter = atWriting();
    counter.readerSays(A, 'write.completed', counter.unknown('device.cardSwapped'), `${A}.w1`);
    expect(counter.card(A).mayBeWritten).toBe(true);
  });

  test('what does not fit the contract says nothing', () => {
    const counter = atWriting();
    counter.readerSays(A, 'write.completed', { outcome: 'success', result: { done: true } }, `${A}.w1`);
    expect(counter.card(A)).toMatchObject({ stage: 'reading', mayBeWritten: true });
  });

  test('three rounds by itself, then it waits for a person; the hold stays', () => {
    const counter = atWriting();
    for (let round = 1; round <= 3; round++) {
      counter.writeUnclear(A);
      if (round === 3) break;
      counter.read(A);
      counter.sealed(A);
    }
    expect(counter.card(A)).toMatchObject({ stage: 'waiting', why: 'device.writeUncertain', round: 3 });
    expect(counter.order(A).state).toBe('unknown');
    expect(counter.available()).toBe(80_000);
    expect(counter.sent('yizhan.card-reader.write')).toHaveLength(3);
  });
});

describe('CAR-03 the wrong card, or none', () => {
  test.each([
    ['another meter’s card', reading({ serial: '00000000000000B2' }), 'device.cardSwapped'],
    ['a card of another kind', { card: 'unknown', answerToReset: '3B00' }, 'device.cardSwapped'],
    ['another count', reading({ wallet: { count: 9, amountFen: 1 } }), 'device.cardChanged'],
    ['a card the meter has not taken', cleared(), 'platform.cardNotInserted'],
    ['nonsense', { card: 'meter' }, 'device.hardwareError'],
  ])('%s: nothing is sealed, it waits with the reason, and it can be taken back', (_, found, why) => {
    const counter = atReading();
    counter.read(A, found);
    expect(counter.card(A)).toMatchObject({ stage: 'waiting', why, mayBeWritten: false });
    expect(counter.sent('yizhan.utility.seal')).toEqual([]);
    expect(counter.order(A).state).toBe('processing');
  });

  test('no card: it waits', () => {
    const counter = atReading();
    counter.readFails(A, 'device.cardNotPresent');
    expect(counter.card(A)).toMatchObject({ stage: 'waiting', why: 'device.cardNotPresent' });
  });

  test('another card in the reader disproves nothing of a card that may be written', () => {
    const counter = atWriting();
    counter.writeUnclear(A);
    counter.read(A, reading({ serial: '00000000000000B2' }));
    expect(counter.card(A)).toMatchObject({ stage: 'waiting', mayBeWritten: true });
    expect(counter.order(A).state).toBe('unknown');
  });

  test('CAR-02 a void that the meter has overtaken waits and is taken back', () => {
    const counter = cardCounter();
    counter.sold(A);
    counter.voidOf(V, A);
    counter.ordered(V);
    counter.read(V, answeredCard(returnedAt(6)));
    expect(counter.card(V)).toMatchObject({ stage: 'waiting', why: 'platform.voidNotAllowed' });
    expect(counter.sent('yizhan.utility.seal')).toHaveLength(1);
    expect(counter.takeBack(V)).toMatchObject({ ok: true });
    expect(counter.last('yizhan.utility.cancelVoid').data).toEqual({ originalKey: `${A}.1` });
  });
});

describe('UTL-004 the seal', () => {
  test.each([
    ['of another amount', { after: { count: 6, amountFen: 20_001 } }],
    ['of another count', { after: { count: 7, amountFen: 20_000 } }],
    ['upon another wallet', { before: { count: 5, amountFen: 9_999 } }],
    ['that does not fit the contract', { files: [] }],
  ])('one %s is not written', (_, over) => {
    const counter = atReading();
    counter.read(A);
    counter.sealed(A, over);
    expect(counter.card(A)).toMatchObject({ stage: 'waiting', why: 'counterpart.ambiguous' });
    expect(counter.sent('yizhan.card-reader.write')).toEqual([]);
    expect(counter.card(A).mayBeWritten).toBe(false);
  });

  test('refused by the utility: its reason is what a person reads', () => {
    const counter = atReading();
    counter.read(A);
    counter.utilitySays(
      A,
      'seal.completed',
      `${A}.s1.C0FFEE0000000001`,
      counter.failure('counterpart.wrongStanding'),
    );
    expect(counter.card(A)).toMatchObject({ stage: 'waiting', why: 'counterpart.wrongStanding' });
  });

  test('nobody to seal, or no reader left to write: it waits, and nothing was written', () => {
    const counter = atReading();
    counter.offline(UTILITY);
    counter.read(A);
    expect(counter.card(A)).toMatchObject({ stage: 'waiting', why: 'platform.counterpartOffline' });
    const other = atReading();
    other.read(A);
    other.offline(READER);
    other.sealed(A);
    expect(other.card(A)).toMatchObject({ stage: 'waiting', why: 'device.offline', mayBeWritten: false });
  });

  test('CAR-02 of a void: for the purchase’s key, with the void’s purpose', () => {
    const counter = cardCounter();
    counter.sold(A);
    counter.voidOf(V, A);
    counter.ordered(V);
    counter.read(V, writtenCard());
    expect(counter.last('yizhan.utility.seal').data).toMatchObject({
      originalKey: `${A}.1`,
      purpose: 'void',
    });
    counter.sealed(V);
    expect(counter.last('yizhan.card-reader.write').data).toMatchObject({ before: AFTER, after: BEFORE });
  });
});

test('no reader at the counter when the utility answers: it waits for a person', () => {
  const counter = cardCounter();
  counter.buy(A);
  counter.offline(READER);
  counter.ordered(A);
  expect(counter.card(A)).toMatchObject({ stage: 'waiting', why: 'device.offline' });
});
