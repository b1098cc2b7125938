import type { PlantedBug } from '../bug.ts';

export const cardWriteFailureBelieved: PlantedBug = {
  name: 'card-write-failure-believed',
  zh: '写卡没有成功就当作没写',
  en: 'whatever is no success of a write counts as not written',
  expected: 'S12',
  flows: ['card'],
  withFaults: ['CARD-PULL', 'RDR-CRASH', 'RDR-UNPLUG'],
  patches: [
    {
      file: 'platform/core/flows/card/writing',
      find: `const didNothing = outcome === 'failure' && error && believedEffect(error) === 'none';`,
      replace: `const didNothing = outcome !== 'success';`,
    },
    {
      file: 'platform/core/flows/card/writing',
      find: `mayBeWritten: card.wasMaybeWritten });`,
      replace: `mayBeWritten: false });`,
    },
  ],
};
