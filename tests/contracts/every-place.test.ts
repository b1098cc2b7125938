import { beforeAll, describe, expect, it } from 'vitest';
import type { Completion } from '../../contracts/operation.ts';
import { everyPlace } from './every-place.ts';
import type { Spoken } from './speaker.ts';

describe('what utility and card reader say to each other through the platform', () => {
  let said: Spoken[] = [];
  beforeAll(async () => {
    said = await everyPlace();
  });
  const ofType = (type: string) => said.filter(({ envelope }) => envelope.type === type);
  const ends = (type: string) =>
    ofType(`yizhan.${type}.completed`).map(({ envelope }) => {
      const { outcome, error } = envelope.data as Completion;
      return error?.code ?? outcome;
    });

  it('UTL-001 UTL-004 CRD-002 what the one seals the other writes, for a purchase and for its void', () => {
    expect(ends('utility.seal')).toEqual(['success', 'success']);
    expect(ends('card-reader.read')).toEqual(['success', 'success']);
    expect(ofType('yizhan.card-reader.write.completed').map(({ envelope }) => envelope.data)).toEqual([
      { outcome: 'success', result: expect.objectContaining({ wallet: { count: 8, amountFen: 8_000 } }) },
      { outcome: 'success', result: expect.objectContaining({ wallet: { count: 7, amountFen: 10_000 } }) },
    ]);
  });

  it('UTL-002 UTL-005 UTL-007 an order is ended as it was told, and refused where it stands otherwise', () => {
    expect(ends('utility.order')).toEqual(['success', 'counterpart.orderOpen', 'success', 'success']);
    expect(ends('utility.confirm')).toEqual(['success']);
    expect(ends('utility.cancel')).toEqual(['counterpart.wrongStanding', 'success']);
    expect(ends('utility.orderVoid')).toEqual(['success', 'success']);
    expect([...ends('utility.cancelVoid'), ...ends('utility.confirmVoid')]).toEqual(['success', 'success']);
    expect(ofType('yizhan.utility.order.processing')).toHaveLength(1);
  });
});
