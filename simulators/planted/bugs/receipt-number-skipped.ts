import type { PlantedBug } from '../bug.ts';

export const receiptNumberSkipped: PlantedBug = {
  name: 'receipt-number-skipped',
  zh: '失败订单也占一个小票号',
  en: 'a failed order uses up a receipt number',
  expected: 'S13',
  patches: [
    {
      file: 'platform/core/apply',
      find: `if (record.type === 'orderEnded' && record.receiptNo)`,
      replace: `if (record.type === 'orderEnded')`,
    },
  ],
};
