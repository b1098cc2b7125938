import type { PlantedBug } from '../bug.ts';

export const onePaymentAtATime: PlantedBug = {
  name: 'one-payment-at-a-time',
  zh: '前一单没结束就不发下一单',
  en: 'a payment is only sent when no other is under way',
  expected: 'L8',
  patches: [
    {
      file: 'platform/core/flows/payment',
      find: `record(turn, { type: 'orderOpened', order: whole });
    publish(`,
      replace: `const busy = [...state.live].some((id) => findOrder(state, id)?.legs.some((other) => other.stage !== 'succeeded' && other.stage !== 'failed'));
    record(turn, { type: 'orderOpened', order: whole });
    if (!busy)
        publish(`,
    },
  ],
};
