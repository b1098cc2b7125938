import type { BookedOrder } from '../booked-order.ts';
import type { Invariant } from '../invariant.ts';
import { orderOfJob } from '../sheet.ts';
import { masked } from '../words.ts';

/** What names an order or a customer: an order's id, an account in full, a masked one, a receipt's number. */
const NAMES =
  /(?<![0-9A-Za-z-])(?:([0-7][0-9A-HJKMNP-TV-Z]{25})|(1\d{10})|(\d{3}\*{4}\d{4})|(\d{6}-\d{4,}))(?![0-9A-Za-z-])/g;

export const s19: Invariant = {
  id: 'S19',
  kind: 'safety',
  zh: '告知或打印的内容只涉及本订单、只到本网点;纸上和屏幕上没有完整号码',
  en: 'What is shown or printed for an order is about that order alone and goes to its own outlet; no account in full on paper or screen',
  watch({ books, broken, checked }) {
    /** Everything in a text that names an order or a customer must be this order's own. */
    function own(at: number, order: BookedOrder, text: string, where: 'screen' | 'paper'): void {
      checked();
      const wrong = (what: string, why: string) =>
        broken({
          at,
          order: order.id,
          zh: `${where === 'paper' ? '纸上' : '屏幕上'}出现 ${what}`,
          en: `on ${where}: ${what} ${why}`,
        });
      for (const [, id, account, shown, number] of text.matchAll(NAMES))
        if (id !== undefined) {
          if (id !== order.id && id !== order.voids && !order.voidedBy.includes(id))
            wrong(id, 'is another order');
        } else if (account !== undefined) {
          if (account !== order.journalNo) wrong(masked(account), 'stands there in full');
        } else if (shown !== undefined) {
          if (shown !== masked(order.account))
            wrong(shown, `is not this order’s account, ${masked(order.account)}`);
        } else if (number !== undefined && number !== order.receiptNo)
          wrong(number, `is not this order’s receipt, ${order.receiptNo || 'it has none'}`);
    }

    return {
      shown(at, view, told, order) {
        if (view.id !== told.order)
          broken({
            at,
            order: told.order,
            zh: `问的是本订单,答的是 ${view.id}`,
            en: `this order was asked about, ${view.id} was shown`,
          });
        if (!order) return;
        if (told.outlet !== order.outlet && told.outlet !== order.organisation)
          broken({
            at,
            order: order.id,
            zh: `网点 ${told.outlet} 得知了网点 ${order.outlet} 的订单`,
            en: `outlet ${told.outlet} was told of an order of outlet ${order.outlet}`,
          });
        own(at, order, view.text, 'screen');
        if (view.journalNo !== undefined && view.journalNo !== order.journalNo)
          broken({
            at,
            order: order.id,
            zh: `流水号应为 ${order.journalNo},告知 ${view.journalNo}`,
            en: `its journal number is ${order.journalNo}, ${view.journalNo} was shown`,
          });
      },
      paper(at, { place, job, lines }) {
        const order = books.orders.get(orderOfJob(job));
        if (!order) return;
        own(at, order, lines.join('\n'), 'paper');
        const [, outlet = ''] = place.split('.');
        if (outlet !== order.outlet && outlet !== order.organisation)
          broken({
            at,
            order: order.id,
            zh: `网点 ${order.outlet} 的收据在 ${outlet} 打印`,
            en: `a receipt of outlet ${order.outlet} came out at ${outlet}`,
          });
      },
    };
  },
};
