import type { PlantedBug } from '../bug.ts';

export const restartWaitsForTheLadder: PlantedBug = {
  name: 'restart-waits-for-the-ladder',
  zh: '重启后不立即查询在途订单',
  en: 'after a restart orders in doubt wait for their next rung',
  expected: 'L7',
  withFaults: ['PLT-CRASH', 'CAR-LOST-REPLY'],
  patches: [
    {
      file: 'platform/core/apply',
      find: `case 'started':
            askAtOnce(state, record.at);`,
      replace: `case 'started':
            forgetAll(state);`,
    },
  ],
};
