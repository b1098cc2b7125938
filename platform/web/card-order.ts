import { complaint, post } from './api.ts';
import { releaseButton } from './card-release.ts';
import { button, facts, field, h } from './dom.ts';
import { plainDigits, yuan } from './money.ts';
import { keepPending } from './pending.ts';
import type { Desk } from './screen.ts';
import { pick, type TextKey, t } from './texts.ts';
import type { CardReading, OrderView } from './types.ts';

/** What the platform is asked for; `void` is an order of its own. */
type May = NonNullable<OrderView['card']>['may'][number];

const CUSTOMER = /^\d{12}$/;
/** So long after its sale an order still speaks of a card that may lie in the reader, ms. */
const FRESH = 3_600_000;

/** What an order says of its card, and what the teller may do about it now (CAR-02 to CAR-07). */
export function cardPart(
  desk: Desk,
  order: OrderView,
  taken: (order: OrderView) => void,
  told: HTMLElement,
): { advice: HTMLElement | false; actions: HTMLElement[] } {
  const { card } = order;
  if (!card) return { advice: false, actions: [] };
  const failed = (error: unknown) => told.replaceChildren(complaint(error));
  const send = (path: string, body: object = {}) =>
    post<OrderView>(`/api/orders/${order.id}/${path}`, body).then(taken, failed);
  const isVoid = order.kind === 'cardVoid';
  const actions: HTMLElement[] = [];
  const does: { [may in May]: () => HTMLElement } = {
    work: () => button(t('cardIsIn'), () => void send('card-work'), 'primary'),
    takeBack: () =>
      button(t(isVoid ? 'dropVoid' : 'takeBack'), () => {
        void readCustomer().then((customerNo) =>
          ask(told, order, isVoid ? 'dropVoid' : 'takeBack', isVoid ? 'dropVoidHint' : 'takeBackHint', {
            customerNo,
            // The customer may have gone with the card.
            mayType: true,
            done: (typed) => void send('take-back', { ...named(order), customerNo: typed }),
          }),
        );
      }),
    confirm: () =>
      button(t('confirmNow'), () =>
        ask(told, order, 'confirmNow', isVoid ? 'confirmVoidHint' : 'confirmNowHint', {
          done: () => void send('confirmation'),
        }),
      ),
    void: () =>
      button(t('voidCard'), () => {
        post<CardReading>('/api/card-readings').then(({ card: found }) => {
          const customerNo = found.card === 'meter' ? found.customerNo : '';
          if (customerNo === '')
            return told.replaceChildren(
              h('p', { className: 'complaint', role: 'alert' }, `⚠ ${t('foreignCard')}`),
            );
          ask(told, order, 'voidCard', 'voidCardHint', {
            customerNo,
            done: () => voidIt(desk, { ...named(order), customerNo }),
          });
        }, failed);
      }),
  };
  for (const may of card.may) actions.push(does[may]());
  const isLying = card.stage === 'waiting' || card.stage === 'closing' || order.state === 'unknown';
  if (isLying || (card.stage === 'closed' && desk.now() - order.createdAt < FRESH))
    actions.push(releaseButton(told));
  return { advice: h('p', { className: 'notice' }, pick(card.zh, card.en)), actions };
}

/** Whose card, and what is compared with the meter's display: the count. */
export const cardFacts = ({ fields, kind }: OrderView): [string, string][] => [
  [t('customerNo'), fields.customerNo ?? ''],
  [t('meterNo'), fields.meterNo ?? ''],
  [t(kind === 'cardVoid' ? 'voidedCount' : 'purchaseCount'), fields.count ?? ''],
];

/** An order is named by customer, journal number and amount, as on the receipt (CAR-02, CAR-03). */
const named = ({ journalNo, amountFen }: OrderView) => ({ journalNo, amountFen });

/** The customer's number as the card in the reader has it; `''` where none can be read. */
const readCustomer = (): Promise<string> =>
  post<CardReading>('/api/card-readings').then(
    ({ card }) => (card.card === 'meter' ? card.customerNo : ''),
    () => '',
  );

/**
 * Shows what is going to be done, and does it when the teller says so. `customerNo`: whose it is; where the teller `mayType` it,
 * what the card says is only a proposal.
 */
function ask(
  told: HTMLElement,
  { journalNo, amountFen }: OrderView,
  what: TextKey,
  hint: TextKey,
  by: { customerNo?: string; mayType?: boolean; done(customerNo: string): void },
): void {
  const { customerNo = '', mayType = false } = by;
  const number = h('input', {
    name: 'customerNo',
    value: customerNo,
    inputMode: 'numeric',
    maxLength: 12,
    autocomplete: 'off',
  });
  const line = field(t('customerNo'), number, t('customerNoHint'));
  const yes = h('button', { type: 'submit', className: 'primary' }, t('yesDo', { what: t(what) }));
  const form = h(
    'form',
    { className: 'ask', noValidate: true },
    h('h2', {}, t(what)),
    h('p', { className: 'notice' }, t(hint)),
    facts([
      !mayType && customerNo !== '' && [t('customerNo'), customerNo],
      [t('journalNo'), journalNo ?? ''],
      [t('sum'), `¥${yuan(amountFen)}`],
    ]),
    mayType && line.element,
    h(
      'div',
      { className: 'actions' },
      button(t('cancel'), () => told.replaceChildren()),
      yes,
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const whose = mayType ? plainDigits(number.value) : customerNo;
    if (mayType && !CUSTOMER.test(whose)) return line.tell(t('wrongField'));
    yes.disabled = true;
    by.done(whose);
  });
  told.replaceChildren(form);
  if (mayType && customerNo === '') number.focus();
  else yes.focus();
}

function voidIt(desk: Desk, body: { customerNo: string; journalNo?: string; amountFen: number }): void {
  const { id } = keepPending({
    url: '/api/card-voids',
    body,
    title: t('voidCard'),
    amountFen: body.amountFen,
    organisation: desk.session.organisation,
  });
  desk.go(`order/${id}`);
}
