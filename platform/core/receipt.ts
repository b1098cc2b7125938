import type { Line } from '../../contracts/devices/printer.ts';
import { formatLocal } from './calendar.ts';
import { formatYuan } from './money.ts';
import type { Order, PrintJob } from './order.ts';
import { serviceOf } from './services/index.ts';
import type { State } from './state.ts';

/**
 * The lines of one print of an order's receipt (S13): what was paid for, for whom (masked), how much, under which numbers.
 * Only an order that succeeded has one. A copy says so, and which (REP-14). The same job always has the same lines: a repeat
 * under its key may not differ.
 */
export function receiptLines(state: State, order: Order, { copy, requestedAt }: PrintJob): Line[] {
  const service = serviceOf(order.service);
  const title =
    order.kind === 'payment'
      ? '缴费收据'
      : order.kind === 'creditPurchase'
        ? '信誉度充值收据'
        : '信誉度充值撤销凭证';
  const outlet = state.organisations.get(order.outlet);
  const printedAt = state.organisations.get(order.by.organisation);
  const lines: Line[] = [
    { text: '邮政便民服务站', align: 'center', size: 'double', bold: true },
    { text: title, align: 'center', bold: true },
  ];
  if (copy > 0) lines.push({ text: `** 补打 第${copy}次 COPY ${copy} **`, align: 'center', bold: true });
  lines.push(RULE);
  if (service) {
    lines.push(pair('业务', service.zh), pair('收款单位', service.counterpartZh));
    for (const field of service.fields)
      lines.push(pair(field.zh, field.mask(order.fields[field.name] ?? '')));
  } else lines.push(pair('网点', `${outlet?.name ?? ''} ${order.outlet}`));
  lines.push(
    { text: `金额 ￥${formatYuan(order.amountFen)}`, size: 'double', bold: true },
    pair('流水号', order.journalNo ?? ''),
  );
  const evidence = order.legs.map((leg) => leg.counterpartNo).filter(Boolean);
  if (evidence.length > 0) lines.push(pair('对方流水', evidence.join(' ')));
  if (order.kind !== 'payment') lines.push(pair('信誉度余额', `￥${formatYuan(order.balanceAfterFen ?? 0)}`));
  lines.push(
    pair('收据号', order.receipt?.number ?? ''),
    pair('营业日', order.businessDate),
    pair('交易时间', formatLocal(order.createdAt)),
    pair('打印时间', formatLocal(requestedAt)),
    pair('网点', `${printedAt?.name ?? ''} ${order.by.organisation}`),
    pair('柜员', order.by.operator),
    RULE,
    { text: '此收据不作发票使用 NOT A TAX INVOICE', align: 'center' },
    { text: '请妥善保管,以备查询', align: 'center' },
  );
  return lines;
}

const RULE: Line = { text: '', rule: true };

const pair = (label: string, value: string): Line => ({ text: `${label}: ${value}` });
