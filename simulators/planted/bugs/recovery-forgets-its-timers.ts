import type { PlantedBug } from '../bug.ts';

export const recoveryForgetsItsTimers: PlantedBug = {
  name: 'recovery-forgets-its-timers',
  zh: '恢复后忘了定时器',
  en: 'a recovery forgets its timers',
  expected: 'L7',
  patches: [
    {
      file: 'platform/runtime/recover',
      find: 'return found;',
      replace: `state.wakes.due.clear();
    return found;`,
    },
    {
      file: 'platform/core/apply',
      find: `leg.inquireAt = undefined;
            }`,
      replace: `leg.inquireAt = undefined;
            }
        continue;`,
    },
  ],
};
