import type { PlantedBug } from '../bug.ts';
import { CREDIT_MAY_BE_NEGATIVE } from '../guards.ts';

export const reprintPostsAgain: PlantedBug = {
  name: 'reprint-posts-again',
  zh: '补打旧单时把它的分录又过了一遍账',
  en: 'taking an order up for a reprint posts its transfers again',
  expected: 'S2',
  patches: [
    {
      file: 'platform/core/apply',
      find: `if (!findOrder(state, record.order.id))
            placeOrder(state, structuredClone(record.order));`,
      replace: `for (const transfer of record.order.transfers)
            post(state.ledger, transfer);
        if (!findOrder(state, record.order.id))
            placeOrder(state, structuredClone(record.order));`,
    },
    CREDIT_MAY_BE_NEGATIVE,
  ],
};
