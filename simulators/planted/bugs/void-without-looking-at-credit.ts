import type { PlantedBug } from '../bug.ts';
import { CREDIT_MAY_BE_NEGATIVE } from '../guards.ts';

export const voidWithoutLookingAtCredit: PlantedBug = {
  name: 'void-without-looking-at-credit',
  zh: '撤销购买时不看信誉度是否已花掉',
  en: 'a purchase is taken back though its credit has been spent',
  expected: 'S16',
  flows: ['topup', 'credit', 'void'],
  patches: [
    {
      file: 'platform/core/flows/credit',
      find: 'availableCredit(state.ledger, outlet) >= amountFen;',
      replace: 'true;',
    },
    CREDIT_MAY_BE_NEGATIVE,
  ],
};
