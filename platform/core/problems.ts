import { WIRE_ERRORS } from '../../contracts/errors.ts';

/** What the platform refuses with: `status` is HTTP's, the texts are for the teller (Chinese first). */
export interface Problem {
  status: number;
  zh: string;
  en: string;
  /** What the person should do now. */
  remedyZh: string;
  remedyEn: string;
}

const p = (status: number, zh: string, en: string, remedyZh: string, remedyEn: string): Problem => ({
  status,
  zh,
  en,
  remedyZh,
  remedyEn,
});

export const PROBLEMS = {
  'platform.badRequest': p(
    400,
    '请求内容有误',
    'The request does not fit its schema',
    '请按提示修改后重新提交',
    'Correct what detail names and send it again',
  ),
  'platform.orderIdInvalid': p(
    400,
    '订单编号格式错误',
    'The order id is not a ULID',
    '请由终端生成 26 位 ULID',
    'Let the station mint a ULID of 26 characters',
  ),
  'platform.notSignedIn': p(
    401,
    '尚未登录或登录已过期',
    'Nobody is signed in, or the session has ended',
    '请重新登录',
    'Sign in again',
  ),
  'platform.signInRefused': p(
    401,
    '登录被拒绝',
    'The sign-in was refused',
    '请核对机构号、操作员号、密码和本机 UKey',
    'Check organisation code, operator number, password and this station’s UKey',
  ),
  'platform.stationRevoked': p(
    401,
    '本台席的证书已更换、吊销或到期',
    'This station’s certificate was replaced, revoked or has run out',
    '请停止收款,联系管理员重新登记本台席的 UKey',
    'Take no money; ask the administrator to enrol this station’s UKey again',
  ),
  'platform.stationKeyUsed': p(
    422,
    '该密钥已登记过',
    'This key was enrolled before',
    '请使用新的 UKey 或证书;吊销过的密钥不能再用',
    'Take another UKey or certificate; a revoked key never counts again',
  ),
  'platform.stationKeyInvalid': p(
    422,
    '不是可用的公钥或证书',
    'This is no public key or certificate that can be used',
    '请提供 Ed25519 公钥或其证书(PEM 格式),不要提供私钥',
    'Give an Ed25519 public key, or a certificate of one, as PEM; never the private key',
  ),
  'platform.forbidden': p(
    403,
    '无权进行此操作',
    'This is not allowed to you',
    '请联系有权限的人员',
    'Ask somebody who has the right',
  ),
  'platform.notFound': p(
    404,
    '查无此记录',
    'There is no such record',
    '请核对流水号或编号',
    'Check the journal number or id',
  ),
  'platform.orderConflict': p(
    409,
    '该订单编号已用于其他内容',
    'This order id was used before with other content',
    '请用新编号重新提交',
    'Submit it again under a new id',
  ),
  'platform.serviceUnknown': p(
    422,
    '没有该业务',
    'There is no such service',
    '请从业务列表中选择',
    'Choose one of the listed services',
  ),
  'platform.fieldInvalid': p(
    422,
    '号码格式错误',
    'A field does not fit its pattern',
    '请核对号码后重新输入',
    'Check the number and type it again',
  ),
  'platform.regionNotServed': p(
    422,
    '该地区号码暂未开通',
    'Numbers of this region are not served yet',
    '请告知用户改用其他渠道',
    'Tell the customer that this region is not open yet',
  ),
  'platform.amountNotAllowed': p(
    422,
    '金额不符合规定',
    'The amount is not allowed',
    '请按业务规定的金额输入',
    'Enter an amount that the service allows',
  ),
  'platform.creditInsufficient': p(
    422,
    '信誉度余额不足',
    'The outlet’s credit does not cover it',
    '请先到邮政网点充值信誉度',
    'Buy credit at a postal counter first',
  ),
  'platform.lookAlike': p(
    422,
    '相同的缴费正在处理中',
    'The same payment is still being processed',
    '请先查询上一笔结果;确需再缴请勾选「再缴一笔」',
    'See what became of the first; confirm «pay again» if it is really meant twice',
  ),
  'platform.outletUnknown': p(
    422,
    '没有该网点',
    'There is no such outlet',
    '请核对 8 位机构号',
    'Check the 8-digit organisation code',
  ),
  'platform.voidNotAllowed': p(
    422,
    '该笔不能撤销',
    'This can not be voided',
    '只能撤销当日成功且余额足够的交易',
    'Only a success of the open business day, and only while the credit covers it',
  ),
  'platform.resolvedFailed': p(
    422,
    '经人工核实,交易未成功,信誉度已退回',
    'A person found out that it did not happen; the credit was given back',
    '请告知用户,如有需要重新办理',
    'Tell the customer; do it again if it is still wanted',
  ),
  'platform.notManual': p(
    422,
    '该订单不在人工处理状态',
    'This order is not waiting for a person',
    '请先查看订单状态',
    'Look at the order’s state first',
  ),
  'platform.noReceipt': p(
    422,
    '没有可打印的收据',
    'There is no receipt to print',
    '只有成功的交易才有收据',
    'Only a success has a receipt',
  ),
  'platform.printing': p(
    422,
    '收据正在打印',
    'The receipt is being printed',
    '请等待打印结果',
    'Wait for the printer’s answer',
  ),
  'platform.cardOrderOpen': p(
    422,
    '该电卡有未完成的交易',
    'An order for this meter card is still open',
    '请先完成或撤销上一笔,再购电(CAR-03)',
    'Finish that order or take it back first',
  ),
  'platform.cardNotInserted': p(
    422,
    '上次购电未插表',
    'The meter has not taken the last purchase yet',
    '请用户先把卡插入电表,再来购电',
    'Ask the customer to insert the card into the meter first',
  ),
  'platform.cardNotWaiting': p(
    422,
    '该订单现在不等待电卡',
    'This order does not wait for the card now',
    '请先查看订单状态',
    'Look at the order’s state first',
  ),
  'platform.cardMayBeWritten': p(
    422,
    '尚不能确定卡未写入,不能撤销',
    'It is not proven that the card was not written, so it can not be taken back',
    '请把原卡放入读卡器重新读卡',
    'Put the same card into a reader and read it again',
  ),
  'platform.cardNotWritten': p(
    422,
    '电卡未写入,交易已撤销,信誉度已退回',
    'The card was proven not to be written; the order was taken back and the credit returned',
    '请退还用户现金;如需购电请重新办理',
    'Give the cash back; sell again if it is still wanted',
  ),
  'platform.cardUnreadable': p(
    422,
    '读卡失败',
    'The card could not be read',
    '请按提示处理后重新读卡',
    'Do what detail says and read it again',
  ),
  'platform.cardInUse': p(
    422,
    '电卡正在使用,不能退卡',
    'The card is being worked on and can not be given back now',
    '请等本笔读写结束后再退卡',
    'Wait until its order has done with the card',
  ),
  'platform.cardNotReleased': p(
    422,
    '退卡失败',
    'The reader did not give the card back',
    '请查看读卡器后重试',
    'Look at the reader and try again',
  ),
  'platform.counterpartRefused': p(
    422,
    '对方系统拒绝查询',
    'The counterpart refused the query',
    '请按提示核对后重试',
    'Check what detail says and try again',
  ),
  'platform.readerOffline': p(
    503,
    '读卡器未连接',
    'The card reader is not connected',
    '请检查读卡器连线和电源',
    'Check the reader’s cable and power',
  ),
  'platform.noAnswer': p(
    504,
    '没有及时应答',
    'No answer in time',
    '请重试;什么都没有改变',
    'Try again; nothing was changed',
  ),
  'platform.tooSoon': p(
    429,
    '查询过于频繁',
    'It was inquired a moment ago',
    '请 10 秒后再试',
    'Try again in 10 seconds',
  ),
  'platform.counterpartOffline': p(
    503,
    '对方系统未连接,交易未发出',
    'The counterpart is not connected; nothing was sent',
    '已通知管理人员,请稍后再试',
    'The administrators were alerted; try again later',
  ),
  'platform.dayNotOpen': p(
    503,
    '营业日尚未开始',
    'No business day is open',
    '请联系管理人员',
    'Tell the administrators',
  ),
  'platform.starting': p(503, '平台正在启动', 'The platform is starting', '请稍候', 'Wait a moment'),
  'platform.internal': p(
    500,
    '平台内部错误',
    'The platform failed inside',
    '请用同一编号重试,并告知管理人员',
    'Repeat with the same id, and tell the administrators',
  ),
} as const satisfies { [code: string]: Problem };

export type ProblemCode = keyof typeof PROBLEMS;

/** Alerts to the administrators: not errors of anybody’s request. */
export const ALERTS = {
  'alert.counterpartOffline': { zh: '对方系统未连接', en: 'A counterpart is not connected' },
  'alert.counterpartDown': { zh: '对方系统故障', en: 'A counterpart’s system is down' },
  'alert.outcomeOverdue': {
    zh: '交易结果超过半小时未知',
    en: 'An outcome has been unknown for half an hour',
  },
  'alert.manual': { zh: '交易转人工处理', en: 'An order needs a person' },
  'alert.clockLeapt': {
    zh: '本机时钟突然拨快,平台仍按自己的时间运行',
    en: 'The machine’s clock leapt forward; the platform keeps its own time',
  },
  'alert.restored': {
    zh: '平台由备份恢复,备份之后的交易已丢失,须与对方核对',
    en: 'The platform was restored from a backup; what came after it is lost and must be reconciled',
  },
  'alert.alarmPressed': { zh: '网点按下报警按钮', en: 'An outlet’s alarm button was pressed' },
  'alert.case': { zh: '收到与记录不符的消息', en: 'News that contradicts the records' },
} as const;

export type AlertCode = keyof typeof ALERTS;

/** The text of any code that a person may meet: the platform's, the wire's, an alert's. `undefined` for an unknown one. */
export function explain(
  code: string,
): { zh: string; en: string; remedyZh?: string; remedyEn?: string } | undefined {
  return EXPLAINED.get(code);
}

const EXPLAINED = new Map<string, { zh: string; en: string }>(
  Object.entries({ ...PROBLEMS, ...ALERTS, ...WIRE_ERRORS }),
);
