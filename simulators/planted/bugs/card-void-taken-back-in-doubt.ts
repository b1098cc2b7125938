import type { PlantedBug } from '../bug.ts';

export const cardVoidTakenBackInDoubt: PlantedBug = {
  name: 'card-void-taken-back-in-doubt',
  zh: '卡可能已恢复仍取消撤销',
  en: 'a void is taken back though the card may be restored already',
  expected: 'L9',
  flows: ['card', 'cardVoid'],
  withFaults: ['CARD-PULL', 'RDR-CRASH', 'RDR-UNPLUG'],
  patches: [
    {
      file: 'platform/core/flows/card/asking',
      find: `if (order.card.mayBeWritten) return void refuse(turn, 'platform.cardMayBeWritten');`,
      replace: `if (order.card.mayBeWritten && order.kind !== 'cardVoid') return void refuse(turn, 'platform.cardMayBeWritten');`,
    },
    {
      file: 'platform/core/card-advice',
      find: `return mayBeWritten ? ['work'] : ['work', 'takeBack'];`,
      replace: `return mayBeWritten && order.kind !== 'cardVoid' ? ['work'] : ['work', 'takeBack'];`,
    },
  ],
};
