import type { PlantedBug } from '../bug.ts';

export const unknownIsFailure: PlantedBug = {
  name: 'unknown-is-failure',
  zh: '对方说“不清楚”也当作失败',
  en: 'an answer whose outcome is unknown is taken for a failure',
  expected: 'S7',
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: `return failed && believedEffect(error) === 'none' && service.declines.includes(error.code)`,
      replace: 'return !failed || service.declines.includes(error.code)',
    },
  ],
};
