import type { PlantedBug } from '../bug.ts';

export const ladderNeverEnds: PlantedBug = {
  name: 'ladder-never-ends',
  zh: '查询阶梯到头也不转人工',
  en: 'an order is never handed over to a person',
  expected: 'L1',
  patches: [
    {
      file: 'platform/core/flows/following',
      find: 'if (now >= leg.giveUpAt) {',
      replace: 'if (leg.giveUpAt === undefined) {',
    },
  ],
};
