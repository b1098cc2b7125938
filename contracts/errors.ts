import type { Clause } from './clause.ts';

/**
 * What an error did to the world, over all attempts under its idempotency key:
 * `none`: nothing, and nothing will; `applied`: it happened; `unknown`: nobody can say yet, so inquire.
 */
export type Effect = 'none' | 'applied' | 'unknown';

/** What may be repeated: nothing, the same key, only a new key, or the same after a while. */
export type Retry = 'never' | 'sameKey' | 'newKey' | 'after';

/** What a person should do. `clear`: whoever stands at the device can mend it (paper, cover). */
export type Action =
  | 'none'
  | 'correct'
  | 'wait'
  | 'inquire'
  | 'clear'
  | 'maintenance'
  | 'configuration'
  | 'software'
  | 'administrator';

export interface ErrorMeaning {
  effect: Effect;
  retry: Retry;
  action: Action;
  zh: string;
  en: string;
}

const e = (effect: Effect, retry: Retry, action: Action, zh: string, en: string): ErrorMeaning => ({
  effect,
  retry,
  action,
  zh,
  en,
});

/** The errors that cross the wire. `effect` is the strongest claim a sender may make; it may always say `unknown` instead. */
export const WIRE_ERRORS = {
  'contract.malformed': e(
    'none',
    'never',
    'software',
    '消息格式错误',
    'The message is not an envelope of this contract',
  ),
  'contract.unsupportedType': e(
    'none',
    'never',
    'software',
    '不支持的消息类型',
    'This message type is not supported here',
  ),
  'contract.invalidData': e(
    'none',
    'never',
    'software',
    '消息内容不符合约定',
    'The message’s data breaks its schema',
  ),
  'contract.expired': e(
    'none',
    'newKey',
    'none',
    '请求已过期,未执行',
    'The request was past its deadline and was not started',
  ),
  'contract.canceled': e(
    'none',
    'newKey',
    'none',
    '请求已取消,未执行',
    'The request was cancelled before it was started',
  ),
  'contract.timeUnknown': e(
    'none',
    'after',
    'wait',
    '尚未与平台对时,未执行',
    'No fresh time from the platform, so nothing was started',
  ),
  'contract.conflict': e(
    'unknown',
    'never',
    'software',
    '同一幂等键对应不同内容',
    'The same key was used before with other content',
  ),
  'contract.notFound': e('unknown', 'after', 'inquire', '未找到该请求', 'No request is known under this key'),
  'adapter.busy': e(
    'none',
    'after',
    'wait',
    '对方系统忙,未执行',
    'Too much is under way; nothing was started',
  ),
  'adapter.internal': e(
    'unknown',
    'sameKey',
    'inquire',
    '对方接口程序内部错误',
    'The adapter failed inside; the outcome is not known',
  ),
  'adapter.restarted': e(
    'unknown',
    'sameKey',
    'inquire',
    '对方接口程序重启,结果未知',
    'The adapter restarted in the middle; the outcome is not known',
  ),
  'counterpart.accountInvalid': e('none', 'never', 'correct', '号码不存在', 'There is no such account'),
  'counterpart.accountClosed': e(
    'none',
    'never',
    'correct',
    '号码已停机或销户',
    'The account is closed or suspended',
  ),
  'counterpart.amountNotAllowed': e(
    'none',
    'newKey',
    'correct',
    '金额不被接受',
    'The amount is not accepted',
  ),
  'counterpart.limitExceeded': e(
    'none',
    'newKey',
    'correct',
    '超过对方限额',
    'A limit of the counterpart is exceeded',
  ),
  'counterpart.declined': e('none', 'never', 'none', '对方拒绝该交易', 'The counterpart declined'),
  'counterpart.unreachable': e(
    'none',
    'after',
    'administrator',
    '对方系统故障,请求未送出',
    'The counterpart’s system is down; nothing was sent to it',
  ),
  'counterpart.timeout': e(
    'unknown',
    'sameKey',
    'inquire',
    '对方超时,结果未知',
    'The counterpart did not answer in time; the outcome is not known',
  ),
  'counterpart.ambiguous': e(
    'unknown',
    'sameKey',
    'inquire',
    '对方应答不明确',
    'The counterpart’s answer is not clear',
  ),
  'counterpart.reversalRefused': e(
    'none',
    'never',
    'none',
    '对方拒绝撤销',
    'The counterpart refused the reversal',
  ),
  'counterpart.orderOpen': e(
    'none',
    'after',
    'inquire',
    '该电表有未完成的交易,请先处理;如有因「未找到该请求」失败的交易,请打开并查询',
    'Another order for this meter is open: finish it first, and query any that failed as «not known»',
  ),
  'counterpart.countMismatch': e(
    'none',
    'never',
    'correct',
    '购电次数不符,请重新读卡',
    'The purchase count does not follow the last one: read the card again',
  ),
  'counterpart.wrongStanding': e(
    'none',
    'never',
    'inquire',
    '对方记录的状态不允许此操作',
    'The counterpart’s books do not allow this in the order’s present standing',
  ),
  'device.offline': e('none', 'after', 'maintenance', '设备未连接', 'The device is not connected'),
  'device.busy': e('none', 'after', 'wait', '设备忙', 'The device is busy'),
  'device.paperOut': e('none', 'newKey', 'clear', '打印机缺纸,请装纸', 'Out of paper: put in a new roll'),
  'device.coverOpen': e('none', 'newKey', 'clear', '打印机盖未关,请关好', 'The cover is open: close it'),
  'device.paperJammed': e('none', 'newKey', 'clear', '打印机卡纸,请清除', 'Paper is jammed: clear it'),
  'device.hardwareError': e(
    'none',
    'after',
    'maintenance',
    '设备故障,请报修',
    'The device is faulty: call maintenance',
  ),
  'device.printIncomplete': e('applied', 'newKey', 'clear', '只打印了一部分', 'Only a part was printed'),
  'device.printUncertain': e(
    'unknown',
    'newKey',
    'inquire',
    '是否已打印不确定,请查看纸条',
    'Whether it was printed is not known: look at the paper',
  ),
  'device.cardNotPresent': e('none', 'newKey', 'clear', '请插入卡片', 'No card: insert it'),
  'device.cardInvalid': e(
    'none',
    'newKey',
    'clear',
    '读不出卡片:请检查方向,擦净触点',
    'The card can’t be read: check which way round it is and wipe its contacts',
  ),
  'device.cardUnsupported': e(
    'none',
    'never',
    'correct',
    '不支持此种卡片',
    'This kind of card is not supported',
  ),
  'device.cardSwapped': e(
    'none',
    'newKey',
    'correct',
    '不是原来的卡,未写卡;请插入原卡',
    'Another card than the order’s: nothing was written; insert the order’s card',
  ),
  'device.cardChanged': e(
    'none',
    'newKey',
    'inquire',
    '卡内容与订单不符,未写卡',
    'The card carries neither the order nor what it was ordered upon: nothing was written',
  ),
  'device.cardRefused': e(
    'none',
    'newKey',
    'maintenance',
    '卡片拒绝认证,未写卡',
    'The card refused the issuer’s authorization or seal; nothing was written',
  ),
  'device.cardJammed': e('none', 'newKey', 'clear', '卡片卡住,请取出', 'The card is jammed: take it out'),
  'device.challengeStale': e(
    'none',
    'newKey',
    'none',
    '卡片已重新上电,需重新取得写卡数据',
    'The session with the card is a new one: seal again',
  ),
  'device.writeUncertain': e(
    'unknown',
    'newKey',
    'inquire',
    '写卡结果不确定,请重新读卡',
    'Whether the card was written is not known: read it again',
  ),
} as const satisfies Record<string, ErrorMeaning>;

export type WireErrorCode = keyof typeof WIRE_ERRORS;

/** An error as it stands in a completion. */
export interface WireError {
  code: string;
  effect: Effect;
  retry: Retry;
  action: Action;
  /** For the log and the expert: the counterpart's own code, the device's status bytes. Never personal data. */
  detail?: string;
}

export const clauses: readonly Clause[] = [
  {
    id: 'ERR-001',
    level: 'MUST',
    text: 'An error code is a family and a name in lowerCamel: «device.paperOut». A receiver that does not know a code takes its effect as «unknown».',
  },
  {
    id: 'ERR-002',
    level: 'MUST',
    text: 'effect speaks of the idempotency key over all attempts: «none» says that nothing happened under this key and that nothing will.',
  },
  {
    id: 'ERR-003',
    level: 'MUST',
    text: 'A sender may weaken a code’s effect to «unknown», and may never claim another one than the vocabulary’s.',
  },
  {
    id: 'ERR-004',
    level: 'MUST',
    text: 'A time-out, a broken line or an answer that cannot be parsed is never reported with effect «none».',
  },
];

/** The error of a code with its vocabulary's meaning; `effect` may only be weakened to `unknown` (ERR-003). */
export function wireError(
  code: WireErrorCode,
  more: { detail?: string; effect?: 'unknown' } = {},
): WireError {
  const { effect, retry, action } = WIRE_ERRORS[code];
  return {
    code,
    effect: more.effect ?? effect,
    retry,
    action,
    ...(more.detail ? { detail: more.detail } : {}),
  };
}

/**
 * What a received error did, as far as it may be believed: a code outside the vocabulary, or one that claims more than the
 * vocabulary lets it, is `unknown` (ERR-001, ERR-003).
 */
export function believedEffect(error: Pick<WireError, 'code' | 'effect'>): Effect {
  const known = (WIRE_ERRORS as Record<string, ErrorMeaning>)[error.code];
  return known && known.effect === error.effect ? error.effect : 'unknown';
}
