import type { PlantedBug } from '../bug.ts';

export const notFoundIsFailure: PlantedBug = {
  name: 'not-found-is-failure',
  zh: '第一次查无此单就当作失败',
  en: 'the first «not found» is taken for a failure',
  expected: 'S7',
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: 'if (graceOver && first && turn.now - first.at >= MINUTE) {',
      replace: 'if (first) {',
    },
  ],
};
