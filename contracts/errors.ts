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
