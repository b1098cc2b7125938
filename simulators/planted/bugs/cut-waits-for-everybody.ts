import type { PlantedBug } from '../bug.ts';

export const cutWaitsForEverybody: PlantedBug = {
  name: 'cut-waits-for-everybody',
  zh: '有在途订单就不日切',
  en: 'the day is not cut while an order is under way',
  expected: 'L6',
  size: 'medium',
  patches: [
    {
      file: 'platform/core/flows/day',
      find: `if (turn.now >= cutOf(turn.state.businessDate, CUT_AFTER))
        return cutDay(turn);`,
      replace: `if (turn.now >= cutOf(turn.state.businessDate, CUT_AFTER)) {
        if (turn.state.live.size === 0)
            return cutDay(turn);
        setWake(turn.state.wakes, DAY_CUT, turn.now + 10_000);
        return;
    }`,
    },
  ],
};
