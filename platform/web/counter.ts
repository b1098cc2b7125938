import { complaint, get, Refusal } from './api.ts';
import { button, enterMovesOn, facts, field, h } from './dom.ts';
import { clock, parseYuan, plainDigits, yuan } from './money.ts';
import { keepPending } from './pending.ts';
import type { Desk, Screen } from './screen.ts';
import { badge } from './states.ts';
import { t } from './texts.ts';
import type { CreditView, OrderView } from './types.ts';

const OUTLET = /^\d{8}$/;
const MINIMUM_FEN = 50_000;
/** The longest amount that can be typed: eight digits of yuan. */
const MAXIMUM_FEN = 9_999_999_999;

const numeric = (name: string, maxLength: number) =>
  h('input', { name, className: 'large', inputMode: 'decimal', autocomplete: 'off', maxLength });

/** CRD-01, CRD-02: the outlet's code, its name and balance, the amount, and the confirmation. */
export function sellScreen(desk: Desk): Screen {
  const outlet = numeric('outlet', 8);
  const amount = numeric('amount', 12);
  const outletLine = field(t('outletCode'), outlet);
  const amountLine = field(t('amount'), amount, t('sellRule', { max: yuan(MAXIMUM_FEN) }));
  const found = h('div', { role: 'status' });
  const form = h(
    'form',
    { noValidate: true },
    h('h1', {}, t('sell')),
    outletLine.element,
    found,
    amountLine.element,
    h('button', { type: 'submit', className: 'primary wide' }, t('next')),
  );
  const element = h('section', { className: 'card' }, form);
  outlet.oninput = () => {
    found.replaceChildren();
    if (OUTLET.test(plainDigits(outlet.value)))
      creditOf(plainDigits(outlet.value)).then((credit) => found.replaceChildren(about(credit)), tell);
  };
  const tell = (error: unknown) => found.replaceChildren(complaint(error));
  enterMovesOn(form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    outletLine.tell('');
    amountLine.tell('');
    if (!OUTLET.test(plainDigits(outlet.value))) return outletLine.tell(t('wrongOutlet'));
    const fen = parseYuan(amount.value);
    if (fen === undefined || fen < MINIMUM_FEN) return amountLine.tell(t('wrongAmount'));
    creditOf(plainDigits(outlet.value)).then((credit) => {
      const asked = { url: '/api/credit/purchases', body: { outlet: credit.outlet, amountFen: fen } };
      confirm(
        desk,
        element,
        { ...asked, title: t('sell'), amountFen: fen },
        about(credit),
        t('confirmSell'),
        form,
      );
    }, tell);
  });
  queueMicrotask(() => outlet.focus());
  return { element };
}

/** CRD-03: the purchase is named by the outlet and the journal number on its receipt. */
export function undoScreen(desk: Desk): Screen {
  const outlet = numeric('outlet', 8);
  const journalNo = numeric('journalNo', 14);
  const outletLine = field(t('outletCode'), outlet);
  const journalLine = field(t('journalNo'), journalNo);
  const found = h('div', { role: 'status' });
  const form = h(
    'form',
    { noValidate: true },
    h('h1', {}, t('undo')),
    outletLine.element,
    journalLine.element,
    found,
    h('button', { type: 'submit', className: 'primary wide' }, t('next')),
  );
  const element = h('section', { className: 'card' }, form);
  enterMovesOn(form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    outletLine.tell('');
    journalLine.tell('');
    found.replaceChildren();
    if (!OUTLET.test(plainDigits(outlet.value))) return outletLine.tell(t('wrongOutlet'));
    const path = `/api/orders/by-journal-no/${encodeURIComponent(plainDigits(journalNo.value))}?outlet=${plainDigits(outlet.value)}`;
    Promise.all([creditOf(plainDigits(outlet.value)), get<OrderView>(path)]).then(
      ([credit, order]) => {
        const { id, amountFen } = order;
        const asked = { url: `/api/credit/purchases/${id}/void`, body: {}, title: t('undo'), amountFen };
        const shown = h('div', {}, about(credit), facts([[t('time'), clock(order.createdAt)]]), badge(order));
        confirm(desk, element, asked, shown, t('confirmUndo'), form);
      },
      (error: unknown) => {
        if (error instanceof Refusal && error.problem.code === 'platform.badRequest')
          journalLine.tell(t('wrongJournalNo'));
        else found.replaceChildren(complaint(error));
      },
    );
  });
  queueMicrotask(() => outlet.focus());
  return { element };
}

const creditOf = (outlet: string) => get<CreditView>(`/api/credit?outlet=${outlet}`);

const about = ({ outlet, name, balanceFen, availableFen }: CreditView) =>
  facts([
    [t('outlet'), `${name} ${outlet}`],
    [t('balance'), `¥${yuan(balanceFen)}`],
    [t('available'), `¥${yuan(availableFen)}`],
  ]);

function confirm(
  desk: Desk,
  element: HTMLElement,
  asked: { url: string; body: object; title: string; amountFen: number },
  shown: HTMLElement,
  word: string,
  form: HTMLElement,
): void {
  const yes = button(
    word,
    () => {
      yes.disabled = true;
      desk.go(`order/${keepPending({ ...asked, organisation: desk.session.organisation }).id}`);
    },
    'primary',
  );
  element.replaceChildren(
    h('h1', {}, asked.title),
    shown,
    h(
      'div',
      { className: 'said' },
      h('span', {}, t('sum')),
      h('strong', { className: 'huge money' }, `¥${yuan(asked.amountFen)}`),
    ),
    h(
      'div',
      { className: 'actions' },
      button(t('back'), () => element.replaceChildren(form)),
      yes,
    ),
  );
  yes.focus();
}
