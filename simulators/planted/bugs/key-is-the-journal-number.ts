import type { PlantedBug } from '../bug.ts';

export const keyIsTheJournalNumber: PlantedBug = {
  name: 'key-is-the-journal-number',
  zh: '幂等键用流水号,两个网点会相同',
  en: 'the idempotency key is the journal number, which two outlets share',
  expected: 'S18',
  patches: [
    {
      file: 'platform/core/flows/payment',
      find: `key: \`\${order.id}.1\`,`,
      replace: `key: \`\${nextJournalNumber(state, order.outlet)}.1\`,`,
    },
  ],
};
