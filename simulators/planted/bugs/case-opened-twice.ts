import type { PlantedBug } from '../bug.ts';

export const caseOpenedTwice: PlantedBug = {
  name: 'case-opened-twice',
  zh: '同一相反消息重复立案',
  en: 'the same contrary news opens a case each time it comes',
  expected: 'S9',
  withFaults: ['CAR-WRONG', 'CAR-DUP-CB', 'NET-DUP'],
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: `if (order.cases.some((known) => known.kind === kind && known.evidence === evidence))
        return;`,
      replace: '',
    },
  ],
};
