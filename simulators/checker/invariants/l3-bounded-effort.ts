import type { Invariant } from '../invariant.ts';
import { ASK_PRINT, INQUIRE } from '../message.ts';

/** Per order. The ladder of a day has about 50 rungs, and every restart asks once more. */
const INQUIRIES = 120;
const RECORDS = 400;
/** Of one code: administrators who are told again and again stop listening. */
const ALERTS = 8;
/** Per print job: questions, and sendings. */
const PRINT_QUESTIONS = 20;
const SENDINGS = 20;
/**
 * Within a second: what waited for a counterpart is asked one after the other. Orders that were taken all at once may be asked
 * about at once, too.
 */
const PER_SECOND = 100;

export const l3: Invariant = {
  id: 'L3',
  kind: 'liveness',
  zh: '对每个订单的查询、记录和打印询问都有上限;重启后不会查询风暴',
  en: 'Inquiries, records and print questions are bounded for each order, and a restart makes no storm of inquiries',
  watch({ broken, checked }) {
    const messages = new Map<string, number>();
    let second = 0;
    let inSecond = 0;
    let openedSecond = 0;
    let opened = 0;
    let mostOpened = 0;

    function bounded(at: number, order: string, what: string, times: number, most: number): void {
      checked();
      if (times <= most) return;
      broken({
        at,
        ...(order ? { order } : {}),
        zh: `${what} 已达 ${times} 次,上限 ${most}`,
        en: `${what}: ${times} times, at most ${most} are allowed`,
      });
    }

    return {
      record(at, record, order) {
        if (!order) return;
        if (record.type === 'orderOpened') {
          if (Math.floor(at / 1_000) !== openedSecond) opened = 0;
          openedSecond = Math.floor(at / 1_000);
          mostOpened = Math.max(mostOpened, ++opened);
        }
        if (order.records > RECORDS) bounded(at, order.id, 'records', order.records, RECORDS);
        if (record.type === 'alertRaised') {
          const times = order.alerts.filter((code) => code === record.code).length;
          bounded(at, order.id, record.code, times, ALERTS);
        }
        if (record.type === 'legInquired')
          for (const { inquiries } of order.legs) bounded(at, order.id, 'inquiries', inquiries, INQUIRIES);
        if (record.type === 'printMoved')
          for (const { asked, sendings } of order.prints) {
            bounded(at, order.id, 'print questions', asked, PRINT_QUESTIONS);
            bounded(at, order.id, 'sendings of one sheet', sendings, SENDINGS);
          }
      },
      sent(at, { type, order = '' }) {
        if (type !== INQUIRE && type !== ASK_PRINT) return;
        const name = `${type} ${order}`;
        const times = (messages.get(name) ?? 0) + 1;
        messages.set(name, times);
        bounded(at, order, type, times, INQUIRIES);
        if (type !== INQUIRE) return;
        if (Math.floor(at / 1_000) !== second) inSecond = 0;
        second = Math.floor(at / 1_000);
        bounded(at, '', 'inquiries in one second', ++inSecond, PER_SECOND + 2 * mostOpened);
      },
    };
  },
};
