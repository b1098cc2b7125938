import type { Customer } from './entries.ts';
import { MAGIC_NUMBERS } from './magic-numbers.ts';

/** The households that the simulated utility knows from the start: three plain ones, and one for each magic number. */
export const TEST_CUSTOMERS: readonly Customer[] = [
  customer('0001', '张三', { arrearsFen: 0, layout: '2009', wallet: { count: 7, amountFen: 10_000 } }),
  customer('0002', '李四', { arrearsFen: 2_560, layout: '2013', wallet: { count: 3, amountFen: 5_000 } }),
  // A new meter: its card has carried nothing yet.
  customer('0003', '王五', { arrearsFen: 0, layout: '2009', wallet: { count: 0, amountFen: 0 } }),
  ...MAGIC_NUMBERS.map(({ digits, zh }) =>
    customer(digits, zh, { arrearsFen: 0, layout: '2009', wallet: { count: 7, amountFen: 10_000 } }),
  ),
];

function customer(
  digits: string,
  name: string,
  more: Pick<Customer, 'arrearsFen' | 'layout' | 'wallet'>,
): Customer {
  return {
    customerNo: `51010000${digits}`,
    meterNo: `00010000${digits}`,
    name,
    address: `成都市测试路${Number(digits)}号`,
    cardSerial: `005101000000${digits}`,
    ...more,
  };
}
