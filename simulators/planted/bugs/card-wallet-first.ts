import type { PlantedBug } from '../bug.ts';

export const cardWalletFirst: PlantedBug = {
  name: 'card-wallet-first',
  zh: '先写钱包文件',
  en: 'the driver writes the wallet before the other files',
  expected: 'S20',
  flows: ['card', 'cardVoid'],
  withFaults: ['CARD-PULL', 'RDR-CRASH', 'RDR-UNPLUG'],
  kept: 'golden/card-torn-in-a-void',
  patches: [
    {
      file: 'drivers/card-reader/write-card',
      find: `const ORDER = ['returned', 'parameters', 'wallet'];`,
      replace: `const ORDER = ['wallet', 'parameters', 'returned'];`,
    },
  ],
};
