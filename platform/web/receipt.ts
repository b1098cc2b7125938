import { h } from './dom.ts';
import { printWord } from './states.ts';
import { t } from './texts.ts';
import type { OrderView } from './types.ts';

/** What became of each sheet and, on a bench, what the emulated printer put on it. */
export function receipt(order: OrderView, bench: boolean): HTMLElement | undefined {
  if (!order.receipt) return undefined;
  const { prints } = order.receipt;
  const list = h('ul', { className: 'prints' });
  for (const print of prints) list.append(h('li', { className: print.state }, printWord(print)));
  const last = prints.findLast(({ state }) => state === 'printed');
  const src = `/bench/receipts/${order.journalNo}/${last?.copy}.png`;
  const alt = `${t('paper')} ${order.journalNo ?? ''}`;
  const paper = bench && last && h('div', { className: 'paper', tabIndex: 0 }, h('img', { src, alt }));
  return h('div', { className: 'receipt' }, h('h2', {}, t('receipt')), list, paper);
}
