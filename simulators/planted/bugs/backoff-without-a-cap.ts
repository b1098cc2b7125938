import type { PlantedBug } from '../bug.ts';

export const backoffWithoutACap: PlantedBug = {
  name: 'backoff-without-a-cap',
  zh: '查询间隔不拉长也不封顶',
  en: 'inquiries go on every ten seconds',
  expected: 'L3',
  patches: [
    {
      file: 'platform/core/flows/following',
      find: 'return rung === undefined ? undefined : order.createdAt + rung;',
      replace: 'return now + 10_000;',
    },
  ],
};
