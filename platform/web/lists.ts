import { complaint, get, post } from './api.ts';
import { button, enterMovesOn, field, h } from './dom.ts';
import { clock, yuan } from './money.ts';
import type { Desk, Screen } from './screen.ts';
import { badge } from './states.ts';
import { pick, t } from './texts.ts';
import type { OrderView, Service } from './types.ts';

type Orders = { orders: OrderView[] };

/** MOB-10: the day's orders with their states; what is not known can be queried, what succeeded reprinted. */
export function todayScreen(desk: Desk): Screen {
  const rows = h('div', {});
  const told = h('div', { role: 'status' });
  const element = h('section', { className: 'card broad' }, h('h1', {}, t('today')), told, rows);
  const act = (path: string, done: string) =>
    post(path).then(
      () => told.replaceChildren(h('p', { className: 'notice' }, done)),
      (error: unknown) => told.replaceChildren(complaint(error)),
    );
  function look(): void {
    get<Orders>('/api/orders', true).then(
      ({ orders }) =>
        rows.replaceChildren(
          table(desk, orders, ({ id, kind, needsQuery, receipt }) => [
            kind === 'payment' && needsQuery
              ? button(t('query'), () => act(`/api/orders/${id}/inquiry`, t('queried')))
              : undefined,
            receipt
              ? button(t('reprint'), () => act(`/api/orders/${id}/reprint`, t('reprinted')))
              : undefined,
          ]),
        ),
      (error: unknown) => rows.replaceChildren(complaint(error)),
    );
  }
  look();
  return { element, look };
}

/** REP-05: the day's successes, of one service or all, within a range of the time of day. */
export function journalScreen(desk: Desk): Screen {
  const rows = h('div', {});
  const service = h('select', { name: 'service' }, new Option(t('all'), ''));
  service.append(new Option(t('creditPurchase'), 'creditPurchase'));
  const time = (name: string, placeholder: string) =>
    h('input', { name, placeholder, inputMode: 'numeric', maxLength: 6, autocomplete: 'off' });
  const [from, to] = [time('from', '000000'), time('to', '235959')];
  const form = h(
    'form',
    { className: 'filter' },
    field(t('service'), service).element,
    field(t('from'), from).element,
    field(t('to'), to).element,
    h('button', { type: 'submit', className: 'primary' }, t('find')),
  );
  enterMovesOn(form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    look();
  });
  get<{ services: Service[] }>('/api/services').then(({ services }) => {
    for (const { code, zh, en } of services) service.append(new Option(pick(zh, en), code));
  }, ignore);

  function look(): void {
    const query = new URLSearchParams();
    for (const input of [service, from, to]) if (input.value) query.set(input.name, input.value);
    get<Orders>(`/api/journal?${query}`, true).then(
      ({ orders }) => {
        const sum = orders.reduce((total, { amountFen }) => total + amountFen, 0);
        rows.replaceChildren(
          table(desk, orders, () => []),
          h('p', { className: 'sum' }, `${t('total')} ${orders.length} ${t('items')} · ¥${yuan(sum)}`),
        );
      },
      (error: unknown) => rows.replaceChildren(complaint(error)),
    );
  }
  look();
  return { element: h('section', { className: 'card broad' }, h('h1', {}, t('journal')), form, rows), look };
}

const ignore = () => undefined;

function table(
  desk: Desk,
  orders: OrderView[],
  actions: (order: OrderView) => (HTMLElement | undefined)[],
): HTMLElement {
  if (orders.length === 0) return h('p', { className: 'hint center' }, t('none'));
  const head = h('tr', {});
  for (const key of ['time', 'journalNo', 'service', 'account', 'amount', 'state'] as const)
    head.append(h('th', { scope: 'col', className: key }, t(key)));
  head.append(h('th', { scope: 'col' }));
  const body = h('tbody', {});
  for (const order of orders)
    body.append(
      h(
        'tr',
        {},
        h('td', {}, clock(order.createdAt)),
        h('td', { className: 'number' }, order.journalNo ?? ''),
        h('td', {}, t(order.kind)),
        h('td', { className: 'number' }, Object.values(order.fields).join(' ')),
        h('td', { className: 'number amount' }, yuan(order.amountFen)),
        h('td', {}, badge(order)),
        h(
          'td',
          { className: 'row-actions' },
          ...actions(order),
          button(t('view'), () => desk.go(`order/${order.id}`)),
        ),
      ),
    );
  return h('table', {}, h('thead', {}, head), body);
}
