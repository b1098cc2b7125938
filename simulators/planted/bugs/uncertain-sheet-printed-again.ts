import type { PlantedBug } from '../bug.ts';

export const uncertainSheetPrintedAgain: PlantedBug = {
  name: 'uncertain-sheet-printed-again',
  zh: '不知是否打出的小票，重打仍为正本',
  en: 'after a sheet that nobody can vouch for, the next is an original again',
  expected: 'S13',
  patches: [
    {
      file: 'platform/core/flows/printing',
      find: `const mayBeOnPaper = (job) => job.state !== 'failed' || job.error === 'device.printIncomplete';`,
      replace: `const mayBeOnPaper = (job) => job.state === 'printed';`,
    },
  ],
};
