import type { PlantedBug } from '../bug.ts';

export const snapshotForgetsWhoLives: PlantedBug = {
  name: 'snapshot-forgets-who-lives',
  zh: '从快照恢复的在途订单没有定时器',
  en: 'orders under way that come back from a snapshot have no timers',
  expected: 'L1',
  withFaults: ['PLT-CRASH', 'CAR-LOST-REPLY'],
  patches: [
    {
      file: 'platform/core/snapshot',
      find: `placeOrder(state, order);
    keepAlive(state, order);`,
      replace: 'placeOrder(state, order);',
    },
  ],
};
