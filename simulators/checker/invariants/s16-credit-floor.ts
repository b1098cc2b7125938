import type { Invariant } from '../invariant.ts';
import { postedBy } from '../records.ts';
import { yuan } from '../words.ts';

export const s16: Invariant = {
  id: 'S16',
  kind: 'safety',
  zh: '网点信誉度减去已用和冻结,任何时候不低于零',
  en: 'An outlet’s credit, less what is spent and held, is never below zero',
  watch({ books, broken, checked }) {
    return {
      record(at, record, order) {
        if (!order) return;
        for (const { debit: name } of postedBy(record)) {
          const account = name.startsWith('credit:') ? books.accounts.get(name) : undefined;
          if (!account) continue;
          checked();
          const { debit, credit, debitPending } = account;
          const available = credit - debit - debitPending;
          if (available >= 0) continue;
          broken({
            at,
            order: order.id,
            zh: `${name} 可用额为 ${yuan(available)} 元,不得低于 0`,
            en: `${name}: ${yuan(credit)} bought, ${yuan(debit)} spent, ${yuan(debitPending)} held leaves ${yuan(available)} yuan, must be 0 or more`,
          });
        }
      },
    };
  },
};
