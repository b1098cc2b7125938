import type { PlantedBug } from '../bug.ts';

export const cardVoidPaysBackLess: PlantedBug = {
  name: 'card-void-pays-back-less',
  zh: '撤销少退一元',
  en: 'a void gives back a yuan less than was paid',
  expected: 'N3',
  flows: ['card', 'cardVoid'],
  patches: [
    {
      file: 'platform/core/flows/card/closing',
      find: `credit: creditAccount(order.outlet), amountFen: order.amountFen,`,
      replace: `credit: creditAccount(order.outlet), amountFen: Math.max(1, order.amountFen - 100),`,
    },
  ],
};
