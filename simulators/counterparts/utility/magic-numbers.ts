import type { ConductName } from './conduct.ts';

/** A customer whose number ends in these four digits tells the story, in every run. */
export const MAGIC_NUMBERS: readonly { digits: string; conduct: ConductName; zh: string; en: string }[] = [
  { digits: '9901', conduct: 'noSuchCustomer', zh: '用户不存在', en: 'Declined: no such customer' },
  { digits: '9902', conduct: 'closedAccount', zh: '用户已销户', en: 'Declined: the account is closed' },
  {
    digits: '9903',
    conduct: 'lateSuccess',
    zh: '40分钟后才下单,并通知成功',
    en: 'Ordered only after 40 minutes, then told; not found until then',
  },
  {
    digits: '9904',
    conduct: 'lateSuccessUntold',
    zh: '40分钟后才下单,只能查询得知',
    en: 'Ordered only after 40 minutes, told to an inquiry only',
  },
  { digits: '9905', conduct: 'declined', zh: '电力公司拒绝', en: 'Declined' },
  {
    digits: '9906',
    conduct: 'lostReply',
    zh: '已下单,应答丢失',
    en: 'Ordered, the reply is lost; an inquiry tells',
  },
  {
    digits: '9907',
    conduct: 'timeoutOrdered',
    zh: '超时,已下单',
    en: 'Times out after 30 s, and was ordered',
  },
  {
    digits: '9908',
    conduct: 'timeoutNotOrdered',
    zh: '超时,未下单',
    en: 'Times out after 30 s, and was not ordered: not found',
  },
  {
    digits: '9909',
    conduct: 'down',
    zh: '电力公司系统故障,请求未送出',
    en: 'The utility’s system is down: nothing was sent',
  },
  {
    digits: '9910',
    conduct: 'wrongCard',
    zh: '已下单,但应答卡号不符',
    en: 'Ordered; the reply names another card',
  },
  {
    digits: '9911',
    conduct: 'wrongAmount',
    zh: '已下单,但应答金额不符',
    en: 'Ordered; the reply names another amount',
  },
  { digits: '9912', conduct: 'toldTwice', zh: '成功,结果通知两次', en: 'Success, told twice' },
  { digits: '9913', conduct: 'noSeal', zh: '两次不给写卡数据', en: 'Does not seal the first two times' },
  {
    digits: '9914',
    conduct: 'confirmLost',
    zh: '写卡结果已收到,前两次无应答',
    en: 'Takes the card’s end, and does not answer the first two times',
  },
  {
    digits: '9915',
    conduct: 'confirmNotTaken',
    zh: '前两次收不到写卡结果',
    en: 'Does not get the card’s end the first two times',
  },
  {
    digits: '9916',
    conduct: 'denies',
    zh: '已下单,应答丢失,前两次查询称无此订单',
    en: 'Ordered, the reply is lost; the first two inquiries find nothing',
  },
];
