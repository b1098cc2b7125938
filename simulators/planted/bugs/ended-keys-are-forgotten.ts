import type { PlantedBug } from '../bug.ts';

export const endedKeysAreForgotten: PlantedBug = {
  name: 'ended-keys-are-forgotten',
  zh: '驱动重启后忘记已完成的打印键，又打一张',
  en: 'after a restart an endpoint knows no key that had ended, and prints again',
  expected: 'S13',
  kept: 'golden/ended-key-after-restart',
  patches: [
    {
      file: 'contracts/endpoint/commands',
      find: `const { key, completion } = record;
        keys.set`,
      replace: `const { key, completion } = record;
        if (completion)
            continue;
        keys.set`,
    },
  ],
};
