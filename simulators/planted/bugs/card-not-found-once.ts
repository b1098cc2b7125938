import type { PlantedBug } from '../bug.ts';

export const cardNotFoundOnce: PlantedBug = {
  name: 'card-not-found-once',
  zh: '电力公司一次查无此单就退款',
  en: 'one «not found» gives the money back, however early',
  expected: 'S7',
  flows: ['card'],
  withFaults: ['NET-DELAY', 'UTL-LOST-REPLY'],
  patches: [
    {
      file: 'platform/core/flows/card/ordering',
      find: `if (graceOver && first && turn.now - first.at >= MINUTE) {`,
      replace: `if (first) {`,
    },
  ],
};
