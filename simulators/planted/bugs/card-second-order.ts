import type { PlantedBug } from '../bug.ts';

export const cardSecondOrder: PlantedBug = {
  name: 'card-second-order',
  zh: '同一块表可以有两笔未完成的订单',
  en: 'a second order is let through while one is open on the meter',
  expected: 'S12',
  flows: ['card'],
  withFaults: ['KSK-CRASH'],
  patches: [
    {
      file: 'platform/core/flows/card/opening',
      find: `if (state.meters.has(meterNo)) return 'platform.cardOrderOpen';`,
      replace: ``,
    },
  ],
};
