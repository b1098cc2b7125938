import type { PlantedBug } from '../bug.ts';

export const notFoundAfterProcessing: PlantedBug = {
  name: 'not-found-after-processing',
  zh: '移动已受理,仍因查无此单判为失败',
  en: 'two «not found» end what the carrier said it has',
  expected: 'S7',
  withFaults: ['CAR-DENIES', 'CAR-PROC-FOREVER'],
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: `if (leg.stage === 'processing')
        return doubt(turn, order, 'not found after «processing»');`,
      replace: '',
    },
  ],
};
