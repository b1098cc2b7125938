import { describe, expect, test } from 'vitest';
import { lineSchema } from '../../../contracts/devices/printer.ts';
import { checkOf } from '../../../contracts/operation.ts';
import { MESSAGE_KEYS, say } from '../../../platform/core/messages.ts';
import { receiptLines } from '../../../platform/core/receipt.ts';
import { orderId } from '../../support/ids.ts';
import { CLERK, carrierOf, jobOf, OUTLET, PHONE, smallPlatform } from '../../support/small-platform.ts';

const A = orderId(1);
const CREDIT = '01JCREDT000000000000000000';

const sold = () => {
  const platform = smallPlatform();
  platform.pay(A);
  platform.advance(65_000);
  carrierOf(platform).succeeded(A);
  const order = platform.order(A);
  const job = jobOf(order);
  const lines = (over: object = {}) => receiptLines(platform.state, order, { ...job, ...over });
  return { platform, order, job, lines };
};
const texts = (lines: readonly { text: string }[]) => lines.map((line) => line.text);

describe('S13 the receipt says what the order is', () => {
  test('service, payee, masked number, amount, numbers, day, times, outlet and teller', () => {
    const { order, lines } = sold();
    expect(texts(lines())).toEqual(
      expect.arrayContaining([
        '缴费收据',
        '业务: 移动直充话费',
        '收款单位: 中国移动',
        '手机号码: 138****1234',
        '金额 ￥50.00',
        `流水号: ${order.journalNo}`,
        '对方流水: CM1',
        '收据号: 261123-0002',
        '营业日: 2026-11-23',
        '交易时间: 2026-11-23 09:00:00',
        '打印时间: 2026-11-23 09:01:05',
        `网点: 春熙路报刊亭 ${OUTLET}`,
        '柜员: T001',
        '此收据不作发票使用 NOT A TAX INVOICE',
      ]),
    );
  });

  test('ACC-04 the number stands nowhere in full', () => {
    expect(texts(sold().lines()).join('\n')).not.toContain(PHONE);
  });

  test('REP-14 the original bears no mark; a copy says that it is one, and which', () => {
    const { lines } = sold();
    expect(texts(lines()).join()).not.toMatch(/COPY|补打/);
    expect(texts(lines({ copy: 3 }))[2]).toBe('** 补打 第3次 COPY 3 **');
    expect(texts(lines({ copy: 3 })).filter((text) => !text.includes('COPY'))).toEqual(texts(lines()));
  });

  test('the same job has the same lines, however much later', () => {
    const { platform, lines } = sold();
    const before = lines();
    platform.advance(3_600_000);
    expect(lines()).toEqual(before);
  });

  test('every line fits the printer’s contract', () => {
    const fits = checkOf(lineSchema);
    for (const line of sold().lines({ copy: 12 })) expect(fits(line), line.text).toBeUndefined();
  });
});

test('CRD-02 CRD-03 a credit purchase and its void show the outlet’s name and the balance behind them', () => {
  const platform = smallPlatform({ creditFen: 60_000 });
  const purchase = platform.order(CREDIT);
  expect(texts(receiptLines(platform.state, purchase, jobOf(purchase)))).toEqual(
    expect.arrayContaining([
      '信誉度充值收据',
      `网点: 春熙路报刊亭 ${OUTLET}`,
      '金额 ￥600.00',
      '信誉度余额: ￥600.00',
    ]),
  );
  const clerk = {
    kind: 'person',
    role: 'clerk',
    organisation: '51019901',
    station: '1',
    operator: 'C001',
  } as const;
  platform.command(clerk, { type: 'voidCredit', id: A, purchase: CREDIT });
  const order = platform.order(A);
  expect(texts(receiptLines(platform.state, order, jobOf(order)))).toEqual(
    expect.arrayContaining([
      '信誉度充值撤销凭证',
      `网点: 春熙路报刊亭 ${OUTLET}`,
      '金额 ￥600.00',
      '信誉度余额: ￥0.00',
    ]),
  );
});

test('REP-14 the copy of a voided purchase says that it was voided; its original said nothing of it', () => {
  const platform = smallPlatform();
  platform.command(CLERK, { type: 'voidCredit', id: orderId(7), purchase: CREDIT });
  const order = platform.order(CREDIT);
  expect(texts(receiptLines(platform.state, order, jobOf(order)))).not.toContain('** 此笔已撤销 VOIDED **');
  platform.advance(130_000);
  platform.wakeDue();
  platform.command(CLERK, { type: 'reprint', order: CREDIT });
  const last = platform.order(CREDIT).prints.at(-1);
  if (!last) throw new Error('nothing was printed');
  expect(texts(receiptLines(platform.state, platform.order(CREDIT), last))).toContain(
    '** 此笔已撤销 VOIDED **',
  );
});

test('every printed word has both languages, and the English receipt no Chinese label', () => {
  for (const key of MESSAGE_KEYS)
    for (const language of ['zh', 'en'] as const) expect(say(key, language), key).not.toBe('');
  const { platform, order, job } = sold();
  const english = texts(receiptLines(platform.state, order, job, 'en'));
  expect(english).toContain(`Journal no.: ${order.journalNo}`);
  expect(english.join('\n')).not.toMatch(/流水号|金额|手机号码/);
});
