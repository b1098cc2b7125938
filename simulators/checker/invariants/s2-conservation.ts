import type { Invariant } from '../invariant.ts';
import { yuan } from '../words.ts';

const SIDES = ['debit', 'credit', 'debitPending', 'creditPending'] as const;
const ZH = ['借方', '贷方', '冻结借方', '冻结贷方'];

export const s2: Invariant = {
  id: 'S2',
  kind: 'safety',
  zh: '平台内存中的余额等于日志的累加,所有账户借贷相等',
  en: 'The balances that the platform holds are the sums of its log, and debits equal credits over all accounts',
  watch({ books, broken, checked }) {
    function compare(at: number, name: string, sums: readonly number[]): void {
      checked();
      const known = books.accounts.get(name);
      for (const [i, side] of SIDES.entries()) {
        const expected = known?.[side] ?? 0;
        const is = sums[i] ?? 0;
        if (is === expected) continue;
        broken({
          at,
          zh: `账户 ${name} ${ZH[i]} 应为 ${yuan(expected)} 元,平台为 ${yuan(is)} 元`,
          en: `account ${name}, ${side}: the log adds up to ${yuan(expected)} yuan, the platform holds ${yuan(is)}`,
        });
      }
    }

    return {
      quiet(at, { accounts }) {
        // Only some of the accounts are shown here, so only each for itself can be judged.
        for (const [name, sums] of accounts) compare(at, name, sums);
      },
      recovered(at, { accounts }) {
        let [posted, pending] = [0, 0];
        const seen = new Set<string>();
        for (const [name, sums] of accounts) {
          seen.add(name);
          compare(at, name, sums);
          posted += sums[0] - sums[1];
          pending += sums[2] - sums[3];
        }
        if (posted !== 0 || pending !== 0)
          broken({
            at,
            zh: `借贷不平,相差 ${yuan(posted)} 元(冻结 ${yuan(pending)} 元)`,
            en: `debits and credits differ by ${yuan(posted)} yuan posted and ${yuan(pending)} yuan pending`,
          });
        for (const name of books.accounts.keys()) if (!seen.has(name)) compare(at, name, []);
      },
    };
  },
};
