import { describe, expect, test } from 'vitest';
import { HOUR } from '../../../../../contracts/time.ts';
import { orderId } from '../../../../support/ids.ts';
import { ADMIN, CLERK } from '../../../../support/small-platform.ts';
import { cardCounter, OTHER_READER, OTHER_TELLER, READER, reading, writtenCard } from './counter.ts';

const A = orderId(1);

const waiting = () => {
  const counter = cardCounter();
  counter.waiting(A);
  return counter;
};
const indeterminate = () => {
  const counter = cardCounter();
  counter.indeterminate(A);
  return counter;
};

describe('CAR-07 the card is put in again', () => {
  test('it is read, and what it says decides', () => {
    const counter = indeterminate();
    expect(counter.work(A)).toMatchObject({ ok: true, order: { id: A } });
    expect(counter.card(A)).toMatchObject({ stage: 'reading', tries: 1, round: 3 });
    counter.read(A, writtenCard());
    expect(counter.order(A).state).toBe('succeeded');
  });

  test('three rounds again', () => {
    const counter = waiting();
    counter.work(A);
    for (let round = 0; round < 3; round++) {
      expect(counter.card(A).stage).toBe('reading');
      counter.read(A);
      counter.sealed(A);
      counter.writeFails(A, 'device.challengeStale');
    }
    expect(counter.card(A)).toMatchObject({ stage: 'waiting', why: 'device.challengeStale' });
  });

  test('at any other counter, by its teller and in its reader; the money stays the order’s outlet’s', () => {
    const counter = waiting();
    counter.online(OTHER_READER, 'card-reader');
    expect(counter.work(A, OTHER_TELLER)).toMatchObject({ ok: true });
    expect(counter.last('yizhan.card-reader.read')).toMatchObject({
      topic: 'yz/1/dev/51010002/2/reader/req',
    });
    counter.read(A, reading(), READER);
    expect(counter.card(A).stage, 'the old reader is not asked any more').toBe('reading');
    counter.read(A, reading(), OTHER_READER);
    counter.sealed(A);
    expect(counter.last('yizhan.card-reader.write')).toMatchObject({
      topic: 'yz/1/dev/51010002/2/reader/req',
    });
    counter.wrote(A, {}, READER);
    expect(counter.card(A).stage).toBe('writing');
    counter.wrote(A, {}, OTHER_READER);
    expect(counter.order(A)).toMatchObject({ state: 'succeeded', outlet: '51010001' });
    expect(counter.available()).toBe(80_000);
  });

  test('refused while something is under way, and where no reader is', () => {
    const counter = waiting();
    counter.offline(READER);
    expect(counter.work(A)).toMatchObject({ ok: false, code: 'platform.readerOffline' });
    expect(counter.card(A).stage).toBe('waiting');
    counter.online(READER, 'card-reader', 'epoch-2');
    counter.work(A);
    expect(counter.work(A)).toMatchObject({ ok: false, code: 'platform.cardNotWaiting' });
    expect(counter.sent('yizhan.card-reader.read')).toHaveLength(2);
  });

  test('ACC-03 not a clerk’s and not an administrator’s; of nothing it is not found', () => {
    const counter = waiting();
    for (const who of [CLERK, ADMIN]) expect(counter.work(A, who)).toMatchObject({ ok: false });
    expect(counter.card(A).stage).toBe('waiting');
    expect(counter.work(orderId(99))).toMatchObject({ code: 'platform.notFound' });
  });
});

describe('CAR-03 a person takes the order back', () => {
  test('where the card is proven not to be written', () => {
    const counter = waiting();
    expect(counter.takeBack(A)).toMatchObject({ ok: true });
    expect(counter.last('yizhan.utility.cancel').data).toEqual({ originalKey: `${A}.1` });
  });

  test('never where it may be, however long it takes', () => {
    const counter = indeterminate();
    expect(counter.takeBack(A)).toMatchObject({ ok: false, code: 'platform.cardMayBeWritten' });
    counter.runTo(counter.now + 100 * HOUR);
    expect(counter.takeBack(A)).toMatchObject({ code: 'platform.cardMayBeWritten' });
    expect(counter.order(A).state).toBe('unknown');
    expect(counter.available()).toBe(80_000);
    expect(counter.sent('yizhan.utility.cancel')).toEqual([]);
  });

  test('but when a reading has proven it since', () => {
    const counter = indeterminate();
    counter.work(A);
    counter.read(A);
    counter.utilitySays(
      A,
      'seal.completed',
      counter.last('yizhan.utility.seal').id,
      counter.failure('counterpart.timeout'),
    );
    expect(counter.takeBack(A)).toMatchObject({ ok: true });
  });

  test('not while a round is under way, nor when it was taken back', () => {
    const counter = cardCounter();
    counter.buy(A);
    expect(counter.takeBack(A)).toMatchObject({ code: 'platform.cardNotWaiting' });
    counter.ordered(A);
    expect(counter.takeBack(A)).toMatchObject({ code: 'platform.cardNotWaiting' });
    counter.readFails(A, 'device.cardNotPresent');
    counter.takeBack(A);
    expect(counter.takeBack(A)).toMatchObject({ code: 'platform.cardNotWaiting' });
    expect(counter.work(A)).toMatchObject({ code: 'platform.cardNotWaiting' });
    expect(counter.sent('yizhan.utility.cancel')).toHaveLength(1);
  });

  test('ACC-03 at its own outlet, or by the administrators above it; nobody else', () => {
    const counter = waiting();
    for (const who of [OTHER_TELLER, CLERK])
      expect(counter.takeBack(A, who), JSON.stringify(who)).toMatchObject({ ok: false });
    expect(counter.card(A).stage).toBe('waiting');
    expect(counter.takeBack(A, ADMIN)).toMatchObject({ ok: true });
  });
});

describe('CAR-05 a person has the utility told now', () => {
  test('at once, and the ladder goes on', () => {
    const counter = cardCounter();
    counter.toWriting(A);
    counter.wrote(A);
    counter.advance(1_000);
    expect(counter.confirm(A)).toMatchObject({ ok: true });
    expect(counter.sent('yizhan.utility.confirm').map(({ key }) => key)).toEqual([`${A}.2.1`, `${A}.2.2`]);
    counter.toldDone(A);
    expect(counter.confirm(A), 'nothing is left to be told').toMatchObject({ ok: true });
    expect(counter.sent('yizhan.utility.confirm')).toHaveLength(2);
  });

  test('what is not proven is not told: neither an order on its way nor one that waits', () => {
    const counter = indeterminate();
    counter.confirm(A);
    const other = cardCounter();
    other.buy(A);
    other.confirm(A);
    for (const each of [counter, other]) {
      expect(each.sent('yizhan.utility.confirm')).toEqual([]);
      expect(each.sent('yizhan.utility.cancel')).toEqual([]);
      expect(each.sent('yizhan.utility.order'), 'and nothing is ordered again').toHaveLength(1);
    }
  });

  test('ACC-03 is a teller’s of the outlet; of an order without a card there is nothing to tell', () => {
    const counter = cardCounter();
    counter.toWriting(A);
    counter.wrote(A);
    for (const who of [OTHER_TELLER, CLERK]) expect(counter.confirm(A, who)).toMatchObject({ ok: false });
    expect(counter.sent('yizhan.utility.confirm')).toHaveLength(1);
    expect(counter.confirm('01JCREDT000000000000000000')).toMatchObject({ code: 'platform.notFound' });
  });
});

test('MOB-04 an inquiry by hand asks about the order itself; about what is told for ever nothing is asked', () => {
  const counter = cardCounter();
  counter.buy(A);
  const inquire = () =>
    counter.command(ADMIN, {
      type: 'inquire',
      order: A,
    });
  expect(inquire()).toMatchObject({ ok: true });
  expect(counter.last('yizhan.utility.inquire').data).toEqual({ originalKey: `${A}.1` });
  counter.ordered(A);
  counter.readFails(A, 'device.cardNotPresent');
  counter.takeBack(A);
  counter.advance(HOUR);
  inquire();
  expect(counter.sent('yizhan.utility.inquire')).toHaveLength(1);
});
