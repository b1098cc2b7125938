import type { PlantedBug } from '../bug.ts';

export const cardAnyReadingDecides: PlantedBug = {
  name: 'card-any-reading-decides',
  zh: '任何一次读卡的应答都算数',
  en: 'the answer to an earlier reading decides what is on the card now',
  expected: 'S21',
  flows: ['card'],
  withFaults: ['NET-DUP', 'NET-DELAY', 'CARD-PULL', 'RDR-UNPLUG'],
  kept: 'golden/card-stale-reading',
  patches: [
    {
      file: 'platform/core/flows/card/following',
      find: `if (type === READ.completed && card.stage === 'reading' && causation === \`\${order.id}.r\${card.round}\`)`,
      replace: `if (type === READ.completed && card.stage === 'reading')`,
    },
  ],
};
