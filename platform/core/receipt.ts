import type { Line } from '../../contracts/devices/printer.ts';
import { formatLocal } from './calendar.ts';
import { type Language, type MessageKey, say } from './messages.ts';
import { formatYuan } from './money.ts';
import { counterpartNumbers, type Order, type PrintJob } from './order.ts';
import { declaredOf } from './services/index.ts';
import type { State } from './state.ts';

/**
 * The lines of one print of an order's receipt (S13): what was paid for, for whom (masked), how much, under which numbers.
 * Only an order that succeeded has one. A copy says so, and which (REP-14). The same job always has the same lines: a repeat
 * under its key may not differ.
 */
export function receiptLines(
  state: State,
  order: Order,
  { copy, requestedAt, voided }: PrintJob,
  language: Language = 'zh',
): Line[] {
  const service = declaredOf(order.service);
  const text = (key: MessageKey) => say(key, language);
  const pair = (key: MessageKey, value: string): Line => ({ text: `${text(key)}: ${value}` });
  const place = (code: string) => `${state.organisations.get(code)?.name ?? ''} ${code}`;

  const lines: Line[] = [
    { text: text('receipt.head'), align: 'center', size: 'double', bold: true },
    { text: text(`receipt.${order.kind}`), align: 'center', bold: true },
  ];
  if (copy > 0) lines.push({ text: say('receipt.copy', language, { n: copy }), align: 'center', bold: true });
  if (voided) lines.push({ text: text('receipt.voided'), align: 'center', bold: true });
  lines.push(RULE);
  if (service) {
    lines.push(pair('receipt.service', service[language]), pair('receipt.payee', service.counterpartZh));
    for (const field of service.fields)
      lines.push({ text: `${field[language]}: ${field.mask(order.fields[field.name] ?? '')}` });
  } else lines.push(pair('receipt.outlet', place(order.outlet)));
  lines.push(
    { text: `${text('receipt.amount')} ￥${formatYuan(order.amountFen)}`, size: 'double', bold: true },
    pair('receipt.journalNo', order.journalNo ?? ''),
  );
  const evidence = counterpartNumbers(order);
  if (evidence !== '') lines.push(pair('receipt.counterpartNo', evidence));
  if (order.balanceAfterFen !== undefined)
    lines.push(pair('receipt.balance', `￥${formatYuan(order.balanceAfterFen)}`));
  lines.push(
    pair('receipt.number', order.receipt?.number ?? ''),
    pair('receipt.businessDate', order.businessDate),
    pair('receipt.time', formatLocal(order.createdAt)),
    pair('receipt.printedAt', formatLocal(requestedAt)),
    pair('receipt.outlet', place(order.by.organisation)),
    pair('receipt.teller', order.by.operator),
    RULE,
    { text: text('receipt.noInvoice'), align: 'center' },
    { text: text('receipt.keep'), align: 'center' },
  );
  return lines;
}

const RULE: Line = { text: '', rule: true };
