import type { PlantedBug } from '../bug.ts';

export const commissionOffThePurchase: PlantedBug = {
  name: 'commission-off-the-purchase',
  zh: '购买信誉度时多扣了手续费',
  en: 'a purchase of credit is booked less a commission',
  expected: 'N3',
  patches: [
    {
      file: 'platform/core/flows/credit',
      find: `{ ...transfer, kind: 'single', amountFen: order.amountFen,`,
      replace: `{ ...transfer, kind: 'single', amountFen: order.amountFen - (order.kind === 'creditPurchase' ? 100 : 0),`,
    },
  ],
};
