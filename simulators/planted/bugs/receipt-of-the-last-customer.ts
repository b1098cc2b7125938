import type { PlantedBug } from '../bug.ts';

export const receiptOfTheLastCustomer: PlantedBug = {
  name: 'receipt-of-the-last-customer',
  zh: '打印缓存键太短，印出上一位顾客的小票',
  en: 'receipts are cached by too short a key: the next customer gets the last one’s',
  expected: 'S19',
  patches: [
    {
      file: 'platform/core/flows/printing',
      find: 'data: { lines: receiptLines(turn.state, order, job), cut: true },',
      replace: `data: { lines: cached(\`\${job.organisation}.\${job.no}\`, () => receiptLines(turn.state, order, job)), cut: true },`,
    },
    {
      file: 'platform/core/flows/printing',
      find: '/** REP-14: another sheet,',
      replace: `const lately = new Map();
function cached(key, make) {
    if (!lately.has(key))
        lately.set(key, make());
    return lately.get(key);
}
/** REP-14: another sheet,`,
    },
  ],
};
