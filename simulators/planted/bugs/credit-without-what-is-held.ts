import type { PlantedBug } from '../bug.ts';

export const creditWithoutWhatIsHeld: PlantedBug = {
  name: 'credit-without-what-is-held',
  zh: '校验信誉度时不算在途冻结',
  en: 'the credit check forgets what is held',
  expected: 'S16',
  patches: [
    {
      file: 'platform/core/ledger',
      find: 'return credit - debit - debitPending;',
      replace: 'return credit - debit;',
    },
    {
      file: 'platform/core/ledger',
      find: 'balance.credit - balance.debit - balance.debitPending < 0',
      replace: 'balance.credit - balance.debit < 0',
    },
  ],
};
