import { complaint, post } from './api.ts';
import { releaseButton } from './card-release.ts';
import { unconfirmedPart } from './card-unconfirmed.ts';
import { button, enterMovesOn, facts, field, h } from './dom.ts';
import { parseYuan, yuan } from './money.ts';
import { keepPending } from './pending.ts';
import type { Desk, Screen } from './screen.ts';
import { t } from './texts.ts';
import type { CardReading, MeterCard, MeterCustomer } from './types.ts';

/** A purchase on a meter card: read, looked up, typed, repeated in large for the customer, confirmed (CAR-01). */
export function cardSaleScreen(desk: Desk): Screen {
  const element = h('section', { className: 'card' });
  begin();

  function begin(): void {
    const read = button(t('readCard'), () => readCard(read), 'primary wide');
    const told = h('div', { role: 'status' });
    element.replaceChildren(
      h('h1', {}, t('meterCard')),
      h('p', { className: 'notice' }, t('insertCard')),
      read,
      h('div', { className: 'actions' }, releaseButton(told)),
      told,
      unconfirmedPart(desk),
    );
    read.focus();
  }

  function readCard(read: HTMLButtonElement): void {
    read.disabled = true;
    read.textContent = t('reading');
    post<CardReading>('/api/card-readings').then(
      ({ card, isInserted, openOrder }) => {
        // What is open comes first: no other purchase before it is finished (CAR-03).
        if (openOrder) return desk.go(`order/${openOrder.id}`);
        if (card.card !== 'meter')
          return again(h('p', { className: 'complaint', role: 'alert' }, `⚠ ${t('foreignCard')}`));
        if (!isInserted)
          return again(h('p', { className: 'complaint', role: 'alert' }, `⚠ ${t('notInserted')}`));
        lookUp(card);
      },
      (error: unknown) => again(complaint(error)),
    );
  }

  function again(why: HTMLElement): void {
    begin();
    // Where the teller looks, and not below a list.
    element.querySelector('button')?.after(why);
  }

  function lookUp(card: MeterCard): void {
    const { customerNo, meterNo, serial } = card;
    post<MeterCustomer>('/api/meter-customers', { customerNo, meterNo, cardSerial: serial }).then(
      (customer) => ask(card, customer),
      (error: unknown) => again(complaint(error)),
    );
  }

  function ask(card: MeterCard, customer: MeterCustomer): void {
    const amount = h('input', {
      name: 'amount',
      className: 'large',
      inputMode: 'decimal',
      autocomplete: 'off',
    });
    const line = field(t('amount'), amount, t('upTo', { max: yuan(customer.maximumFen) }));
    const form = h(
      'form',
      { noValidate: true },
      h('h1', {}, t('meterCard')),
      about(card, customer),
      line.element,
      h('button', { type: 'submit', className: 'primary wide' }, t('next')),
    );
    enterMovesOn(form);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      line.tell('');
      const fen = parseYuan(amount.value);
      if (fen === undefined || fen < 100 || fen > customer.maximumFen) return line.tell(t('wrongAmount'));
      const available = desk.available();
      if (available !== undefined && fen > available)
        return line.tell(t('creditShort', { available: yuan(available) }));
      confirm(card, customer, fen);
    });
    element.replaceChildren(form);
    amount.focus();
  }

  function confirm(card: MeterCard, customer: MeterCustomer, amountFen: number): void {
    const { serial, meterNo, customerNo, wallet, returned } = card;
    const yes = button(
      t('confirm'),
      () => {
        yes.disabled = true;
        const { id } = keepPending({
          url: '/api/card-purchases',
          body: {
            card: { serial, meterNo, customerNo, wallet, ...(returned ? { returned } : {}) },
            amountFen,
          },
          title: t('meterCard'),
          account: `${customer.name} ${customerNo}`,
          amountFen,
          organisation: desk.session.organisation,
        });
        desk.go(`order/${id}`);
      },
      'primary',
    );
    element.replaceChildren(
      h('h1', {}, t('confirmTitle')),
      about(card, customer),
      h(
        'div',
        { className: 'said' },
        h('span', {}, t('sum')),
        h('strong', { className: 'huge money' }, `¥${yuan(amountFen)}`),
      ),
      h('p', { className: 'notice' }, t('leaveCardIn')),
      h(
        'div',
        { className: 'actions' },
        button(t('back'), () => ask(card, customer)),
        yes,
      ),
    );
    yes.focus();
  }

  return { element };
}

const about = (card: MeterCard, customer: MeterCustomer) =>
  facts([
    [t('customer'), `${customer.name} ${card.customerNo}`],
    [t('address'), customer.address],
    [t('meterNo'), card.meterNo],
    [t('purchaseCount'), String(card.wallet.count)],
    card.returned !== undefined && [t('meterBalance'), `¥${yuan(card.returned.balanceFen)}`],
    customer.arrearsFen > 0 && [t('arrears'), `¥${yuan(customer.arrearsFen)}`],
  ]);
