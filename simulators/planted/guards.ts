import type { Patch } from './bug.ts';

/*
 * Guards of the core that notice a broken rule before any checker does. A bug that is to be found from outside takes away the
 * ones that would stop it.
 */

/** An order that has ended can be changed again. */
export const ENDED_MAY_CHANGE: Patch = {
  file: 'platform/core/order-apply',
  find: `if (isFinal(order.state))
        throw new Error(\`order \${order.id} is \${order.state} and can not change\`);`,
  replace: '',
};

/** A hold can be captured or released that is not there. */
export const HOLD_MAY_BE_ABSENT: Patch = {
  file: 'platform/core/ledger',
  find: `if (debit.debitPending < 0 || credit.creditPending < 0)
        throw new RangeError(\`transfer \${transfer.id} ends a hold that is not there\`);`,
  replace: '',
};

/** An outlet can spend more credit than it has. */
export const CREDIT_MAY_BE_NEGATIVE: Patch = {
  file: 'platform/core/ledger',
  find: 'assertFloor(transfer.debit, debit);',
  replace: '',
};
