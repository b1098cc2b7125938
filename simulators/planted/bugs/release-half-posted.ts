import type { PlantedBug } from '../bug.ts';

export const releaseHalfPosted: PlantedBug = {
  name: 'release-half-posted',
  zh: '释放冻结只减一方的待记金额',
  en: 'the release of a hold lowers the pending amount on one side only',
  expected: 'S2',
  patches: [
    {
      file: 'platform/core/ledger',
      find: `debit.debitPending -= amountFen;
            credit.creditPending -= amountFen;`,
      replace: `debit.debitPending -= amountFen;
            if (kind === 'capture')
                credit.creditPending -= amountFen;`,
    },
  ],
};
