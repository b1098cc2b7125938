import type { PlantedBug } from '../bug.ts';

export const alertForEver: PlantedBug = {
  name: 'alert-for-ever',
  zh: '超时告警一遍遍重复',
  en: 'the overdue alert comes again and again',
  expected: 'L3',
  patches: [
    {
      file: 'platform/core/order-apply',
      find: 'leg.alertAt = undefined;',
      replace: 'leg.alertAt = record.at + 60_000;',
    },
  ],
};
