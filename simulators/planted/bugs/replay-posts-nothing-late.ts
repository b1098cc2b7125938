import type { PlantedBug } from '../bug.ts';

export const replayPostsNothingLate: PlantedBug = {
  name: 'replay-posts-nothing-late',
  zh: '恢复时不重放结束订单的分录',
  en: 'a recovery does not post what ended an order',
  expected: 'S11',
  patches: [
    {
      file: 'platform/runtime/recover',
      find: 'apply(found.state, record);',
      replace: "apply(found.state, record.type === 'orderEnded' ? { ...record, transfers: [] } : record);",
    },
  ],
};
