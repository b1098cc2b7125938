import { complaint, get, post } from './api.ts';
import { button, enterMovesOn, field, h } from './dom.ts';
import { clock, plainDigits, yuan } from './money.ts';
import type { Desk, Screen } from './screen.ts';
import { businessOf, knownServices } from './services.ts';
import { badge } from './states.ts';
import { pick, t } from './texts.ts';
import type { OrderView } from './types.ts';

type Orders = { orders: OrderView[] };

/** MOB-10: the day's orders with their states; what is not known can be queried, what succeeded reprinted. */
export function todayScreen(desk: Desk): Screen {
  const rows = h('div', {});
  // Its place is kept free, so that no row moves from under the pointer.
  const told = h('div', { className: 'told-here', role: 'status' });
  const element = h('section', { className: 'card broad' }, h('h1', {}, t('today')), told, rows);
  const act = acting(told);
  function look(): void {
    Promise.all([get<Orders>('/api/orders', true), knownServices()]).then(
      ([{ orders }]) =>
        rows.replaceChildren(
          table(desk, orders, (order) => [
            order.kind === 'payment' && order.needsQuery
              ? button(t('query'), () => act(order, 'inquiry', t('queried')))
              : undefined,
            order.receipt ? button(t('reprint'), () => act(order, 'reprint', t('reprinted'))) : undefined,
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
  const told = h('div', { className: 'told-here', role: 'status' });
  const act = acting(told);
  // What was last searched for: a half-typed time is not asked by an update.
  let asked = new URLSearchParams();
  const service = h('select', { name: 'service' }, new Option(t('all'), ''));
  service.append(new Option(t('creditPurchase'), 'creditPurchase'));
  const time = (name: string, placeholder: string) =>
    h('input', { name, placeholder, inputMode: 'numeric', maxLength: 6, autocomplete: 'off' });
  const [from, to] = [time('from', '000000'), time('to', '235959')];
  const lines = [
    { input: from, line: field(t('from'), from) },
    { input: to, line: field(t('to'), to) },
  ];
  const form = h(
    'form',
    { className: 'filter' },
    field(t('service'), service).element,
    ...lines.map(({ line }) => line.element),
    h('button', { type: 'submit', className: 'primary' }, t('find')),
  );
  enterMovesOn(form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    for (const { line } of lines) line.tell('');
    const wrong = lines.find(({ input }) => !isTime(plainDigits(input.value)));
    if (wrong) return wrong.line.tell(t('wrongTime'));
    asked = new URLSearchParams();
    for (const input of [service, from, to]) {
      const value = plainDigits(input.value);
      if (value) asked.set(input.name, value);
    }
    look();
  });
  knownServices().then((services) => {
    for (const { code, zh, en } of services) service.append(new Option(pick(zh, en), code));
  }, ignore);

  function look(): void {
    Promise.all([get<Orders>(`/api/journal?${asked}`, true), knownServices()]).then(
      ([{ orders }]) =>
        rows.replaceChildren(
          table(desk, orders, (order) => [
            order.receipt ? button(t('reprint'), () => act(order, 'reprint', t('reprinted'))) : undefined,
          ]),
          ...totals(orders),
        ),
      (error: unknown) => rows.replaceChildren(complaint(error)),
    );
  }
  look();
  return {
    element: h('section', { className: 'card broad' }, h('h1', {}, t('journal')), form, told, rows),
    look,
  };
}

/** Does something about an order of the list, and says so. */
const acting =
  (told: HTMLElement) =>
  ({ id, journalNo }: OrderView, path: string, what: string) =>
    post(`/api/orders/${id}/${path}`).then(
      () => {
        const done = journalNo === undefined ? what : t('ofOrder', { no: journalNo, what });
        told.replaceChildren(h('p', { className: 'notice' }, done));
      },
      (error: unknown) => told.replaceChildren(complaint(error)),
    );

const ignore = () => undefined;

const isTime = (text: string) => /^(([01]\d|2[0-3])[0-5]\d[0-5]\d)?$/.test(text);

/** One line for each business: money paid in by customers and credit bought are never one sum. */
function totals(orders: OrderView[]): HTMLElement[] {
  const groups = new Map<string, OrderView[]>();
  for (const order of orders) {
    const name = businessOf(order);
    groups.set(name, [...(groups.get(name) ?? []), order]);
  }
  return [...groups].map(([name, alike]) => {
    const sum = alike.reduce((total, { amountFen }) => total + amountFen, 0);
    return h(
      'p',
      { className: 'sum' },
      `${name} ${t('total')} ${alike.length} ${t('items')} · ¥${yuan(sum)}`,
    );
  });
}

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
        h('td', {}, businessOf(order)),
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
