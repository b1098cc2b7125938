import type { PlantedBug } from '../bug.ts';

export const captureOverwritesHold: PlantedBug = {
  name: 'capture-overwrites-hold',
  zh: '扣款沿用冻结分录的编号，等于改写了原分录',
  en: 'a capture takes over the number of its hold, and so rewrites it',
  expected: 'S1',
  patches: [
    {
      file: 'platform/core/ledger',
      find: 'const id = hold.id.replace(/^hold/, kind);',
      replace: 'const id = hold.id;',
    },
  ],
};
