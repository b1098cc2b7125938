import type { PlantedBug } from '../bug.ts';

export const cardVoidAfterTheMeter: PlantedBug = {
  name: 'card-void-after-the-meter',
  zh: '电表已充的购电也能撤销',
  en: 'a purchase that the meter has credited is voided all the same',
  expected: 'S20',
  flows: ['card', 'cardVoid'],
  withFaults: ['NET-DUP'],
  patches: [
    {
      file: 'platform/core/flows/card/writing',
      find: `if (returned?.count === before.count) return 'taken';`,
      replace: `if (returned?.count === before.count) return 'before';`,
    },
    {
      file: 'drivers/card-reader/write-request',
      find: `if (after.count < before.count && answeredCount(image) === before.count) return 'a meter has taken the purchase that would be voided';`,
      replace: ``,
    },
  ],
};
