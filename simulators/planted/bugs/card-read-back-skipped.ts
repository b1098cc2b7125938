import type { PlantedBug } from '../bug.ts';

export const cardReadBackSkipped: PlantedBug = {
  name: 'card-read-back-skipped',
  zh: '驱动写完不读回',
  en: 'the driver says written without reading the card back',
  expected: 'S12',
  flows: ['card'],
  withFaults: ['CARD-PULL', 'RDR-UNPLUG', 'CARD-BAD'],
  patches: [
    {
      file: 'drivers/card-reader/write-card',
      find: `if (trouble && !isTouched) return failed(trouble);`,
      replace: `return written(request, 'now');`,
    },
  ],
};
