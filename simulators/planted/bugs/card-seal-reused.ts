import type { PlantedBug } from '../bug.ts';

export const cardSealReused: PlantedBug = {
  name: 'card-seal-reused',
  zh: '上一次读卡的写卡数据再用一次',
  en: 'what was sealed for one session is written in the next one',
  expected: 'S21',
  flows: ['card'],
  withFaults: ['CARD-PULL', 'CARD-BAD', 'RDR-UNPLUG'],
  patches: [
    {
      file: 'platform/core/flows/card/writing',
      find: `const { before, after, authorization, files } = result;`,
      replace: `const { before, after, authorization, files } = (order.card.kept ??= result);`,
    },
  ],
};
