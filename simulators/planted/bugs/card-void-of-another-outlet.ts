import type { PlantedBug } from '../bug.ts';

export const cardVoidOfAnotherOutlet: PlantedBug = {
  name: 'card-void-of-another-outlet',
  zh: '别的网点也能撤销',
  en: 'an outlet voids what another one has sold, and gets its money',
  expected: 'S17',
  flows: ['card', 'cardVoid'],
  patches: [
    {
      file: 'platform/core/flows/card/opening',
      find: `if (purchase?.kind !== 'cardPurchase' || !work || purchase.outlet !== who.organisation)`,
      replace: `if (purchase?.kind !== 'cardPurchase' || !work)`,
    },
  ],
};
