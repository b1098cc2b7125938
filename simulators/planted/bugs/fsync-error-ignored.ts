import type { PlantedBug } from '../bug.ts';

export const fsyncErrorIgnored: PlantedBug = {
  name: 'fsync-error-ignored',
  zh: '写盘出错仍当作已落盘',
  en: 'an error of the disk is ignored, and the effects are released',
  expected: 'S6',
  withFaults: ['DSK-ERROR', 'DSK-FULL'],
  patches: [
    {
      file: 'simulators/world/platform-life',
      find: `if (fate.kind === 'refused')
                return die(fate.forMs, false);`,
      replace: '',
    },
  ],
};
