import type { PlantedBug } from '../bug.ts';

export const readBeforeDurable: PlantedBug = {
  name: 'read-before-durable',
  zh: '查询立即应答,不等其所见落盘',
  en: 'a read is answered at once, before what it saw is on the disk',
  expected: 'S6',
  patches: [
    {
      file: 'platform/runtime/runtime',
      find: 'outbox.push({ after: appended + pending.length, release: () => done(value) });',
      replace: 'done(value);',
    },
  ],
};
