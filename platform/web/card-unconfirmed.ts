import { complaint, get } from './api.ts';
import { button, enterMovesOn, field, h } from './dom.ts';
import { clock, plainDigits, yuan } from './money.ts';
import type { Desk } from './screen.ts';
import { badge } from './states.ts';
import { pick, t } from './texts.ts';
import type { OrderView } from './types.ts';

/** `voidedJournalNo`: of a void, the purchase's number, by which it is confirmed (被撤流水号, CAR-06). */
type Unconfirmed = OrderView & { voidedJournalNo?: string };

const CUSTOMER = /^\d{12}$/;

/**
 * CAR-04: the outlet's orders on cards that are not finished, whatever their day: all, one customer's, or the one with a journal
 * number (CAR-05), of a void also the purchase's (CAR-06).
 */
export function unconfirmedPart(desk: Desk): HTMLElement {
  const rows = h('div', { role: 'status' });
  const number = h('input', { name: 'number', inputMode: 'numeric', maxLength: 14, autocomplete: 'off' });
  const form = h(
    'form',
    { className: 'filter', noValidate: true },
    field(t('unconfirmedBy'), number).element,
    h('button', { type: 'submit' }, t('find')),
  );
  enterMovesOn(form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    look(plainDigits(number.value));
  });

  function look(wanted: string): void {
    const customer = CUSTOMER.test(wanted) ? `?customerNo=${wanted}` : '';
    get<{ orders: Unconfirmed[] }>(`/api/unconfirmed${customer}`, true).then(
      ({ orders }) => {
        const fitting = orders.filter(
          ({ journalNo, voidedJournalNo }) =>
            wanted === '' || customer !== '' || journalNo === wanted || voidedJournalNo === wanted,
        );
        element.hidden = orders.length === 0 && wanted === '';
        rows.replaceChildren(
          fitting.length === 0 ? h('p', { className: 'hint' }, t('none')) : table(desk, fitting),
        );
      },
      (error: unknown) => rows.replaceChildren(complaint(error)),
    );
  }

  const element = h(
    'div',
    { className: 'unconfirmed', hidden: true },
    h('h2', {}, t('unconfirmed')),
    form,
    rows,
  );
  look('');
  return element;
}

function table(desk: Desk, orders: Unconfirmed[]): HTMLElement {
  const head = h('tr', {});
  for (const key of ['time', 'journalNo', 'voidedNo', 'sum', 'state'] as const)
    head.append(h('th', { scope: 'col', className: key === 'sum' ? 'amount' : '' }, t(key)));
  head.append(h('th', { scope: 'col' }));
  const body = h('tbody', {});
  for (const order of orders)
    body.append(
      h(
        'tr',
        {},
        h('td', {}, clock(order.createdAt)),
        h('td', { className: 'number' }, order.journalNo ?? ''),
        h('td', { className: 'number' }, order.voidedJournalNo ?? ''),
        h('td', { className: 'number amount' }, yuan(order.amountFen)),
        h('td', {}, badge(order)),
        h(
          'td',
          { className: 'row-actions' },
          button(t('goOn'), () => desk.go(`order/${order.id}`)),
        ),
      ),
      h(
        'tr',
        {},
        h('td', { colSpan: 6, className: 'advice' }, order.card ? pick(order.card.zh, order.card.en) : ''),
      ),
    );
  return h('table', {}, h('thead', {}, head), body);
}
