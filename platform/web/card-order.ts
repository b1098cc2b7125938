import { complaint, post } from './api.ts';
import { button, h } from './dom.ts';
import { keepPending } from './pending.ts';
import type { Desk } from './screen.ts';
import { pick, t } from './texts.ts';
import type { CardReading, OrderView } from './types.ts';

/** What an order says of its card, and what the teller may do about it now (CAR-02 to CAR-07). */
export function cardPart(
  desk: Desk,
  order: OrderView,
  taken: (order: OrderView) => void,
  told: HTMLElement,
): { advice: HTMLElement | false; actions: HTMLElement[] } {
  const { card } = order;
  if (!card) return { advice: false, actions: [] };
  const act = (path: string, body?: () => Promise<object>) => () => {
    (body?.() ?? Promise.resolve({}))
      .then((asked) => post<OrderView>(`/api/orders/${order.id}/${path}`, asked))
      .then(taken, (error: unknown) => told.replaceChildren(complaint(error)));
  };
  const actions: HTMLElement[] = [];
  for (const may of card.may)
    if (may === 'work') actions.push(button(t('cardIsIn'), act('card-work'), 'primary'));
    else if (may === 'takeBack')
      actions.push(
        button(
          t('takeBack'),
          act('take-back', () => ofCustomer(order)),
        ),
      );
    else if (may === 'confirm') actions.push(button(t('confirmNow'), act('confirmation')));
    else actions.push(button(t('voidCard'), () => voidIt(desk, order, told)));
  return { advice: h('p', { className: 'notice' }, pick(card.zh, card.en)), actions };
}

/** CAR-03: by customer number, journal number and amount; the customer's is on the card, and masked everywhere else. */
async function ofCustomer({ journalNo, amountFen }: OrderView): Promise<object> {
  const { card } = await post<CardReading>('/api/card-readings');
  return { customerNo: card.card === 'meter' ? card.customerNo : '', journalNo, amountFen };
}

function voidIt(desk: Desk, order: OrderView, told: HTMLElement): void {
  ofCustomer(order).then(
    (body) => {
      const { id } = keepPending({
        url: '/api/card-voids',
        body,
        title: t('voidCard'),
        amountFen: order.amountFen,
        organisation: desk.session.organisation,
      });
      desk.go(`order/${id}`);
    },
    (error: unknown) => told.replaceChildren(complaint(error)),
  );
}
