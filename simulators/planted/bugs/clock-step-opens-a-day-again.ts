import type { PlantedBug } from '../bug.ts';

export const clockStepOpensADayAgain: PlantedBug = {
  name: 'clock-step-opens-a-day-again',
  zh: '时钟回拨后把已日切的日期重新打开',
  en: 'a start with a clock set back opens a day again that was cut',
  expected: 'S14',
  size: 'medium',
  withFaults: ['CLK-STEP', 'PLT-CRASH'],
  patches: [
    {
      file: 'platform/core/flows/day',
      find: 'if (date > turn.state.businessDate)',
      replace: 'if (date !== turn.state.businessDate)',
    },
    {
      file: 'platform/core/turn',
      find: 'now: Math.max(now, state.now),',
      replace: 'now,',
    },
  ],
};
