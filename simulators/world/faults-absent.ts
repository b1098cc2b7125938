/** A fault that the vocabulary knows and a scenario can not write. */
export interface AbsentFault {
  name: string;
  zh: string;
  en: string;
  /** Why it can not exist yet, or where it is found under another name. */
  why: string;
  /** It exists after all: as these faults, or as what a scenario says of its world and its orders. */
  as?: string;
}

const NO_FILE = 'no day is reconciled from a counterpart’s file yet';
const NO_REVERSAL =
  'a paid top-up can not be taken back yet; of a card, NET-DROP and NET-DELAY of utility.orderVoid and its replies';

/** For the documents and the printed share: what is not simulated, so that nobody takes silence for proof. */
export const FAULTS_ABSENT: readonly AbsentFault[] = [
  {
    name: 'NET-REORDER',
    zh: '消息乱序',
    en: 'Messages overtake each other',
    why: 'another name',
    as: 'NET-DELAY',
  },
  {
    name: 'NET-SWIZZLE',
    zh: '线路先后中断再恢复',
    en: 'Lines stop and resume in another order',
    why: 'another name',
    as: 'several NET-CLOG',
  },
  {
    name: 'LIM-RACE',
    zh: '最后一笔信誉度之争',
    en: 'Two orders race for the last credit',
    why: 'no fault',
    as: 'two orders and little creditFen',
  },
  {
    name: 'OPS-HUMAN',
    zh: '人工处理时结果到达',
    en: 'A person settles while the result arrives',
    why: 'no fault',
    as: 'CAR-LATE-OK after a day: a person settles the manual order while the result comes',
  },
  { name: 'CAR-FLIP2', zh: '说成功,对账文件中没有', en: 'A success is missing in the file', why: NO_FILE },
  {
    name: 'CAR-IDEMP-TTL',
    zh: '移动忘记了旧请求',
    en: 'The carrier forgets old keys',
    why: 'a key is never sent again',
  },
  {
    name: 'CARD-OK-NOCONF',
    zh: '已写卡,确认丢失',
    en: 'Written, and the confirmation is lost',
    why: 'another name',
    as: 'UTL-NO-CONFIRM, or NET-DROP of utility.confirm',
  },
  {
    name: 'CARD-NEVER',
    zh: '顾客带卡离开',
    en: 'The customer leaves with the card',
    why: 'another name',
    as: 'CARD-PULL with forMs "ever"',
  },
  { name: 'REC-MISSING', zh: '对账文件缺失', en: 'A file is missing', why: NO_FILE },
  { name: 'REC-TRUNC', zh: '对账文件不完整', en: 'A file is cut off', why: NO_FILE },
  { name: 'REC-DUP', zh: '对账文件有重复行', en: 'A file has lines twice', why: NO_FILE },
  { name: 'REC-LATE', zh: '对账文件迟到或重发', en: 'A file is late or comes again', why: NO_FILE },
  {
    name: 'REC-TIE',
    zh: '双方日切时间不同',
    en: 'The counterpart cuts its day at another hour',
    why: NO_FILE,
  },
  { name: 'REV-LOST', zh: '冲正应答丢失', en: 'The reply to a reversal is lost', why: NO_REVERSAL },
  { name: 'REV-LATE', zh: '冲正先于原交易到达', en: 'A reversal overtakes its original', why: NO_REVERSAL },
  {
    name: 'REV-AFTER-WRITE',
    zh: '写卡后冲正',
    en: 'A reversal after the card was written',
    why: 'no fault',
    as: 'an order cardVoid, before or after the card was in its meter',
  },
  {
    name: 'CFG-UPGRADE',
    zh: '交易途中升级',
    en: 'An upgrade in the middle of a payment',
    why: 'there is one version; an old store is opened in tests/platform/store',
  },
  {
    name: 'DSK-LIE',
    zh: '磁盘谎报已写入',
    en: 'The disk says written and has not',
    why: 'nothing on one disk can tell; a second site will',
  },
  {
    name: 'DSK-STALE',
    zh: '恢复了旧备份',
    en: 'Yesterday’s backup is restored',
    why: 'nothing outside keeps the last record’s number yet',
  },
];
