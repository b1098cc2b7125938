import { describe, expect, test } from 'vitest';
import type { MeterCard } from '../../../../../contracts/devices/card-reader.ts';
import { type CardOrder, isCardOrder } from '../../../../../platform/core/flows/card/moving.ts';
import { standingOf } from '../../../../../platform/core/flows/card/writing.ts';
import { orderId } from '../../../../support/ids.ts';
import {
  AFTER,
  answeredCard,
  BEFORE,
  cardCounter,
  cleared,
  reading,
  returnedAt,
  writtenCard,
} from './counter.ts';

const A = orderId(1);

describe('CAR-07 what is on the card decides', () => {
  const bought = (): CardOrder => {
    const counter = cardCounter();
    counter.buy(A);
    const order = counter.order(A);
    if (!isCardOrder(order)) throw new Error(`${A} has no card`);
    return order;
  };
  const purchase = (over: Partial<CardOrder['card']> = {}) => {
    const order = bought();
    return { ...order, card: { ...order.card, ...over } };
  };
  const voiding = (over: Partial<CardOrder['card']> = {}) => {
    const order = purchase({ before: AFTER, after: BEFORE, ...over });
    return { ...order, kind: 'cardVoid' as const };
  };
  const torn = (over: Partial<MeterCard> = {}) => cleared({ damaged: ['returned'], ...over });

  test.each<[string, CardOrder, MeterCard, string]>([
    ['as it was bought for', purchase(), reading(), 'before'],
    [
      'answered anew by the meter',
      purchase(),
      reading({ returned: { ...returnedAt(5), data: '68FF' } }),
      'before',
    ],
    ['the order on it', purchase(), writtenCard(), 'written'],
    ['taken by the meter at once', purchase({ mayBeWritten: true }), answeredCard(returnedAt(6)), 'written'],
    [
      'the new wallet, the old return file',
      purchase({ mayBeWritten: true }),
      answeredCard(returnedAt(5)),
      'half',
    ],
    ['only the return file cleared', purchase({ mayBeWritten: true }), cleared(), 'half'],
    ['a return file missing before any write', purchase(), cleared(), 'notInserted'],
    [
      'an open card, as it was',
      purchase({ before: { count: 0, amountFen: 0 }, returned: undefined } as object),
      cleared({ wallet: { count: 0, amountFen: 0 } }),
      'before',
    ],
    ['a torn return file after a write', purchase({ mayBeWritten: true }), torn(), 'half'],
    [
      'a torn return file with the new wallet',
      purchase({ mayBeWritten: true }),
      torn({ wallet: AFTER }),
      'half',
    ],
    ['a torn return file before any write', purchase(), torn(), 'foreign'],
    ['another count', purchase(), reading({ wallet: { count: 7, amountFen: 20_000 } }), 'foreign'],
    ['another amount', purchase(), cleared({ wallet: { count: 6, amountFen: 20_001 } }), 'foreign'],
    ['a void done', voiding({ mayBeWritten: true }), reading(), 'written'],
    [
      'a void done, and the meter has answered anew',
      voiding(),
      reading({ returned: { ...returnedAt(5), data: '68FF' } }),
      'written',
    ],
    ['a void not begun', voiding(), writtenCard(), 'before'],
    ['a void overtaken by the meter', voiding(), answeredCard(returnedAt(6)), 'taken'],
    [
      'a void: the old return file, the new wallet',
      voiding({ mayBeWritten: true }),
      answeredCard(returnedAt(5)),
      'half',
    ],
    ['a void: the old wallet, no return file', voiding({ mayBeWritten: true }), cleared(), 'half'],
    [
      'a void of the first purchase',
      voiding({ after: { count: 0, amountFen: 0 }, returned: undefined } as object),
      cleared({ wallet: { count: 0, amountFen: 0 } }),
      'written',
    ],
  ])('%s', (_, order, found, standing) => {
    expect(standingOf(order, found)).toBe(standing);
  });
});
