import { type BookedOrder, isFinalState } from '../booked-order.ts';
import { type Claim, claimOf } from '../claim.ts';
import type { Invariant } from '../invariant.ts';
import type { Image } from '../observation.ts';

export const s8: Invariant = {
  id: 'S8',
  kind: 'safety',
  zh: '终态不再改变;终态之后的相反消息必开一个相应的差错',
  en: 'A final state never changes; contrary news after the end opens a case of its kind',
  watch({ books, broken, checked }) {
    /** Cases that news has called for since the last quiet moment. */
    let due: { order: BookedOrder; kind: string }[] = [];

    const changed = (at: number, order: BookedOrder, now: string) =>
      broken({
        at,
        order: order.id,
        zh: `终态为 ${order.final?.state},之后又出现 ${now}`,
        en: `the order had ended ${order.final?.state}; ${now} came after the end`,
      });

    function look(at: number, { orders }: Image): void {
      for (const [id, state] of orders) {
        const final = books.orders.get(id)?.final;
        if (!final) continue;
        checked();
        if (final.state !== state)
          broken({
            at,
            order: id,
            zh: `终态为 ${final.state},平台内存中为 ${state}`,
            en: `the order ended ${final.state}; the platform now holds it as ${state}`,
          });
      }
    }

    return {
      record(at, record, order) {
        if (!order?.final || order.final.record === books.last) return;
        checked();
        // The same end once more is the same fact twice, and S9's.
        if (
          record.type === 'orderMoved' ||
          (record.type === 'orderEnded' && record.state !== order.final.state)
        )
          changed(at, order, `${record.type} ${record.state}`);
        if (record.type === 'orderTakenUp' && record.order.state !== order.final.state)
          changed(at, order, record.order.state);
      },
      heard(_, message, order) {
        const claim = order && claimOf(message, order)?.claim;
        const kind = order && claim && caseFor(order, claim);
        if (order && kind) due.push({ order, kind });
        if (order?.final && claim && isFinalState(order.state)) checked();
      },
      shown(at, view, _, order) {
        if (order?.final && isFinalState(view.state) && view.state !== order.final.state)
          changed(at, order, `${view.state} (told)`);
      },
      crashed() {
        // What had not been written down by then, nobody remembers.
        due = [];
      },
      quiet(at, image) {
        for (const { order, kind } of due) {
          checked();
          if (order.cases.some((known) => known.kind === kind)) continue;
          broken({
            at,
            order: order.id,
            zh: `订单已 ${order.state},之后有相反消息送达,却没有 ${kind} 差错`,
            en: `contrary news was delivered when the order was ${order.state}, and no case ${kind} was opened`,
          });
        }
        due = [];
        look(at, image);
      },
      recovered: look,
    };
  },
};

/** Which case a counterpart's word calls for, as the order is on the disk when it is delivered. */
function caseFor(order: BookedOrder, claim: Claim): string | undefined {
  if (claim.kind === 'mismatch') return 'mismatch';
  if (!order.final) return undefined;
  const { state } = order.final;
  if (claim.kind === 'succeeded' && state === 'failed') return 'lateSuccess';
  if (claim.kind === 'declined' && state === 'succeeded') return 'lateFailure';
  if (claim.kind === 'processing' && order.problem === 'contract.notFound') return 'lateProcessing';
  const isOther = order.legs.every(({ counterpartNo }) => counterpartNo !== '');
  if (claim.kind === 'succeeded' && state === 'succeeded' && isOther && claim.counterpartNo !== '')
    return order.legs.some(({ counterpartNo }) => counterpartNo === claim.counterpartNo)
      ? undefined
      : 'secondSuccess';
  return undefined;
}
