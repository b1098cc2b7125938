import type { PlantedBug } from '../bug.ts';

export const captureLessACommission: PlantedBug = {
  name: 'capture-less-a-commission',
  zh: '扣款时先扣下手续费,没有全额入账',
  en: 'a capture takes the hold less a commission',
  expected: 'S3',
  patches: [
    {
      file: 'platform/core/ledger',
      find: 'return { ...hold, id, kind, hold: hold.id, at, postingDate };',
      replace: `return { ...hold, id, kind, hold: hold.id, at, postingDate, amountFen: kind === 'capture' ? hold.amountFen - 100 : hold.amountFen };`,
    },
  ],
};
