import type { PlantedBug } from '../bug.ts';

export const cardCapturedWhenOrdered: PlantedBug = {
  name: 'card-captured-when-ordered',
  zh: '下单成功就入账',
  en: 'a purchase succeeds when the utility has ordered it, whatever becomes of the card',
  expected: 'S12',
  flows: ['card'],
  withFaults: ['CARD-PULL', 'CARD-BAD', 'UTL-NO-SEAL'],
  patches: [
    {
      file: 'platform/core/flows/card/ordering',
      find: `return readCard(turn, order);`,
      replace: `return proven(turn, order);`,
    },
    {
      file: 'platform/core/flows/card/ordering',
      find: `import { takeBackLate } from './closing.js';`,
      replace: `import { proven, takeBackLate } from './closing.js';`,
    },
  ],
};
