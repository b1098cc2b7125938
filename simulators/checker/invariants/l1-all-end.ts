import type { BookedOrder } from '../booked-order.ts';
import { canEnd } from '../cards.ts';
import { claimOf } from '../claim.ts';
import type { Invariant } from '../invariant.ts';

export const l1: Invariant = {
  id: 'L1',
  kind: 'liveness',
  zh: '最终每个订单都已结束,或因对方从未明确答复而在人工处理中;没有打印任务悬而未决',
  en: 'In the end every order has ended, or is with a person for a stated reason and without a clear word of its counterpart; and no print job is still open',
  watch({ books, scene, broken, checked }) {
    /** Orders whose counterpart has said clearly how they ended: just now, and to a platform that has taken it in. */
    let fresh: BookedOrder[] = [];
    const clear = new Set<BookedOrder>();

    return {
      heard(_, message, order) {
        const kind = order && !order.final && claimOf(message, order)?.claim.kind;
        if (order && (kind === 'succeeded' || kind === 'declined')) fresh.push(order);
      },
      crashed() {
        fresh = [];
      },
      quiet() {
        for (const order of fresh) if (!order.final) clear.add(order);
        fresh = [];
      },
      end(at) {
        if (scene.aliveSince === undefined) return;
        for (const order of books.orders.values()) {
          checked();
          const wrong = (zh: string, en: string) => broken({ at, order: order.id, zh, en });
          if (!order.final && order.state !== 'manual' && canEnd(scene, order))
            wrong(`到最后仍为 ${order.state}`, `is still ${order.state} at the end`);
          // What is proven is told for ever: only a utility that is not there can keep it open.
          if (order.final && order.card && order.card.stage !== 'closed' && canEnd(scene, order))
            wrong(
              `电卡处理到最后仍为 ${order.card.stage}`,
              `its card is still ${order.card.stage} at the end`,
            );
          if (!order.final && clear.has(order))
            wrong(
              '对方已明确答复,订单却未结束',
              `is ${order.state}, though its counterpart has said how it ended`,
            );
          if (order.state === 'manual' && order.why === '')
            wrong('转人工却没有原因', 'is with a person, and no reason is written down');
          for (const { no, state } of order.prints)
            if (state === 'waiting' || state === 'sent' || state === 'accepted')
              wrong(`第 ${no} 张打印任务到最后仍为 ${state}`, `print ${no} is still ${state} at the end`);
        }
      },
    };
  },
};
