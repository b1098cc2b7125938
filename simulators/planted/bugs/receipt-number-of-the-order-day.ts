import type { PlantedBug } from '../bug.ts';

export const receiptNumberOfTheOrderDay: PlantedBug = {
  name: 'receipt-number-of-the-order-day',
  zh: '跨日结束的订单仍用旧日期编小票号',
  en: 'an order that ends after the cut has a receipt number of the old day',
  expected: 'S13',
  size: 'medium',
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: 'receiptNo: receiptNumber(turn.state.businessDate, receiptCount(turn.state, order.outlet)),',
      replace: 'receiptNo: receiptNumber(order.businessDate, receiptCount(turn.state, order.outlet)),',
    },
  ],
};
