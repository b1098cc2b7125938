/** Every text of the page: Chinese, English. */
const TEXTS = {
  product: ['驿站', 'Yizhan'],
  productLong: ['邮政便民服务站', 'Postal convenience station'],
  otherLanguage: ['English', '中文'],
  signIn: ['登录', 'Sign in'],
  signOut: ['退出', 'Sign out'],
  organisation: ['机构号', 'Organisation code'],
  station: ['台席', 'Station'],
  operator: ['操作员号', 'Operator number'],
  password: ['密码', 'Password'],
  benchKey: ['演示环境:使用软件 UKey 签名', 'Bench: a software UKey signs'],
  noKey: ['本机没有可用的 UKey,无法登录', 'This station has no UKey, so nobody can sign in here'],
  signedOut: ['登录已过期,请重新登录', 'The session has ended; sign in again'],
  businessDate: ['营业日', 'Business day'],
  teller: ['柜员', 'Teller'],
  supervisor: ['综合柜员', 'Supervisor'],
  clerk: ['营业员', 'Clerk'],
  administrator: ['管理员', 'Administrator'],
  pay: ['缴费', 'Payment'],
  card: ['电卡购电', 'Meter card'],
  meterCard: ['电卡购电', 'Electricity on a meter card'],
  insertCard: ['请把电卡插入读卡器', 'Insert the meter card into the reader'],
  readCard: ['读卡', 'Read the card'],
  reading: ['正在读卡…', 'Reading …'],
  foreignCard: ['不是电卡', 'This is no meter card'],
  notInserted: [
    '上次购电未插表:请用户先把卡插入电表,再来购电',
    'The meter has not taken the last purchase: the customer must insert the card there first',
  ],
  unconfirmed: ['未完成的电卡交易', 'Unfinished orders on meter cards'],
  voidedNo: ['被撤流水号', 'voids no.'],
  customer: ['用户', 'Customer'],
  address: ['地址', 'Address'],
  meterNo: ['电表号', 'Meter no.'],
  purchaseCount: ['购电次数', 'Purchases'],
  meterBalance: ['表内余额', 'Left in the meter'],
  arrears: ['欠费', 'Arrears'],
  upTo: ['1 元至 {max} 元', '1 to {max} yuan'],
  leaveCardIn: ['交易完成前请勿拔卡', 'Leave the card in until it is done'],
  cardIsIn: ['卡已放好,继续', 'The card is in: go on'],
  takeBack: ['撤销此笔(账务撤销)', 'Take it back'],
  confirmNow: ['补确认', 'Confirm to the utility now'],
  voidCard: ['撤销购电', 'Void the purchase'],
  today: ['今日交易', 'Today'],
  journal: ['当日流水', 'Day journal'],
  sell: ['信誉度充值', 'Sell credit'],
  undo: ['充值撤销', 'Void a purchase'],
  alerts: ['告警', 'Alerts'],
  todo: ['待处理', 'To do'],
  unresolved: ['待处理交易', 'Orders without an outcome'],
  noneUnresolved: ['没有待处理的交易', 'Every order has its outcome'],
  confirmSucceeded: ['确认成功', 'It succeeded'],
  confirmFailed: ['确认失败', 'It failed'],
  evidence: ['凭据(例如对方来函编号)', 'Evidence (e.g. the number of the counterpart’s letter)'],
  noEvidence: ['请填写凭据', 'Say what proves it'],
  settled: ['流水号 {no}:已登记', 'Journal number {no}: recorded'],
  remedy: ['处理办法', 'What to do'],
  credit: ['信誉度', 'Credit'],
  available: ['可用', 'Available'],
  balance: ['余额', 'Balance'],
  held: ['处理中占用', 'Held'],
  amount: ['金额(元)', 'Amount (yuan)'],
  sum: ['金额', 'Amount'],
  next: ['下一步', 'Next'],
  back: ['返回修改', 'Back'],
  confirm: ['确认缴费', 'Confirm payment'],
  confirmTitle: ['请与用户核对', 'Check with the customer'],
  cashFirst: ['请先收取现金,再点「确认缴费」', 'Take the cash first, then confirm'],
  wrongField: ['号码不正确,请核对', 'This number does not fit; check it'],
  wrongAmount: ['金额不正确', 'This amount does not fit'],
  creditShort: [
    '信誉度余额不足(可用 ¥{available}),请先到邮政网点充值信誉度',
    'The outlet’s credit does not cover it (available ¥{available}); buy credit at a postal counter first',
  ],
  cashBack: ['如已收取现金,请退还用户', 'If the cash was taken already, return it'],
  wrongTime: ['时间格式为 时时分分秒秒,例如 090000', 'A time is hhmmss, for example 090000'],
  wrongJournalNo: [
    '流水号不正确,请按收据重新输入',
    'This is no journal number; type it again from the receipt',
  ],
  rule: ['最少 {min} 元,最多 {max} 元,{step} 元的整数倍', '{min} to {max} yuan, in steps of {step}'],
  payAgain: ['确需再缴一笔', 'Pay once more all the same'],
  sending: ['正在提交', 'Sending'],
  resending: [
    '网络中断,正在用同一编号重试,不会重复扣款',
    'No answer; repeating under the same id, so nothing is paid twice',
  ],
  unsent: ['上一笔没有收到答复', 'The last one was never answered'],
  unsentHint: [
    '平台没有这笔交易的记录。可用同一编号继续提交(不会重复扣款),或放弃。',
    'The platform has no record of it. Send it again under the same id (nothing is paid twice), or drop it.',
  ],
  resend: ['继续提交', 'Send again'],
  drop: ['放弃', 'Drop it'],
  processing: ['处理中', 'Processing'],
  processingHint: [
    '已提交,正在等待对方系统答复。页面会自动更新,无需操作。',
    'Sent; waiting for the answer. This page follows by itself.',
  ],
  unknown: ['结果未知', 'Outcome unknown'],
  unknownHint: [
    '结果未知,请勿重复缴费,系统会自动查询。',
    'Do not pay again: the platform keeps asking by itself.',
  ],
  manual: ['人工处理中', 'With a person'],
  manualHint: [
    '长时间没有结果,已转人工核实。请勿重复缴费。',
    'No outcome for long; a person is finding out. Do not pay again.',
  ],
  succeeded: ['缴费成功', 'Paid'],
  done: ['办理成功', 'Done'],
  failed: ['缴费失败', 'Failed'],
  failedHint: [
    '未扣款,信誉度已退回。请将现金退还用户。',
    'No money was taken; the credit is back. Return the cash.',
  ],
  rejected: ['未受理', 'Refused'],
  rejectedHint: [
    '未受理,没有扣款。如已收取现金,请退还用户。',
    'Not taken; no money was moved. If the cash was taken already, return it.',
  ],
  voided: ['已撤销', 'Voided'],
  waited: ['已等待', 'Waited'],
  seconds: ['秒', 's'],
  query: ['查询', 'Query'],
  queried: ['已向对方系统查询', 'Asked the counterpart'],
  ofOrder: ['流水号 {no}:{what}', 'Journal number {no}: {what}'],
  reprint: ['补打', 'Reprint'],
  reprinted: ['已送打印机', 'Sent to the printer'],
  view: ['详情', 'View'],
  another: ['办理下一笔', 'Next customer'],
  receipt: ['收据', 'Receipt'],
  paper: ['打印机出纸', 'The printer’s paper'],
  service: ['业务', 'Service'],
  account: ['号码', 'Number'],
  journalNo: ['流水号', 'Journal number'],
  counterpartNo: ['对方流水', 'Counterpart’s number'],
  receiptNo: ['收据号', 'Receipt number'],
  time: ['时间', 'Time'],
  state: ['状态', 'State'],
  reason: ['原因', 'Reason'],
  outlet: ['网点', 'Outlet'],
  outletCode: ['网点机构号(8 位)', 'Outlet code (8 digits)'],
  original: ['原件', 'Original'],
  copy: ['补打件', 'Copy'],
  printWaiting: ['等待打印机', 'Waiting for the printer'],
  printSent: ['正在打印', 'Printing'],
  printAccepted: ['正在打印', 'Printing'],
  printPrinted: ['已打印', 'Printed'],
  printFailed: ['打印失败', 'Not printed'],
  printUncertain: ['打印结果不确定,请查看纸张', 'Perhaps printed; look at the paper'],
  all: ['全部', 'All'],
  from: ['起(时分秒)', 'From (hhmmss)'],
  to: ['止(时分秒)', 'To (hhmmss)'],
  none: ['没有记录', 'Nothing here'],
  total: ['合计', 'Total'],
  items: ['笔', 'items'],
  payment: ['缴费', 'Payment'],
  creditPurchase: ['信誉度充值', 'Credit purchase'],
  creditVoid: ['充值撤销', 'Purchase voided'],
  cardPurchase: ['电卡购电', 'Electricity on a meter card'],
  cardVoid: ['电卡购电撤销', 'Void of a meter card purchase'],
  find: ['查找', 'Find'],
  confirmSell: ['确认充值', 'Confirm the purchase'],
  confirmUndo: ['确认撤销', 'Confirm the void'],
  wrongOutlet: ['机构号为 8 位数字', 'An outlet code has 8 digits'],
  sellRule: ['每次最少 500 元,最多 {max} 元', '500 to {max} yuan each time'],
  noAnswer: ['没有连接到平台,请稍后再试', 'The platform can not be reached; try again'],
  offline: ['实时更新中断,正在重连', 'Live updates are interrupted; reconnecting'],
  offlineOrder: [
    '实时更新中断,正在重连。本笔已保存,恢复后自动显示结果,请勿重复缴费',
    'Live updates are interrupted; reconnecting. This one is kept and its outcome will show by itself: do not pay again',
  ],
  gone: [
    '与平台的连接已中断:暂停收款,请勿收取现金。恢复后自动继续',
    'No connection to the platform: take no money and no cash. This page goes on by itself when it is back',
  ],
  goneOrder: [
    '与平台的连接已中断。本笔已保存,恢复后用同一编号自动提交并显示结果,请勿重复缴费',
    'No connection to the platform. This one is kept, and sent under the same id when it is back: do not pay again',
  ],
  unanswered: ['尚未收到答复', 'Not answered yet'],
  slip: ['待答复单', 'Pending slip'],
  slipNo: ['待答复单号', 'Slip number'],
  slipHint: [
    '已提交,平台尚未答复,结果未知。请用户记下单号或拍照留存,凭此查询;请勿重复缴费',
    'Asked and not answered: the outcome is not known. The customer keeps this number, or a photograph; do not pay again',
  ],
  about: ['事项', 'About'],
} as const satisfies { [key: string]: readonly [zh: string, en: string] };

export type TextKey = keyof typeof TEXTS;

const KEPT = 'yz.language';
let english = localStorage.getItem(KEPT) === 'en';

export const inEnglish = () => english;

export function switchLanguage(): void {
  english = !english;
  localStorage.setItem(KEPT, english ? 'en' : 'zh');
  showLanguage();
}

/** Screen readers and fonts go by it. */
export function showLanguage(): void {
  document.documentElement.lang = english ? 'en' : 'zh-CN';
}

/** The text in the chosen language; `{name}` is filled in. */
export function t(key: TextKey, values: Record<string, string> = {}): string {
  return TEXTS[key][english ? 1 : 0].replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '');
}

/** One of two texts that the platform sent. */
export const pick = (zh: string, en: string) => (english ? en : zh);
