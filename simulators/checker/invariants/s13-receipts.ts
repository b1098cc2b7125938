import type { BookedOrder } from '../booked-order.ts';
import type { Context, Invariant } from '../invariant.ts';
import type { LogRecord } from '../records.ts';
import { orderOfJob, readSheet } from '../sheet.ts';
import { compactDate, yuan } from '../words.ts';

export const s13: Invariant = {
  id: 'S13',
  kind: 'safety',
  zh: '收据号按网点和营业日从 1 起连续;只有成功订单有收据;原件最多一张,其余均标明补打;纸上内容与账一致',
  en: 'Receipt numbers are gapless per outlet and day, only a success has one, at most one sheet is unmarked, and the paper says what the ledger says',
  watch(context) {
    const balances = new Map<BookedOrder, string>();
    const { record } = numbering(context, balances);
    const { paper } = sheets(context, balances);
    return { record, paper };
  },
};

/** `balances`: what the receipt of a purchase or void of credit must say is left behind it. */
function numbering({ books, broken, checked }: Context, balances: Map<BookedOrder, string>) {
  /** The last number of each outlet's open day. */
  const lastOf = new Map<string, { day: string; count: number }>();

  function issued(record: LogRecord): string | undefined {
    if (record.type === 'orderEnded') return record.receiptNo ?? '';
    if (record.type === 'orderOpened' && record.order.state === 'succeeded')
      return record.order.receipt?.number ?? '';
    return undefined;
  }

  return {
    record(at: number, record: LogRecord, order: BookedOrder | undefined): void {
      const number = order && issued(record);
      if (!order || number === undefined) return;
      checked();
      const wrong = (zh: string, en: string) => broken({ at, order: order.id, zh, en });
      if ((number !== '') !== (order.state === 'succeeded'))
        return wrong(
          `状态 ${order.state},收据号为「${number}」`,
          `the order ended ${order.state} with receipt number «${number}»`,
        );
      if (number === '') return;
      const credit =
        order.kind === 'payment' || order.card ? undefined : books.accounts.get(`credit:${order.outlet}`);
      if (credit) balances.set(order, `￥${yuan(credit.credit - credit.debit - credit.debitPending)}`);
      const day = compactDate(books.businessDate);
      const last = lastOf.get(order.outlet);
      const count = last?.day === day ? last.count + 1 : 1;
      lastOf.set(order.outlet, { day, count });
      const expected = `${day}-${String(count).padStart(4, '0')}`;
      if (number !== expected)
        wrong(
          `网点 ${order.outlet} 的收据号应为 ${expected},实为 ${number}`,
          `outlet ${order.outlet} must give receipt ${expected}, gave ${number}`,
        );
    },
  };
}

/** What nearly all orders have. */
const ORIGINAL = 'original,';

function sheets({ books, broken, checked }: Context, balances: ReadonlyMap<BookedOrder, string>) {
  return {
    paper(
      at: number,
      { job, lines, whole }: { place: string; job: string; lines: readonly string[]; whole: boolean },
    ): void {
      if (lines.length === 0) return;
      checked();
      const id = orderOfJob(job);
      const order = books.orders.get(id);
      const wrong = (zh: string, en: string) => broken({ at, order: id, zh, en });
      const asked = order?.prints.find(({ key }) => key === job);
      if (asked && ++asked.sheets > 1) wrong(`打印任务 ${job} 出了两张纸`, `print job ${job} came out twice`);
      if (order?.state !== 'succeeded')
        return wrong(
          `状态 ${order?.state ?? '无'} 的订单打印了收据`,
          `a receipt came out of an order that is ${order?.state ?? 'not in the log'}`,
        );
      const { text, mark, isVoided } = readSheet(lines);
      if (mark !== undefined) {
        if (order.marks.split(',').includes(mark))
          wrong(
            `两张纸都标为 ${mark === 'original' ? '原件(无补打标记)' : mark}`,
            `two sheets are both ${mark === 'original' ? 'unmarked, as the original' : `marked ${mark}`}`,
          );
        order.marks = order.marks === '' && mark === 'original' ? ORIGINAL : `${order.marks}${mark},`;
      }
      if (!whole) return;
      const balance = balances.get(order);
      const amount = `￥${yuan(order.amountFen)}`;
      for (const expected of [order.receiptNo, order.journalNo, amount, ...(balance ? [balance] : [])])
        if (!text.includes(expected))
          wrong(`收据上缺少 ${expected}`, `the sheet must say ${expected}, and does not`);
      if (asked && (asked.voided || order.voidedBy.length === 0) && asked.voided !== isVoided)
        wrong(
          '收据上的撤销标记不符',
          `the sheet ${isVoided ? 'says' : 'must say'} VOIDED, and the order is ${isVoided ? 'not' : 'voided'}`,
        );
    },
  };
}
