import { businessDayAt, dayAfter } from '../business-day.ts';
import type { Invariant } from '../invariant.ts';
import { postedBy } from '../records.ts';

export const s14: Invariant = {
  id: 'S14',
  kind: 'safety',
  zh: '营业日在受理时由平台时钟定下且不变;营业日只向前开,不会重开;记账日即开放日;平台时间不倒退',
  en: 'The business day is the one open at acceptance and stays; days open in rising order, none again; what posts, posts in the open day; platform time never goes back',
  watch({ books, broken, checked }) {
    let open = '';
    let lastAt = 0;

    return {
      record(at, record, order) {
        const wrong = (zh: string, en: string) =>
          broken({ at, ...(order ? { order: order.id } : {}), zh, en });
        checked();
        if (record.at < lastAt)
          wrong(
            '记录时间倒退',
            `record ${books.last} is ${lastAt - record.at} ms older than the one before it`,
          );
        lastAt = Math.max(lastAt, record.at);
        if (record.type === 'dayOpened') {
          const { businessDate } = record;
          if (businessDate <= open)
            wrong(
              `开放日为 ${open},又开 ${businessDate}`,
              `day ${businessDate} was opened after ${open}: days only go forward`,
            );
          else if (
            open !== '' &&
            businessDate !== dayAfter(open) &&
            businessDate !== businessDayAt(record.at)
          )
            wrong(
              `${open} 之后开了 ${businessDate}`,
              `day ${businessDate} was opened after ${open}: it is neither the next nor that of the clock, ${businessDayAt(record.at)}`,
            );
          open = businessDate;
        }
        if (!order) return;
        if (record.type === 'orderOpened' || record.type === 'orderRejected') {
          const born = record.order;
          if (born.businessDate !== open)
            wrong(
              `受理时开放日为 ${open},订单记为 ${born.businessDate}`,
              `accepted while ${open} was open, dated ${born.businessDate}`,
            );
          if (born.createdAt !== record.at)
            wrong('受理时间不符', `accepted at ${record.at} ms, dated ${born.createdAt} ms`);
        }
        if (record.type === 'orderTakenUp' && record.order.businessDate !== order.businessDate)
          wrong(
            `营业日由 ${order.businessDate} 变为 ${record.order.businessDate}`,
            `its day was ${order.businessDate}, is now ${record.order.businessDate}`,
          );
        for (const { id, postingDate } of postedBy(record))
          if (postingDate !== open)
            wrong(
              `转账 ${id} 记账日 ${postingDate},开放日 ${open}`,
              `transfer ${id} posts on ${postingDate} while ${open} is open`,
            );
      },
      shown(at, view, _, order) {
        if (!order || view.businessDate === order.businessDate) return;
        broken({
          at,
          order: order.id,
          zh: `告知营业日 ${view.businessDate},账上 ${order.businessDate}`,
          en: `shown as of ${view.businessDate}, accepted on ${order.businessDate}`,
        });
      },
    };
  },
};
