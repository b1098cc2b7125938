import type { PlantedBug } from '../bug.ts';

export const voidTwice: PlantedBug = {
  name: 'void-twice',
  zh: '同一笔购买撤销两次',
  en: 'one purchase is taken back twice',
  expected: 'S17',
  patches: [
    {
      file: 'platform/core/flows/credit',
      find: '!purchase.voidedBy &&',
      replace: '',
    },
  ],
};
