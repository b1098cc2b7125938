import type { PlantedBug } from '../bug.ts';

export const secondCutNeverComes: PlantedBug = {
  name: 'second-cut-never-comes',
  zh: '日切一次以后不再日切',
  en: 'after one cut no other comes',
  expected: 'L6',
  size: 'medium',
  patches: [
    {
      file: 'platform/core/flows/day',
      find: `record(turn, { type: 'dayOpened', businessDate: nextDate(turn.state.businessDate) });
    wakeAtCut(turn.state);`,
      replace: `record(turn, { type: 'dayOpened', businessDate: nextDate(turn.state.businessDate) });`,
    },
  ],
};
