import type { PlantedBug } from '../bug.ts';
import { CREDIT_MAY_BE_NEGATIVE, ENDED_MAY_CHANGE, HOLD_MAY_BE_ABSENT } from '../guards.ts';

export const lateSuccessOverturns: PlantedBug = {
  name: 'late-success-overturns',
  zh: '失败后又来成功，直接改成成功',
  en: 'a success after the failure turns the order over',
  expected: 'S8',
  withFaults: ['CAR-FLIP'],
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: `if (isFinal(order.state))
        return afterTheEnd(turn, order, verdict);`,
      replace: `if (isFinal(order.state) && (order.state !== 'failed' || verdict.kind !== 'succeeded'))
        return afterTheEnd(turn, order, verdict);`,
    },
    ENDED_MAY_CHANGE,
    HOLD_MAY_BE_ABSENT,
    CREDIT_MAY_BE_NEGATIVE,
  ],
};
