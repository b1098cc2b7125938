import type { PlantedBug } from '../bug.ts';

export const cardAcceptedIsWritten: PlantedBug = {
  name: 'card-accepted-is-written',
  zh: '写卡指令一受理就当作写好',
  en: 'a write that was accepted counts as written',
  expected: 'S12',
  flows: ['card'],
  withFaults: ['CARD-PULL', 'RDR-CRASH', 'CARD-BAD'],
  patches: [
    {
      file: 'platform/core/flows/card/following',
      find: `if (type === WRITE.completed && card.stage === 'writing' && causation === writeKeyOf(order)) return cardWritten(turn, order, data);`,
      replace: `if (type === WRITE.accepted && card.stage === 'writing') return cardWritten(turn, order, { outcome: 'success', result: { serial: card.serial, wallet: card.after, written: 'now' } });`,
    },
  ],
};
