import type { PlantedBug } from '../bug.ts';

export const cardRefundByTimeout: PlantedBug = {
  name: 'card-refund-by-timeout',
  zh: '等不到电卡就退款',
  en: 'a card that nobody brings back for half an hour is taken for not written',
  expected: 'S12',
  flows: ['card'],
  withFaults: ['CARD-PULL', 'RDR-CRASH', 'RDR-UNPLUG'],
  patches: [
    {
      file: 'platform/core/flows/card/following',
      find: `moveCard(turn, order, { stage: 'waiting', ...(card.why ? { why: card.why } : {}) });`,
      replace: `return takeBack(turn, order);`,
    },
    {
      file: 'platform/core/flows/card/following',
      find: `import { tellAgain, told } from './closing.js';`,
      replace: `import { takeBack, tellAgain, told } from './closing.js';`,
    },
  ],
};
