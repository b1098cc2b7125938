import type { PlantedBug } from '../bug.ts';

export const snapshotForgetsReceiptNumbers: PlantedBug = {
  name: 'snapshot-forgets-receipt-numbers',
  zh: '快照漏了当日小票计数',
  en: 'a snapshot forgets how many receipts the day has had',
  expected: 'S13',
  withFaults: ['PLT-CRASH'],
  patches: [
    {
      file: 'platform/core/snapshot',
      find: 'counts: book ? [...book.outlets].map(([outlet, day]) => [outlet, day.journal, day.receipts]) : [],',
      replace: 'counts: book ? [...book.outlets].map(([outlet, day]) => [outlet, day.journal, 0]) : [],',
    },
  ],
};
