import type { PlantedBug } from '../bug.ts';

export const balanceOfAVoid: PlantedBug = {
  name: 'balance-of-a-void',
  zh: '撤销收据上的余额加而不减',
  en: 'the balance on the receipt of a void is added to instead of taken from',
  expected: 'S13',
  patches: [
    {
      file: 'platform/core/flows/credit',
      find: `(order.kind === 'creditVoid' ? -order.amountFen : order.amountFen)`,
      replace: 'order.amountFen',
    },
  ],
};
