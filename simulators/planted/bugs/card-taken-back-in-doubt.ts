import type { PlantedBug } from '../bug.ts';

export const cardTakenBackInDoubt: PlantedBug = {
  name: 'card-taken-back-in-doubt',
  zh: '不能确定写卡时也允许撤销',
  en: 'an order may be taken back though its card may be written',
  expected: 'S12',
  flows: ['card'],
  withFaults: ['CARD-PULL', 'RDR-CRASH', 'RDR-UNPLUG'],
  patches: [
    {
      file: 'platform/core/card-advice',
      find: `return mayBeWritten ? ['work'] : ['work', 'takeBack'];`,
      replace: `return ['work', 'takeBack'];`,
    },
    {
      file: 'platform/core/flows/card/asking',
      find: `if (order.card.mayBeWritten) return void refuse(turn, 'platform.cardMayBeWritten');`,
      replace: ``,
    },
  ],
};
