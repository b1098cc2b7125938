import { describe, expect, it } from 'vitest';
import { cardViewOf } from '../../../platform/core/card-advice.ts';
import type { CardStage } from '../../../platform/core/card-work.ts';
import type { Order } from '../../../platform/core/order.ts';

interface Case {
  state: Order['state'];
  stage: CardStage;
  mayBeWritten?: boolean;
  /** What the utility was told last. */
  told?: string;
  voidedBy?: string;
}

const told = (
  kind: Order['kind'],
  { state, stage, mayBeWritten = false, told: operation, voidedBy }: Case,
) => {
  const order = {
    kind,
    state,
    card: { stage, mayBeWritten },
    legs: [{ operation: operation ?? 'order' }],
    ...(voidedBy ? { voidedBy } : {}),
  };
  const { zh = '', en = '', may = [] } = cardViewOf(order as unknown as Order) ?? {};
  return { zh, en, may };
};

/** What may be done with the cash, by the words. */
const cashOf = ({ zh }: { zh: string }): 'take' | 'back' | 'keep' | 'nothing' => {
  if (/勿退款|不要退款|不退款|再退还用户现金/.test(zh)) return 'keep';
  if (/退还(用户)?现金/.test(zh)) return 'back';
  return zh.includes('收款') ? 'take' : 'nothing';
};

describe('what a teller is told of card and cash', () => {
  it.each([
    ['while it is being ordered', { state: 'processing', stage: 'ordering' }, 'nothing'],
    ['no clear answer of the utility', { state: 'unknown', stage: 'ordering' }, 'keep'],
    ['no answer for a day', { state: 'manual', stage: 'ordering' }, 'keep'],
    ['while it is being written', { state: 'processing', stage: 'writing' }, 'nothing'],
    ['in doubt', { state: 'unknown', stage: 'waiting', mayBeWritten: true }, 'keep'],
    ['not written', { state: 'processing', stage: 'waiting' }, 'back'],
    ['written', { state: 'succeeded', stage: 'closing', told: 'confirm' }, 'take'],
    ['taken back', { state: 'processing', stage: 'closing', told: 'cancel' }, 'back'],
    ['against the books', { state: 'manual', stage: 'closing', told: 'cancel' }, 'keep'],
    ['ended well', { state: 'succeeded', stage: 'closed' }, 'nothing'],
    ['failed', { state: 'failed', stage: 'closed' }, 'back'],
    ['voided', { state: 'succeeded', stage: 'closed', voidedBy: 'ANOTHER' }, 'nothing'],
  ] as const)('CAR-01 CAR-03 of a purchase: %s', (_, order, cash) => {
    expect(cashOf(told('cardPurchase', order))).toBe(cash);
  });

  it.each([
    ['no clear answer of the utility', { state: 'unknown', stage: 'ordering' }, 'keep'],
    ['in doubt', { state: 'unknown', stage: 'waiting', mayBeWritten: true }, 'keep'],
    ['the card is as before', { state: 'processing', stage: 'waiting' }, 'keep'],
    [
      'on the card, and not confirmed yet',
      { state: 'unknown', stage: 'closing', told: 'confirmVoid' },
      'keep',
    ],
    ['given up', { state: 'processing', stage: 'closing', told: 'cancelVoid' }, 'keep'],
    ['against the books', { state: 'manual', stage: 'closing', told: 'confirmVoid' }, 'keep'],
    ['ended well', { state: 'succeeded', stage: 'closed' }, 'back'],
    ['failed', { state: 'failed', stage: 'closed' }, 'keep'],
  ] as const)('CAR-02 of a void no cash goes back before it has ended well: %s', (_, order, cash) => {
    expect(cashOf(told('cardVoid', order))).toBe(cash);
  });

  it('CAR-07 in doubt the same card goes in again, and nothing else may be done; both languages say so', () => {
    for (const kind of ['cardPurchase', 'cardVoid'] as const) {
      const { zh, en, may } = told(kind, { state: 'unknown', stage: 'waiting', mayBeWritten: true });
      expect(may).toEqual(['work']);
      expect(zh).toContain('原卡放回任一读卡器');
      expect(en).toContain('same card into any reader');
      expect(en).toMatch(/no refund|neither refund/);
    }
  });

  it('a customer whose utility does not answer is not kept waiting with the card in the reader', () => {
    for (const state of ['unknown', 'manual'] as const)
      expect(told('cardPurchase', { state, stage: 'ordering' }).zh).toContain('可先取卡');
    expect(told('cardPurchase', { state: 'processing', stage: 'ordering' }).zh).toContain('请勿拔卡');
  });
});
