import type { PlantedBug } from '../bug.ts';

export const voidOfAnotherDay: PlantedBug = {
  name: 'void-of-another-day',
  zh: '隔日还能撤销购买',
  en: 'a purchase of another business day is taken back',
  expected: 'S17',
  size: 'medium',
  patches: [
    {
      file: 'platform/core/flows/credit',
      find: 'purchase.businessDate === state.businessDate &&',
      replace: '',
    },
  ],
};
