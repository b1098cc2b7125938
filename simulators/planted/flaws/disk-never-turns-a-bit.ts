import type { Flaw } from './flaw.ts';

export const diskNeverTurnsABit: Flaw = {
  name: 'disk-never-turns-a-bit',
  zh: '磁盘从不损坏,却记作已损坏',
  en: 'the disk is never damaged, though the receipts say so',
  noticed: { survivor: 'tampered-chain-accepted' },
  patches: [
    {
      file: 'simulators/world/platform-node',
      find: 'if (corrupts && disk.corrupt())',
      replace: 'if (corrupts && disk === undefined)',
    },
  ],
};
