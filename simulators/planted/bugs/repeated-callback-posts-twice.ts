import type { PlantedBug } from '../bug.ts';
import { ENDED_MAY_CHANGE, HOLD_MAY_BE_ABSENT } from '../guards.ts';

export const repeatedCallbackPostsTwice: PlantedBug = {
  name: 'repeated-callback-posts-twice',
  zh: '重复的结果通知再扣一次款',
  en: 'a repeated completion captures the hold once more',
  expected: 'S3',
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: `if (isFinal(order.state))
        return afterTheEnd(turn, order, verdict);`,
      replace: `if (isFinal(order.state) && order.state !== verdict.kind)
        return afterTheEnd(turn, order, verdict);`,
    },
    ENDED_MAY_CHANGE,
    HOLD_MAY_BE_ABSENT,
  ],
};
