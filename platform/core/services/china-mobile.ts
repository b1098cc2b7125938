import { HOUR, MINUTE, SECOND } from '../../../contracts/time.ts';
import { PATIENT } from './ladder.ts';
import { maskPhone, type Service } from './service.ts';

/**
 * The number segments that are served, by their first seven digits’ beginning: MOB-01 enables prefectures one by one; the
 * first seven are Chengdu, Nanchong, Mianyang, Deyang, Bazhong, Ziyang and Panzhihua. Which segments are whose is the
 * carrier’s data; these are the bench’s.
 */
const SERVED: { [segment: string]: string } = {
  '1380800': '成都',
  '1380801': '南充',
  '1380802': '绵阳',
  '1380803': '德阳',
  '1380804': '巴中',
  '1380805': '资阳',
  '1380806': '攀枝花',
};

/** 移动直充: China Mobile direct top-up (MOB-01 to MOB-04, MOB-10). */
export const chinaMobileTopUp: Service = {
  code: 'mobile-topup',
  zh: '移动直充话费',
  en: 'China Mobile top-up',
  counterpart: 'china-mobile',
  counterpartZh: '中国移动',
  fields: [{ name: 'phone', zh: '手机号码', en: 'Phone number', pattern: '^1\\d{10}$', mask: maskPhone }],
  minimumFen: 1_000,
  maximumFen: 50_000,
  multipleFen: 1_000,
  refuses: ({ phone = '' }) => (SERVED[phone.slice(0, 7)] ? undefined : 'platform.regionNotServed'),
  request: ({ phone = '' }, amountFen) => ({ account: phone, amountFen }),
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
  ],
  notFoundFinalAfter: 10 * MINUTE,
  timing: {
    acceptWithin: 10 * SECOND,
    completeWithin: MINUTE,
    inquiries: PATIENT,
    alertAfter: 30 * MINUTE,
    giveUpAfter: 24 * HOUR,
  },
};
