import type { PlantedBug } from '../bug.ts';

export const repeatedCallbackPostsTwice: PlantedBug = {
  name: 'repeated-callback-posts-twice',
  zh: '重复的结果通知再扣一次款',
  en: 'a repeated completion captures the hold once more',
  expected: 'S3',
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: `if (isFinal(order.state))
        return afterTheEnd(turn, order, verdict);`,
      replace: `if (isFinal(order.state) && order.state !== verdict.kind)
        return afterTheEnd(turn, order, verdict);`,
    },
    {
      file: 'platform/core/order-apply',
      find: `if (isFinal(order.state))
        throw new Error(\`order \${order.id} is \${order.state} and can not change\`);`,
      replace: '',
    },
    {
      file: 'platform/core/ledger',
      find: `if (debit.debitPending < 0 || credit.creditPending < 0)
        throw new RangeError(\`transfer \${transfer.id} ends a hold that is not there\`);`,
      replace: '',
    },
  ],
};
