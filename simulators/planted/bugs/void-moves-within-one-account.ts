import type { PlantedBug } from '../bug.ts';

export const voidMovesWithinOneAccount: PlantedBug = {
  name: 'void-moves-within-one-account',
  zh: '撤销信誉度购买时借贷写成同一账户',
  en: 'the void of a purchase debits and credits the same account',
  expected: 'S1',
  patches: [
    {
      file: 'platform/core/ledger',
      find: 'if (amountFen <= 0 || transfer.debit === transfer.credit)',
      replace: 'if (amountFen <= 0)',
    },
    {
      file: 'platform/core/flows/credit',
      find: `debit: creditAccount(outlet),
        credit: counterCashAccount(who.organisation),`,
      replace: `debit: creditAccount(outlet),
        credit: creditAccount(outlet),`,
    },
  ],
};
