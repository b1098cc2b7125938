import type { PlantedBug } from '../bug.ts';

export const acceptedTwice: PlantedBug = {
  name: 'accepted-twice',
  zh: '受理回执重复到达就重复记账',
  en: 'an «accepted» that comes twice is recorded twice',
  expected: 'S9',
  withFaults: ['NET-DUP'],
  patches: [
    {
      file: 'platform/core/flows/following',
      find: `if (leg.stage === 'sent' && !isFinal(order.state)) {`,
      replace: 'if (!isFinal(order.state)) {',
    },
  ],
};
