import { HOUR, MINUTE, SECOND } from '../../../contracts/time.ts';
import { ladder } from './ladder.ts';
import { type Declared, maskNumber } from './service.ts';

/** 智能电表IC卡购电: electricity written to a meter's purchase card (CAR-01 to CAR-07). Its flow is `flows/card`. */
export const meterCard: Declared = {
  code: 'meter-card',
  zh: '电卡购电',
  en: 'Electricity on a meter card',
  counterpart: 'state-grid',
  counterpartZh: '国家电网',
  fields: [
    { name: 'customerNo', zh: '客户编号', en: 'Customer no.', pattern: '^\\d{12}$', mask: maskNumber },
    { name: 'meterNo', zh: '电表号', en: 'Meter no.', pattern: '^\\d{12}$', mask: maskNumber },
    { name: 'cardSerial', zh: '卡序列号', en: 'Card serial', pattern: '^[0-9A-F]{16}$', mask: maskNumber },
    // Shown whole: it is what a person compares with the meter's display.
    { name: 'count', zh: '购电次数', en: 'Purchase count', pattern: '^\\d{1,10}$', mask: (value) => value },
  ],
  minimumFen: 100,
  maximumFen: 5_000_000,
  multipleFen: 1,
  declines: [
    'contract.expired',
    'contract.timeUnknown',
    'contract.invalidData',
    'contract.unsupportedType',
    'adapter.busy',
    'counterpart.accountInvalid',
    'counterpart.accountClosed',
    'counterpart.amountNotAllowed',
    'counterpart.limitExceeded',
    'counterpart.declined',
    'counterpart.unreachable',
    'counterpart.orderOpen',
    'counterpart.countMismatch',
  ],
  notFoundFinalAfter: 10 * MINUTE,
  timing: {
    acceptWithin: 10 * SECOND,
    completeWithin: MINUTE,
    // The customer stands at the counter with the card in the reader: it is asked early.
    inquiries: ladder([15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE]),
    alertAfter: 30 * MINUTE,
    giveUpAfter: 24 * HOUR,
  },
};
