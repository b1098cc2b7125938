import type { BookedOrder, BookedTransfer } from '../booked-order.ts';
import type { Invariant } from '../invariant.ts';
import type { LoggedTransfer } from '../records.ts';
import { yuan } from '../words.ts';

export const s1: Invariant = {
  id: 'S1',
  kind: 'safety',
  zh: '每笔转账在两个不同账户之间移动一个正的整数分金额,记下后不再改变',
  en: 'Each transfer moves a whole, positive number of fen between two accounts, and never changes once it is written',
  watch({ broken, checked }) {
    const wrong = (at: number, order: BookedOrder, id: string, zh: string, en: string) =>
      broken({ at, order: order.id, zh: `转账 ${id}:${zh}`, en: `transfer ${id}: ${en}` });

    function sound(at: number, order: BookedOrder, { id, debit, credit, amountFen }: LoggedTransfer): void {
      checked();
      if (debit === credit)
        wrong(at, order, id, `借贷同为 ${debit}`, `debit and credit are both ${debit}, must be two accounts`);
      if (!Number.isSafeInteger(amountFen) || amountFen <= 0)
        wrong(
          at,
          order,
          id,
          `金额 ${amountFen} 分不是正整数`,
          `${amountFen} fen is not a whole number above 0`,
        );
    }

    /** A document that is written down again tells the same transfers as before. */
    function unchanged(at: number, order: BookedOrder, again: readonly LoggedTransfer[]): void {
      checked();
      for (const [index, known] of order.transfers.entries()) {
        const now = again[index];
        if (now && contentOf(now) === contentOf(known)) continue;
        const seen = now ? `${now.id} ${yuan(now.amountFen)}` : '—';
        wrong(
          at,
          order,
          known.id,
          `曾为 ${yuan(known.amountFen)} 元,现为 ${seen}`,
          `was ${contentOf(known)}, is now ${now ? contentOf(now) : 'gone'}`,
        );
      }
      if (again.length > order.transfers.length)
        wrong(at, order, again.at(-1)?.id ?? '', '从未记账', 'was never posted by a record of its own');
    }

    return {
      record(at, record, order) {
        if (!order) return;
        if (record.type === 'orderTakenUp') unchanged(at, order, record.order.transfers);
        else if (record.type === 'orderOpened' || record.type === 'orderRejected')
          for (const transfer of record.order.transfers) sound(at, order, transfer);
        else if (record.type === 'orderEnded')
          for (const transfer of record.transfers) {
            sound(at, order, transfer);
            const before = order.transfers.find(({ id }) => id === transfer.id);
            if (before && contentOf(before) !== contentOf(transfer))
              wrong(
                at,
                order,
                transfer.id,
                '以不同内容重复',
                `was ${contentOf(before)}, now ${contentOf(transfer)}`,
              );
          }
      },
      shown(at, view, _, order) {
        if (!order || view.transfers.length === 0) return;
        checked();
        for (const [index, { debit, credit, amountFen }] of view.transfers.entries()) {
          const known = order.transfers[index];
          if (known && known.debit === debit && known.credit === credit && known.amountFen === amountFen)
            continue;
          wrong(
            at,
            order,
            known?.id ?? String(index + 1),
            `告知 ${yuan(amountFen)} 元,账上 ${known ? yuan(known.amountFen) : '无'}`,
            `shown as ${yuan(amountFen)} yuan ${debit} → ${credit}, in the log it is ${known ? contentOf(known) : 'missing'}`,
          );
        }
      },
    };
  },
};

const contentOf = ({ kind, debit, credit, amountFen, postingDate }: BookedTransfer) =>
  `${kind} ${yuan(amountFen)} yuan ${debit} → ${credit} ${postingDate}`;
