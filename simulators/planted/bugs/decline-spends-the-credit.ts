import type { PlantedBug } from '../bug.ts';

export const declineSpendsTheCredit: PlantedBug = {
  name: 'decline-spends-the-credit',
  zh: '对方拒绝仍扣信誉度',
  en: 'a declined payment spends the outlet’s credit all the same',
  expected: 'N3',
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: `problem: code,
        transfers: endings(turn, order, 'release'),`,
      replace: `problem: code,
        transfers: endings(turn, order, 'capture'),`,
    },
  ],
};
