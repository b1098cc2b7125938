import { MINUTE } from '../../../contracts/time.ts';
import type { Invariant } from '../invariant.ts';

const WITHIN = 2 * MINUTE;

export const l8: Invariant = {
  id: 'L8',
  kind: 'liveness',
  zh: '其他网点或对方的故障不拖累正常网点:恢复后其新订单两分钟内结束',
  en: 'Places that stay dead delay nobody else: what a working outlet sells after the healing ends within two minutes',
  watch({ books, scene, broken, checked }) {
    const probes = new Map<string, number>();

    function look(at: number): void {
      for (const [id, since] of probes) {
        const order = books.orders.get(id);
        if (order?.final) {
          checked();
          probes.delete(id);
          // Whoever works can sell: only too little credit is a reason not to.
          if (order.final.state === 'rejected' && order.problem !== 'platform.creditInsufficient')
            broken({
              at,
              order: id,
              zh: `恢复后的新订单被拒:${order.problem}`,
              en: `was asked for after the healing and was refused: ${order.problem}`,
            });
        }
        const late = (order?.final?.at ?? at) - since;
        if (late <= WITHIN) continue;
        broken({
          at,
          order: id,
          zh: `恢复后的新订单 ${Math.round(late / 1000)} 秒后为 ${order?.state ?? '未受理'}`,
          en: `was asked for after the healing and is ${order?.state ?? 'not accepted'} ${Math.round(late / 1000)} s later; ${WITHIN / 1000} s are allowed`,
        });
      }
    }

    return {
      intended(at, { order, outlet, do: what }) {
        const { healed } = scene;
        if (what === 'topup' && healed && at >= healed.at && healed.core.has(outlet)) probes.set(order, at);
      },
      told(_, { order, state }) {
        if (state !== 'refused' || !probes.delete(order)) return;
        checked();
      },
      tick: look,
      end: look,
    };
  },
};
