import type { PlantedBug } from '../bug.ts';

export const repeatIsANewOrder: PlantedBug = {
  name: 'repeat-is-a-new-order',
  zh: '同一编号再来，又开一单',
  en: 'a repeat of an id opens the order once more',
  expected: 'S9',
  patches: [
    {
      file: 'platform/core/flows/payment',
      find: `if (repeated(turn, findOrder(state, id), order.content))
        return;`,
      replace: '',
    },
  ],
};
