import type { PlantedBug } from '../bug.ts';

export const outboxOneBlockEarly: PlantedBug = {
  name: 'outbox-one-block-early',
  zh: '第一个区块落盘就放行下一个区块的消息',
  en: 'a block that is on the disk releases the effects of the next one, too',
  expected: 'S6',
  patches: [
    {
      file: 'platform/runtime/runtime',
      find: `durableTo = appended;
            appending = false;`,
      replace: `durableTo = appended + pending.length;
            appending = false;`,
    },
  ],
};
