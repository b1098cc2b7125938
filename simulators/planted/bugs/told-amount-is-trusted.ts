import type { PlantedBug } from '../bug.ts';

export const toldAmountIsTrusted: PlantedBug = {
  name: 'told-amount-is-trusted',
  zh: '不核对结果里的金额和号码',
  en: 'a success of another amount or account is taken for ours',
  expected: 'S7',
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: `if (told.account === asked.account && told.amountFen === asked.amountFen)
        return undefined;`,
      replace: `if (told.account === asked.account || told.amountFen === asked.amountFen)
        return undefined;`,
    },
  ],
};
