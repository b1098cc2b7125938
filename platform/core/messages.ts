/** The two languages that people read: Chinese first. */
export type Language = 'zh' | 'en';

/** What is printed, by key. Errors and alerts have their texts in `problems.ts`, services in their own declarations. */
const MESSAGES = {
  'receipt.head': { zh: '邮政便民服务站', en: 'Postal convenience station' },
  'receipt.payment': { zh: '缴费收据', en: 'Payment receipt' },
  'receipt.cardPurchase': { zh: '电卡购电收据', en: 'Receipt: electricity on a meter card' },
  'receipt.cardVoid': { zh: '电卡购电撤销凭证', en: 'Void of a meter card purchase' },
  'receipt.creditPurchase': { zh: '信誉度充值收据', en: 'Credit purchase receipt' },
  'receipt.creditVoid': { zh: '信誉度充值撤销凭证', en: 'Void of a credit purchase' },
  'receipt.copy': { zh: '** 补打 第{n}次 COPY {n} **', en: '** COPY {n} **' },
  'receipt.voided': { zh: '** 此笔已撤销 VOIDED **', en: '** VOIDED **' },
  'receipt.service': { zh: '业务', en: 'Service' },
  'receipt.payee': { zh: '收款单位', en: 'Payee' },
  'receipt.outlet': { zh: '网点', en: 'Outlet' },
  'receipt.amount': { zh: '金额', en: 'Amount' },
  'receipt.journalNo': { zh: '流水号', en: 'Journal no.' },
  'receipt.counterpartNo': { zh: '对方流水', en: 'Payee’s no.' },
  'receipt.balance': { zh: '信誉度余额', en: 'Credit' },
  'receipt.number': { zh: '收据号', en: 'Receipt no.' },
  'receipt.businessDate': { zh: '营业日', en: 'Business day' },
  'receipt.time': { zh: '交易时间', en: 'Time' },
  'receipt.printedAt': { zh: '打印时间', en: 'Printed' },
  'receipt.teller': { zh: '柜员', en: 'Teller' },
  'receipt.noInvoice': { zh: '此收据不作发票使用 NOT A TAX INVOICE', en: 'Not a tax invoice' },
  'receipt.keep': { zh: '请妥善保管,以备查询', en: 'Please keep it' },
} as const satisfies { [key: string]: { zh: string; en: string } };

export type MessageKey = keyof typeof MESSAGES;

export const MESSAGE_KEYS = Object.keys(MESSAGES) as MessageKey[];

/** The text of a key; `{n}` is filled in from `values`. */
export function say(
  key: MessageKey,
  language: Language,
  values: { [name: string]: string | number } = {},
): string {
  return MESSAGES[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
