import type { PlantedBug } from '../bug.ts';

export const cardCountUnchecked: PlantedBug = {
  name: 'card-count-unchecked',
  zh: '不看上次购电是否已插表',
  en: 'a card is sold to though its meter has not taken the last purchase',
  expected: 'L9',
  flows: ['card'],
  withFaults: ['CARD-COUNTER'],
  patches: [
    {
      file: 'platform/core/flows/card/opening',
      find: `if (wallet.count > 0 && returned?.count !== wallet.count) return 'platform.cardNotInserted';`,
      replace: ``,
    },
    {
      file: 'platform/core/flows/card/writing',
      find: `return returned === undefined && !card.mayBeWritten ? 'notInserted' : undefined;`,
      replace: `return 'before';`,
    },
  ],
};
