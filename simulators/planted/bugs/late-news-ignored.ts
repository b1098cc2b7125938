import type { PlantedBug } from '../bug.ts';

export const lateNewsIgnored: PlantedBug = {
  name: 'late-news-ignored',
  zh: '结束后的相反结果被忽略，没有立案',
  en: 'contrary news after the end is ignored: no case is opened',
  expected: 'S8',
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: `if (isFinal(order.state))
        return afterTheEnd(turn, order, verdict);`,
      replace: `if (isFinal(order.state))
        return;`,
    },
  ],
};
