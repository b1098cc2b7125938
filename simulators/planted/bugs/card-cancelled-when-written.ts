import type { PlantedBug } from '../bug.ts';

export const cardCancelledWhenWritten: PlantedBug = {
  name: 'card-cancelled-when-written',
  zh: '已写好的卡去电力公司撤销',
  en: 'a card that is found written is cancelled at the utility',
  expected: 'S12',
  flows: ['card'],
  withFaults: ['CARD-PULL', 'RDR-CRASH', 'RDR-UNPLUG'],
  patches: [
    {
      file: 'platform/core/flows/card/writing',
      find: `if (found === 'written') return proven(turn, order);`,
      replace: `if (found === 'written') return order.card.round > 1 ? takeBack(turn, order) : proven(turn, order);`,
    },
    {
      file: 'platform/core/flows/card/writing',
      find: `import { proven } from './closing.js';`,
      replace: `import { proven, takeBack } from './closing.js';`,
    },
  ],
};
