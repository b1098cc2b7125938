import type { PlantedBug } from '../bug.ts';

export const cardDoubtLostAtRestart: PlantedBug = {
  name: 'card-doubt-lost-at-restart',
  zh: '平台重启后忘记写卡可能已发生',
  en: 'after a restart the platform has forgotten that a card may be written',
  expected: 'S12',
  flows: ['card'],
  withFaults: ['PLT-CRASH', 'CARD-PULL', 'RDR-CRASH', 'RDR-UNPLUG'],
  patches: [
    {
      file: 'platform/core/apply',
      find: `for (const job of order.prints) if (job.askAt !== undefined) job.askAt = Math.max(job.askAt, at);`,
      replace: `for (const job of order.prints) if (job.askAt !== undefined) job.askAt = Math.max(job.askAt, at); if (order.card) order.card = { ...order.card, mayBeWritten: false };`,
    },
  ],
};
