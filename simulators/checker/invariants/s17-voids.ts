import type { BookedOrder } from '../booked-order.ts';
import type { Invariant } from '../invariant.ts';
import { yuan } from '../words.ts';

export const s17: Invariant = {
  id: 'S17',
  kind: 'safety',
  zh: '每笔信誉度购买或电卡购电最多撤销一次,限当日、同一网点、全额;邮局现金只退一次',
  en: 'A purchase of credit, or on a meter card, is voided at most once, on its own day, for its outlet, in full; the office’s cash moves back once',
  watch({ books, broken, checked }) {
    const voids = new Map<string, string>();
    const paidBack = new Map<string, number>();

    /** The purchase that may be voided so: of the right kind, outlet, amount and day. */
    function isOf(at: number, order: BookedOrder, kind: string): BookedOrder | undefined {
      checked();
      const wrong = (zh: string, en: string) => broken({ at, order: order.id, zh, en });
      const purchase = books.orders.get(order.voids);
      if (purchase?.kind !== kind || purchase.state !== 'succeeded') {
        wrong('所撤销的购买不存在或未成功', `voids ${order.voids}, which is no purchase that succeeded`);
        return undefined;
      }
      if (purchase.outlet !== order.outlet || purchase.amountFen !== order.amountFen)
        wrong(
          `购买为 ${purchase.outlet} ${yuan(purchase.amountFen)} 元,撤销为 ${order.outlet} ${yuan(order.amountFen)} 元`,
          `the purchase is ${yuan(purchase.amountFen)} yuan for ${purchase.outlet}, its void ${yuan(order.amountFen)} yuan for ${order.outlet}`,
        );
      if (purchase.businessDate !== order.businessDate)
        wrong(
          `购买于 ${purchase.businessDate},撤销于 ${order.businessDate}`,
          `bought on ${purchase.businessDate}, voided on ${order.businessDate}: only the same day is allowed`,
        );
      return purchase;
    }

    /** CAR-02: on a card it takes the writing of the card, and the money moves back when that is done. */
    function cardFits(at: number, order: BookedOrder): void {
      const purchase = isOf(at, order, 'cardPurchase');
      if (purchase && purchase.voidedBy.length > 0)
        broken({
          at,
          order: order.id,
          zh: `该购电已被 ${purchase.voidedBy} 撤销`,
          en: `voids purchase ${purchase.id}, which ${purchase.voidedBy} has voided already`,
        });
    }

    function cardVoided(at: number, order: BookedOrder): void {
      checked();
      const [back, ...more] = order.transfers;
      const purchase = books.orders.get(order.voids);
      const hold = purchase?.transfers[0];
      if (
        more.length > 0 ||
        back?.amountFen !== hold?.amountFen ||
        back?.debit !== hold?.credit ||
        back?.credit !== hold?.debit
      )
        broken({
          at,
          order: order.id,
          zh: '撤销的转账与购电不相反',
          en: `moves ${yuan(back?.amountFen ?? 0)} yuan ${back?.debit} → ${back?.credit} back, its purchase moved ${yuan(hold?.amountFen ?? 0)} yuan ${hold?.debit} → ${hold?.credit}`,
        });
      if (purchase?.voidedBy.length !== 1 || purchase.voidedBy[0] !== order.id)
        broken({
          at,
          order: order.id,
          zh: '购电上没有撤销标记',
          en: `was done, and purchase ${order.voids} is not marked as voided by it`,
        });
    }

    function fits(at: number, order: BookedOrder): void {
      const wrong = (zh: string, en: string) => broken({ at, order: order.id, zh, en });
      const purchase = isOf(at, order, 'creditPurchase');
      if (!purchase) return;
      const before = voids.get(purchase.id);
      if (before !== undefined)
        wrong(`该购买已被 ${before} 撤销`, `purchase ${purchase.id} was voided by ${before} already`);
      voids.set(purchase.id, order.id);
      if (purchase.voidedBy.length !== 1 || purchase.voidedBy[0] !== order.id)
        wrong('购买上没有撤销标记', `purchase ${purchase.id} is not marked as voided by this one`);
      const [bought] = purchase.transfers;
      const [back] = order.transfers;
      if (
        bought?.debit !== back?.credit ||
        bought?.credit !== back?.debit ||
        bought?.amountFen !== back?.amountFen
      )
        wrong(
          '撤销的转账与购买不相反',
          `the void moves ${yuan(back?.amountFen ?? 0)} yuan ${back?.debit} → ${back?.credit}, the purchase moved ${yuan(bought?.amountFen ?? 0)} yuan ${bought?.debit} → ${bought?.credit}`,
        );
    }

    return {
      record(at, record, order) {
        if (!order) return;
        if (record.type === 'orderOpened' && order.kind === 'creditVoid') fits(at, order);
        if (record.type === 'orderOpened' && order.kind === 'cardVoid') cardFits(at, order);
        if (record.type === 'orderEnded' && order.kind === 'cardVoid' && record.state === 'succeeded')
          cardVoided(at, order);
        if (record.type === 'orderVoided' && order.voidedBy.length > 1)
          broken({
            at,
            order: order.id,
            zh: `购买被撤销 ${order.voidedBy.length} 次`,
            en: `the purchase of ${yuan(order.amountFen)} yuan was voided by ${order.voidedBy.join(' and ')}`,
          });
      },
      cash(at, order, fen) {
        const booked = books.orders.get(order);
        if (fen >= 0 || booked?.kind !== 'creditVoid') return;
        checked();
        const back = (paidBack.get(booked.voids) ?? 0) - fen;
        paidBack.set(booked.voids, back);
        if (back > booked.amountFen)
          broken({
            at,
            order,
            zh: `购买 ${yuan(booked.amountFen)} 元,退现金 ${yuan(back)} 元`,
            en: `${yuan(back)} yuan went back for a purchase of ${yuan(booked.amountFen)} yuan`,
          });
      },
    };
  },
};
