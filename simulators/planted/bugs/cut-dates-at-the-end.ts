import type { PlantedBug } from '../bug.ts';

export const cutDatesAtTheEnd: PlantedBug = {
  name: 'cut-dates-at-the-end',
  zh: '分录按订单日期入账，改动已日切的账',
  en: 'a transfer posts into the day of its order, though that day is cut',
  expected: 'S14',
  size: 'medium',
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: '.map((hold) => endHold(hold, kind, turn.now, turn.state.businessDate));',
      replace: '.map((hold) => endHold(hold, kind, turn.now, order.businessDate));',
    },
  ],
};
