import type { PlantedBug } from '../bug.ts';

export const cardBoundToTheSlot: PlantedBug = {
  name: 'card-bound-to-the-slot',
  zh: '写卡认读卡器不认卡',
  en: 'what is written goes to whichever card lies in the reader',
  expected: 'S12',
  flows: ['card'],
  withFaults: ['CARD-SWAP'],
  patches: [
    {
      file: 'platform/core/flows/card/writing',
      find: `if (result.card !== 'meter' || result.serial !== order.card.serial) return wait(turn, order, 'device.cardSwapped');`,
      replace: `if (result.card !== 'meter') return wait(turn, order, 'device.cardSwapped'); order.card.lying = result.serial;`,
    },
    {
      file: 'platform/core/flows/card/writing',
      find: `return card.mayBeWritten ? 'half' : 'foreign';`,
      replace: `return 'half';`,
    },
    {
      file: 'platform/core/flows/card/writing',
      find: `data: { serial: card.serial, challenge, before,`,
      replace: `data: { serial: card.lying ?? card.serial, challenge, before,`,
    },
  ],
};
