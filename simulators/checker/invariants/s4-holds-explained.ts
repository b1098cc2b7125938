import { type BookedOrder, holdsMoney, isFinalState } from '../booked-order.ts';
import type { Invariant } from '../invariant.ts';
import type { Image } from '../observation.ts';
import { yuan } from '../words.ts';

export const s4: Invariant = {
  id: 'S4',
  kind: 'safety',
  zh: '未结束订单的冻结额等于其金额,已结束的为零;网点冻结总额等于其未结束订单之和',
  en: 'An order’s open hold is its amount until it has ended and nothing after; an outlet’s holds are its open orders’ amounts',
  watch({ broken, checked }) {
    const touched = new Set<BookedOrder>();
    /** By outlet: what its open orders are worth, in fen. */
    const owed = new Map<string, number>();
    const counted = new Set<BookedOrder>();

    function count(order: BookedOrder): void {
      const isOpen = holdsMoney(order) && !isFinalState(order.state);
      if (isOpen === counted.has(order)) return;
      if (isOpen) counted.add(order);
      else counted.delete(order);
      const account = `credit:${order.outlet}`;
      owed.set(account, (owed.get(account) ?? 0) + (isOpen ? order.amountFen : -order.amountFen));
    }

    function compare(at: number, { accounts }: Image): void {
      for (const [name, [, , pending]] of accounts) {
        if (!name.startsWith('credit:')) continue;
        const expected = owed.get(name) ?? 0;
        if (pending === expected) continue;
        broken({
          at,
          zh: `账户 ${name} 冻结 ${yuan(pending)} 元,未结束订单共 ${yuan(expected)} 元`,
          en: `account ${name} holds ${yuan(pending)} yuan, its open orders are worth ${yuan(expected)}`,
        });
      }
    }

    return {
      record(_, __, order) {
        if (order) touched.add(order);
      },
      durable(at) {
        for (const order of touched) {
          checked();
          count(order);
          const isOpen = holdsMoney(order) && !isFinalState(order.state);
          const expected = isOpen ? order.amountFen : 0;
          const held = heldBy(order);
          if (held === expected) continue;
          broken({
            at,
            order: order.id,
            zh: `状态 ${order.state},冻结应为 ${yuan(expected)} 元,实为 ${yuan(held)} 元`,
            en: `the order is ${order.state}: ${yuan(expected)} yuan must be held, ${yuan(held)} yuan are`,
          });
        }
        touched.clear();
      },
      quiet: compare,
      recovered: compare,
    };
  },
};

function heldBy({ transfers }: BookedOrder): number {
  let held = 0;
  for (const { kind, amountFen } of transfers)
    if (kind === 'hold') held += amountFen;
    else if (kind !== 'single') held -= amountFen;
  return held;
}
