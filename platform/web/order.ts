import { complaint, get, isOver, isThere, post, Refusal } from './api.ts';
import { cardFacts, cardPart } from './card-order.ts';
import { button, facts, h } from './dom.ts';
import { clock, yuan } from './money.ts';
import { forgetPending, keepPending, type Pending, pendingOf, wasConfirmedHere } from './pending.ts';
import { receipt } from './receipt.ts';
import type { Desk, Screen } from './screen.ts';
import { isOpen, verdict } from './states.ts';
import { pick, t } from './texts.ts';
import type { OrderView } from './types.ts';

const RETRY = 2_000;
/** The platform may or may not have taken it: repeat. Every other refusal is its word. */
const UNCLEAR = ['platform.internal', 'platform.starting'];

/** One order from its sending to its receipt: MOB-02. It follows the outcome by itself, and survives a reload. */
export function orderScreen(desk: Desk, id: string): Screen {
  const element = h('section', { className: 'card' });
  const { organisation } = desk.session;
  let shown: OrderView | undefined;
  let reason = '';
  let left = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const ticking = setInterval(() => {
    const line = element.querySelector('.waited');
    if (line && shown) line.textContent = waited(desk.now() - shown.createdAt);
  }, 1_000);

  const pending = pendingOf(organisation);
  if (pending?.id === id && wasConfirmedHere(id)) send(pending);
  else look();

  function send(what: Pending, again = false): void {
    say(t('sending'), again ? t('resending') : '', what);
    post<OrderView>(what.url, what.body).then(
      (order) => {
        forgetPending(organisation);
        take(order);
      },
      (error: unknown) => {
        if (left) return;
        if (error instanceof Refusal && isOver(error)) return;
        // No answer: the order may have been taken. The same id again, until there is one.
        if (!(error instanceof Refusal) || UNCLEAR.includes(error.problem.code))
          retry = setTimeout(() => send(what, true), RETRY);
        else refused(what, error);
      },
    );
  }

  function refused(what: Pending, error: Refusal): void {
    forgetPending(organisation);
    const actions = h('div', { className: 'actions' }, button(t('another'), home));
    if (error.problem.code === 'platform.lookAlike')
      // A new id: the refused one stays refused.
      actions.append(
        button(t('payAgain'), () => {
          if (!isThere()) return;
          const { id: next } = keepPending({ ...what, body: { ...what.body, again: true } });
          desk.go(`order/${next}`);
        }),
      );
    const cash =
      (what.url === '/api/payments' || what.url === '/api/card-purchases') &&
      h('p', { className: 'notice' }, t('cashBack'));
    element.replaceChildren(summary(what), complaint(error), ...(cash ? [cash] : []), actions);
    actions.querySelector('button')?.focus();
  }

  function look(): void {
    // While it is being sent, the answer to that tells more.
    if (pending?.id === id && wasConfirmedHere(id)) return;
    get<OrderView>(`/api/orders/${id}`, true).then(take, (error: unknown) => {
      if (left || shown) return;
      const kept = pendingOf(organisation);
      const absent = error instanceof Refusal && error.problem.code === 'platform.notFound';
      if (kept?.id === id && absent) askToSend(kept);
      else if (kept?.id === id && !(error instanceof Refusal))
        element.replaceChildren(h('h1', {}, t('unanswered')), slip(kept));
      else element.replaceChildren(complaint(error));
    });
  }

  /** It was kept, and the platform has never had it: the customer may have left, so a person decides. */
  function askToSend(kept: Pending): void {
    const again = button(t('resend'), () => send(kept), 'primary');
    const drop = button(t('drop'), () => {
      forgetPending(organisation);
      home();
    });
    element.replaceChildren(
      h('h1', {}, t('unsent')),
      summary(kept),
      h('p', { className: 'notice' }, t('unsentHint')),
      h('div', { className: 'actions' }, drop, again),
    );
    again.focus();
  }

  function take(order: OrderView): void {
    if (left) return;
    if (pendingOf(organisation)?.id === id) forgetPending(organisation);
    const changed = JSON.stringify(order) !== JSON.stringify(shown);
    const ended = shown !== undefined && isOpen(shown) && !isOpen(order);
    shown = order;
    if (!changed) return;
    show(order, ended);
    if (order.problem && !reason) explain(order);
  }

  function explain(order: OrderView): void {
    get<{ zh: string; en: string }>(`/api/explain/${order.problem}`, true)
      .then(({ zh, en }) => {
        reason = pick(zh, en);
        if (!left) show(order, false);
      })
      .catch(() => undefined);
  }

  function show(order: OrderView, ended: boolean): void {
    const told = h('div', { role: 'status' });
    const act = (path: string, done: string) => () => {
      post<OrderView>(`/api/orders/${id}/${path}`).then(
        (now) => {
          take(now);
          element.querySelector('.told')?.replaceChildren(h('p', { className: 'notice' }, done));
        },
        (error: unknown) => told.replaceChildren(complaint(error)),
      );
    };
    told.className = 'told';
    const next = button(t('another'), home, isOpen(order) ? '' : 'primary');
    const actions = h('div', { className: 'actions' }, next);
    // Also where the counterpart did not know it: it may have got it since, and told nobody.
    if ((order.kind === 'payment' && isOpen(order)) || order.problem === 'contract.notFound')
      actions.append(button(t('query'), act('inquiry', t('queried'))));
    const card = cardPart(desk, order, take, told);
    actions.append(...card.actions);
    if (order.receipt) actions.append(button(t('reprint'), act('reprint', t('reprinted'))));
    const numbers = Object.values(order.fields).join(' ');
    const details = facts([
      ...(order.card ? cardFacts(order) : [numbers !== '' && ([t('account'), numbers] as const)]),
      numbers === '' && [t('outlet'), order.outlet],
      [t('sum'), `¥${yuan(order.amountFen)}`],
      reason !== '' && [t('reason'), `${reason} (${order.problem})`],
      order.journalNo !== undefined && [t('journalNo'), order.journalNo],
      order.counterpartNo !== undefined && [t('counterpartNo'), order.counterpartNo],
      order.receipt !== undefined && [t('receiptNo'), order.receipt.number],
      [t('time'), clock(order.createdAt)],
    ]);
    const waiting =
      isOpen(order) && h('p', { className: 'waited hint' }, waited(desk.now() - order.createdAt));
    const focused = element.contains(document.activeElement)
      ? document.activeElement?.textContent
      : undefined;
    element.replaceChildren(
      verdict(order),
      ...(card.advice ? [card.advice] : []),
      h('div', { className: 'beside' }, h('div', {}, details, waiting), receipt(order, desk.station.bench)),
      told,
      actions,
    );
    // A keyboard stays where it was; the end leads on.
    const same = [...element.querySelectorAll('button')].find(({ textContent }) => textContent === focused);
    if (same && !ended) same.focus();
    else if (!isOpen(order)) next.focus();
  }

  function say(title: string, hint: string, what: Pending): void {
    element.replaceChildren(
      h(
        'div',
        { className: 'verdict processing', role: 'status' },
        h('div', { className: 'sign', ariaHidden: 'true' }, '⋯'),
        h('div', {}, h('h1', {}, title), h('p', {}, hint)),
      ),
      hint === '' ? summary(what) : slip(what),
    );
  }

  const home = () => desk.go('');

  return {
    element,
    look,
    waits: () => (shown ? isOpen(shown) : pendingOf(organisation)?.id === id),
    leave() {
      left = true;
      clearInterval(ticking);
      clearTimeout(retry);
    },
  };
}

const summary = ({ title, account, amountFen }: Pending) =>
  facts([
    [t('service'), title],
    account !== undefined && [t('account'), account],
    [t('sum'), `¥${yuan(amountFen)}`],
  ]);

/** For the customer: what was asked and not answered yet, by which it is found again. */
const slip = (what: Pending) =>
  h(
    'section',
    { className: 'slip', ariaLabel: t('slip') },
    h('h2', {}, t('slip')),
    summary(what),
    facts([[t('slipNo'), what.id.slice(-8)], what.askedAt !== undefined && [t('time'), clock(what.askedAt)]]),
    h('p', {}, t('slipHint')),
  );

const waited = (ms: number) => `${t('waited')} ${Math.max(0, Math.round(ms / 1_000))} ${t('seconds')}`;
