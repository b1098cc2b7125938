import type { BookedOrder } from '../booked-order.ts';
import type { Invariant } from '../invariant.ts';
import { PERFORM, PRINT } from '../message.ts';
import type { LogRecord } from '../records.ts';

export const s9: Invariant = {
  id: 'S9',
  kind: 'safety',
  zh: '同一事实只记一次;重复送达的消息不会再引起请求或打印',
  en: 'The same fact is recorded once, and a message that is delivered again leads to no further request or sheet',
  watch({ broken, checked }) {
    const twice = (at: number, order: string, what: string, times = 2) =>
      broken({
        at,
        order,
        zh: `${what} 出现 ${times} 次`,
        en: `${what} happened ${times} times, must be once`,
      });

    return {
      record(at, record, order) {
        if (!order) return;
        const again = repeatedFact(record, order);
        if (again === undefined) return;
        checked();
        if (again !== '') twice(at, order.id, again);
      },
      sent(at, { type, key }, order) {
        const leg = type === PERFORM && order?.legs.find((known) => known.key === key);
        if (order && leg) {
          checked();
          if (++leg.left > 1) twice(at, order.id, `request ${leg.key}`);
        }
        const job = type === PRINT && order?.prints.find((known) => known.key === key);
        if (order && job) {
          checked();
          // A job whose arrival was disproved is written down as sent again, under the same key.
          if (++job.left > job.sendings) twice(at, order.id, `print job ${job.key}`, job.left);
        }
      },
    };
  },
};

/** `''` where the record is the first of its fact, else what it repeats; `undefined` where it may be repeated. */
function repeatedFact(record: LogRecord, order: BookedOrder): string | undefined {
  switch (record.type) {
    case 'orderOpened':
    case 'orderRejected':
      return order.openings > 1 ? record.type : '';
    case 'orderEnded':
      return order.endings > 1 ? 'orderEnded' : '';
    case 'legMoved': {
      const stages = order.legs.find(({ no }) => no === record.leg)?.stages ?? '';
      return isRepeated(stages.split(' ')) ? `leg ${record.leg} ${record.stage}` : '';
    }
    case 'legNotFound': {
      const known = order.legs.find(({ no }) => no === record.leg)?.notFound ?? [];
      return isRepeated(known.map(({ inquiry }) => inquiry)) ? `not found, inquiry ${record.inquiry}` : '';
    }
    case 'orderVoided':
      return isRepeated(order.voidedBy) ? `orderVoided by ${record.by}` : '';
    case 'caseOpened':
      return isRepeated(order.cases.map(({ kind, evidence }) => `${kind} ${evidence}`))
        ? `case ${record.case.kind} ${record.case.evidence}`
        : '';
    case 'printRequested':
      return isRepeated(order.prints.map(({ no }) => no)) ? `print ${record.job.no}` : '';
    default:
      return undefined;
  }
}

/** Whether the newest of a list has been there before. */
const isRepeated = (list: readonly unknown[]) => list.indexOf(list.at(-1)) < list.length - 1;
