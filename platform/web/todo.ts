import { alertList } from './alerts.ts';
import { complaint, get, post } from './api.ts';
import { button, facts, field, h } from './dom.ts';
import { clock, yuan } from './money.ts';
import type { Screen } from './screen.ts';
import { badge } from './states.ts';
import { t } from './texts.ts';
import type { OrderView } from './types.ts';

type Outcome = 'succeeded' | 'failed';

/** The administrator's work: orders without an outcome, of which those in manual are settled here, and the alerts. */
export function todoScreen(): Screen {
  const rows = h('div', {});
  // Apart from the rows, which every update replaces: what is being typed stays.
  const asking = h('div', { role: 'status' });
  const alerts = alertList();

  function look(): void {
    alerts.look();
    get<{ orders: OrderView[] }>('/api/unresolved', true).then(
      ({ orders }) => rows.replaceChildren(table(orders, ask)),
      (error: unknown) => rows.replaceChildren(complaint(error)),
    );
  }

  function ask(order: OrderView, outcome: Outcome): void {
    const evidence = h('input', { name: 'evidence', maxLength: 1000, autocomplete: 'off' });
    const line = field(t('evidence'), evidence);
    const told = h('div', {});
    const yes = h('button', { type: 'submit', className: 'primary' }, wordOf(outcome));
    const form = h(
      'form',
      { noValidate: true },
      h('h2', {}, wordOf(outcome)),
      facts([
        [t('outlet'), order.outlet],
        [t('journalNo'), order.journalNo ?? ''],
        [t('sum'), `¥${yuan(order.amountFen)}`],
      ]),
      line.element,
      told,
      h(
        'div',
        { className: 'actions' },
        button(t('drop'), () => asking.replaceChildren()),
        yes,
      ),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      line.tell('');
      const proof = evidence.value.trim();
      if (proof === '') return line.tell(t('noEvidence'));
      yes.disabled = true;
      post(`/api/orders/${order.id}/resolution`, { outcome, evidence: proof }).then(
        () => {
          const done = t('settled', { no: order.journalNo ?? '' });
          asking.replaceChildren(h('p', { className: 'notice' }, done));
          look();
        },
        (error: unknown) => {
          yes.disabled = false;
          told.replaceChildren(complaint(error));
        },
      );
    });
    asking.replaceChildren(form);
    evidence.focus();
  }

  look();
  const element = h(
    'section',
    { className: 'card broad' },
    h('h1', {}, t('unresolved')),
    asking,
    rows,
    h('h2', {}, t('alerts')),
    alerts.element,
  );
  return { element, look };
}

const wordOf = (outcome: Outcome) => t(outcome === 'succeeded' ? 'confirmSucceeded' : 'confirmFailed');

function table(orders: OrderView[], ask: (order: OrderView, outcome: Outcome) => void): HTMLElement {
  if (orders.length === 0) return h('p', { className: 'hint center' }, t('noneUnresolved'));
  const head = h('tr', {});
  for (const key of ['time', 'outlet', 'journalNo', 'sum', 'state'] as const)
    head.append(h('th', { scope: 'col', className: key === 'sum' ? 'amount' : '' }, t(key)));
  head.append(h('th', { scope: 'col' }));
  const body = h('tbody', {});
  for (const order of orders) {
    const actions = h('td', { className: 'row-actions' });
    if (order.state === 'manual')
      for (const outcome of ['succeeded', 'failed'] as const)
        actions.append(button(wordOf(outcome), () => ask(order, outcome)));
    body.append(
      h(
        'tr',
        {},
        // It may be of an earlier day.
        h('td', {}, `${order.businessDate} ${clock(order.createdAt)}`),
        h('td', { className: 'number' }, order.outlet),
        h('td', { className: 'number' }, order.journalNo ?? ''),
        h('td', { className: 'number amount' }, yuan(order.amountFen)),
        h('td', {}, badge(order)),
        actions,
      ),
    );
  }
  return h('table', {}, h('thead', {}, head), body);
}
