import type { PlantedBug } from '../bug.ts';

export const reprintAsOriginal: PlantedBug = {
  name: 'reprint-as-original',
  zh: '补打的小票没有“副本”标记',
  en: 'a reprint is not marked as a copy',
  expected: 'S13',
  patches: [
    {
      file: 'platform/core/flows/printing',
      find: 'const copy = Math.max(-1, ...order.prints.filter(mayBeOnPaper).map((job) => job.copy)) + 1;',
      replace: 'const copy = 0;',
    },
  ],
};
