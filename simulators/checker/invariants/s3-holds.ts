import type { Invariant } from '../invariant.ts';
import { postedBy } from '../records.ts';
import { yuan } from '../words.ts';

export const s3: Invariant = {
  id: 'S3',
  kind: 'safety',
  zh: '每笔冻结最多结束一次(入账或解冻),且为全额;转账编号在订单内唯一',
  en: 'A hold ends at most once, by capture or release, in full; a transfer’s id is unique in its order',
  watch({ broken, checked }) {
    return {
      record(at, record, order) {
        // An order that is opened once more is the same fact twice, and S9's.
        if (!order || (record.type === 'orderOpened' && order.openings > 1)) return;
        const wrong = (zh: string, en: string) => broken({ at, order: order.id, zh, en });
        for (const { id, kind, hold, amountFen, debit, credit } of postedBy(record)) {
          checked();
          if (order.transfers.filter((known) => known.id === id).length > 1)
            wrong(`转账编号 ${id} 重复`, `transfer ${id} is posted twice`);
          if (kind !== 'capture' && kind !== 'release') continue;
          const held = order.transfers.find((known) => known.kind === 'hold' && known.id === hold);
          if (!held) {
            wrong(
              `${id} 没有对应的冻结`,
              `${kind} ${id} ends hold ${hold ?? '—'}, which the order does not have`,
            );
            continue;
          }
          if (held.amountFen !== amountFen || held.debit !== debit || held.credit !== credit)
            wrong(
              `冻结 ${yuan(held.amountFen)} 元,却结束 ${yuan(amountFen)} 元`,
              `the hold is ${yuan(held.amountFen)} yuan ${held.debit} → ${held.credit}, its ${kind} is ${yuan(amountFen)} yuan ${debit} → ${credit}`,
            );
          const ends = order.transfers.filter((known) => known.hold === hold && known.kind !== 'hold');
          if (ends.length > 1)
            wrong(
              `冻结 ${hold} 结束了 ${ends.length} 次`,
              `hold ${hold} of ${yuan(held.amountFen)} yuan ended ${ends.length} times: ${ends.map((end) => end.kind).join(', ')}`,
            );
        }
      },
    };
  },
};
