import type { PlantedBug } from '../bug.ts';

export const lateSuccessOverturns: PlantedBug = {
  name: 'late-success-overturns',
  zh: '失败后又来成功，直接改成成功',
  en: 'a success after the failure turns the order over',
  expected: 'S8',
  withFaults: ['CAR-FLIP'],
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: `if (isFinal(order.state))
        return afterTheEnd(turn, order, verdict);`,
      replace: `if (isFinal(order.state) && (order.state !== 'failed' || verdict.kind !== 'succeeded'))
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
    {
      file: 'platform/core/ledger',
      find: 'assertFloor(transfer.debit, debit);',
      replace: '',
    },
  ],
};
