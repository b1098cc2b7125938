import type { PlantedBug } from '../bug.ts';

export const printerAskedForEver: PlantedBug = {
  name: 'printer-asked-for-ever',
  zh: '不停追问没有应答的打印机',
  en: 'a printer that does not answer is asked for ever',
  expected: 'L3',
  patches: [
    {
      file: 'platform/core/flows/printing',
      find: 'if (job.asked >= ASK_LIMIT)',
      replace: 'if (job.asked >= ASK_LIMIT * ASK_LIMIT * ASK_LIMIT)',
    },
  ],
};
