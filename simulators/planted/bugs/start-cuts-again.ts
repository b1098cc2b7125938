import type { PlantedBug } from '../bug.ts';

export const startCutsAgain: PlantedBug = {
  name: 'start-cuts-again',
  zh: '重启时把当天又日切一次',
  en: 'a start opens the open day once more',
  expected: 'S14',
  patches: [
    {
      file: 'platform/core/flows/day',
      find: 'if (date > turn.state.businessDate)',
      replace: 'if (date >= turn.state.businessDate)',
    },
  ],
};
