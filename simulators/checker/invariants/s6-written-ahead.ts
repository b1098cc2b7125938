import { type BookedOrder, hasHad, isFinalState } from '../booked-order.ts';
import { WRITE_CARD } from '../cards.ts';
import type { Invariant } from '../invariant.ts';
import { ASK_PRINT, INQUIRE, type Message, PERFORM, PRINT } from '../message.ts';

export const s6: Invariant = {
  id: 'S6',
  kind: 'safety',
  zh: '凡发往外部或告知网点的,其记录必已先落盘',
  en: 'Whatever left the platform, or was told to a station, was on the disk before',
  watch({ books, broken, checked }) {
    return {
      sent(at, message, order) {
        const missing = missingRecord(message, order);
        if (missing === undefined) return;
        checked();
        if (missing === '') return;
        broken({
          at,
          ...(message.order ? { order: message.order } : {}),
          zh: `已发出 ${message.type} ${message.id},但尚无记录 ${missing}`,
          en: `${message.type} ${message.id} left before its record (${missing}) was on the disk`,
        });
      },
      told(at, { order: id, state, problem }) {
        if (state === 'refused') return;
        checked();
        const order = books.orders.get(id);
        if (order && hasHad(order, state) && (!isFinalState(state) || order.state === state)) return;
        broken({
          at,
          order: id,
          zh: `告知网点 ${state}${problem ? `(${problem})` : ''},日志中为 ${order?.state ?? '无此订单'}`,
          en: `the station was told ${state}; on the disk the order is ${order?.state ?? 'not there'}`,
        });
      },
    };
  },
};

/** What should have been written down before this message: `''` where it was, `undefined` where the message needs nothing. */
function missingRecord({ type, id, key }: Message, order: BookedOrder | undefined): string | undefined {
  switch (type) {
    case PERFORM:
      return order?.legs.some((leg) => leg.key === key) ? '' : 'orderOpened';
    case WRITE_CARD:
      return order?.card?.mayBeWritten ? '' : 'cardMoved';
    case INQUIRE: {
      const [leg, number] = id.split('.i');
      return order?.legs.some((l) => l.key === leg && Number(number) <= l.inquiries) ? '' : 'legInquired';
    }
    case PRINT:
      return order?.prints.some((job) => job.key === key && job.sendings > 0) ? '' : 'printRequested';
    case ASK_PRINT: {
      const [job, number] = id.split('.q');
      return order?.prints.some((p) => p.key === job && Number(number) <= p.asked) ? '' : 'printMoved';
    }
    default:
      return undefined;
  }
}
