import type { ConductName } from './conduct.ts';

/** A number that ends in these four digits tells its story, in every run. */
export const MAGIC_NUMBERS: readonly { digits: string; conduct: ConductName; zh: string; en: string }[] = [
  { digits: '9901', conduct: 'noSuchAccount', zh: '号码不存在', en: 'Declined: no such number' },
  { digits: '9902', conduct: 'closedAccount', zh: '号码已停机或销户', en: 'Declined: the number is closed' },
  {
    digits: '9903',
    conduct: 'lateSuccess',
    zh: '处理中,40分钟后通知成功',
    en: 'Processing; success is told after 40 minutes',
  },
  {
    digits: '9904',
    conduct: 'lateSuccessUntold',
    zh: '处理中,40分钟后成功,只能查询得知',
    en: 'Processing; success after 40 minutes, told to an inquiry only',
  },
  {
    digits: '9905',
    conduct: 'lateFailure',
    zh: '处理中,40分钟后通知失败',
    en: 'Processing; a decline is told after 40 minutes',
  },
  {
    digits: '9906',
    conduct: 'lostReply',
    zh: '已充值,应答丢失',
    en: 'Charged at once, the reply is lost; an inquiry tells',
  },
  {
    digits: '9907',
    conduct: 'timeoutCharged',
    zh: '超时,已充值',
    en: 'Times out after 30 s, and was charged',
  },
  {
    digits: '9908',
    conduct: 'timeoutNotCharged',
    zh: '超时,未充值',
    en: 'Times out after 30 s, and was not charged: not found',
  },
  {
    digits: '9909',
    conduct: 'down',
    zh: '移动系统故障,请求未送出',
    en: 'The carrier’s system is down: nothing was sent',
  },
  { digits: '9910', conduct: 'processingForEver', zh: '一直处理中', en: 'Processing for ever' },
  {
    digits: '9911',
    conduct: 'wrongAmount',
    zh: '成功,但应答金额不符',
    en: 'Charged; the reply names another amount',
  },
  { digits: '9912', conduct: 'toldTwice', zh: '成功,结果通知两次', en: 'Success, told twice' },
  {
    digits: '9913',
    conduct: 'inArrears',
    zh: '成功;欠费25元,撤销被拒',
    en: 'Success; 25 yuan in arrears, so a reversal is refused',
  },
];
