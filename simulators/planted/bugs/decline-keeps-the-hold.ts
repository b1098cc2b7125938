import type { PlantedBug } from '../bug.ts';

export const declineKeepsTheHold: PlantedBug = {
  name: 'decline-keeps-the-hold',
  zh: '对方拒绝后忘了释放冻结',
  en: 'the hold stays after the counterpart has declined',
  expected: 'S4',
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: `problem: code,
        transfers: endings(turn, order, 'release'),`,
      replace: `problem: code,
        transfers: [],`,
    },
  ],
};
