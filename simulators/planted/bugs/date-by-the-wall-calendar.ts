import type { PlantedBug } from '../bug.ts';

export const dateByTheWallCalendar: PlantedBug = {
  name: 'date-by-the-wall-calendar',
  zh: '营业日期按日历取，不看日切',
  en: 'the business date is the calendar’s, whatever was cut',
  expected: 'S14',
  size: 'medium',
  patches: [
    {
      file: 'platform/core/flows/opening',
      find: `import { journalNumber } from '../numbers.js';`,
      replace: `import { civilDateAt } from '../calendar.js';
import { journalNumber } from '../numbers.js';`,
    },
    {
      file: 'platform/core/flows/opening',
      find: 'businessDate: turn.state.businessDate,',
      replace: 'businessDate: civilDateAt(turn.now),',
    },
  ],
};
