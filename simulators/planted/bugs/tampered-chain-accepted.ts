import type { PlantedBug } from '../bug.ts';

export const tamperedChainAccepted: PlantedBug = {
  name: 'tampered-chain-accepted',
  zh: '篡改过的账链照样启动',
  en: 'a chain that was tampered with is accepted at the start',
  expected: 'S18',
  patches: [
    {
      file: 'platform/runtime/recover',
      find: `if (chainHash(hash, block) !== block.hash)
            throw new BrokenChain(block.first, 'its content does not match its hash');`,
      replace: '',
    },
  ],
};
