import type { PlantedBug } from '../bug.ts';

export const timeoutIsFailure: PlantedBug = {
  name: 'timeout-is-failure',
  zh: '超时当作失败，退了现金',
  en: 'a passed deadline is taken for a failure',
  expected: 'S7',
  patches: [
    {
      file: 'platform/core/flows/following',
      find: `doubt(turn, order, 'no completion in time');`,
      replace: `conclude(turn, serviceOf(order.service), order, leg, { kind: 'declined', code: 'counterpart.timeout' });
    if (isFinal(order.state))
        return true;`,
    },
  ],
};
