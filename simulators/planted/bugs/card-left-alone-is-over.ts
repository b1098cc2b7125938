import type { PlantedBug } from '../bug.ts';

export const cardLeftAloneIsOver: PlantedBug = {
  name: 'card-left-alone-is-over',
  zh: '等卡半小时就结单',
  en: 'a card that nobody brings back is closed, and its meter can be sold to again',
  expected: 'L1',
  flows: ['card'],
  withFaults: ['CARD-PULL', 'RDR-CRASH', 'RDR-UNPLUG'],
  patches: [
    {
      file: 'platform/core/flows/card/following',
      find: `moveCard(turn, order, { stage: 'waiting', ...(card.why ? { why: card.why } : {}) });`,
      replace: `moveCard(turn, order, { stage: 'closed' });`,
    },
  ],
};
