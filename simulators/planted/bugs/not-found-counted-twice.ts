import type { PlantedBug } from '../bug.ts';

export const notFoundCountedTwice: PlantedBug = {
  name: 'not-found-counted-twice',
  zh: '同一次查询的答复算两次',
  en: 'one inquiry’s answer counts twice when it comes twice',
  expected: 'S9',
  withFaults: ['CAR-TIMEOUT-NOT', 'NET-DUP'],
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: `if (leg.notFound.some((seen) => seen.inquiry === inquiry))
        return;`,
      replace: '',
    },
  ],
};
