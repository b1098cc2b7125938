import type { PlantedBug } from '../bug.ts';

export const sameMinuteNotFoundTwice: PlantedBug = {
  name: 'same-minute-not-found-twice',
  zh: '同一分钟内两次查无此单就当作失败',
  en: 'two «not found» within one minute are taken for a failure',
  expected: 'S7',
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: 'if (graceOver && first && turn.now - first.at >= MINUTE) {',
      replace: 'if (graceOver && leg.notFound.length > 0) {',
    },
  ],
};
