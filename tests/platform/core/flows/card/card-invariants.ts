import { expect } from 'vitest';
import { availableCredit } from '../../../../../platform/core/ledger.ts';
import type { Order } from '../../../../../platform/core/order.ts';
import { OUTLET } from '../../../../support/small-platform.ts';
import { type CardRun, CREDIT } from './card-run.ts';

/** What must hold after every step. */
export function checkCards({ world, model, utility, givenBack, orders, isOpen }: CardRun): void {
  const all = orders().filter(({ card }) => card);
  const carries = (order: Order) =>
    model.card.wallet.count === order.card?.after.count &&
    model.card.wallet.amountFen === order.card.after.amountFen;
  let spent = 0;
  for (const order of all) {
    expect(
      order.cases.filter(({ kind }) => kind === 'mismatch'),
      'nobody lies here, so nobody is contradicted',
    ).toEqual([]);
    const kinds = order.transfers.map(({ kind }) => kind);
    const entry = utility.entries.get(`${order.id}.1`);
    if (order.kind === 'cardPurchase') {
      if (kinds.includes('release')) {
        expect(
          carries(order) && model.carried.has(order.id),
          `${order.id} was given back and is on the card`,
        ).toBe(false);
        expect(kinds, order.id).not.toContain('capture');
        const isHalf = model.card.isTorn || model.card.returned === undefined;
        if (!givenBack.has(order.id))
          expect(model.writes.at(-1) === order.id && isHalf, `${order.id} was given back half written`).toBe(
            false,
          );
        givenBack.add(order.id);
      } else spent += order.amountFen;
      if (kinds.includes('capture'))
        expect(model.carried, `${order.id} was taken and never on the card`).toContain(order.id);
      if (entry && ['confirmed', 'voidOrdered', 'voided'].includes(entry.standing))
        expect(model.carried, `${order.id} was confirmed and never on the card`).toContain(order.id);
      if (entry?.standing === 'cancelled')
        expect(model.carried, `${order.id} was cancelled and was on the card`).not.toContain(order.id);
      expect(kinds.length).toBeLessThanOrEqual(2);
    } else {
      if (kinds.includes('single')) {
        spent -= order.amountFen;
        expect(model.carried, `void ${order.id} was refunded and never on the card`).toContain(order.id);
        expect(utility.entries.get(`${order.voids}.1`)?.standing).toBe('voided');
        expect(world.order(order.voids ?? '')?.voidedBy, `what ${order.id} voids is marked`).toBe(order.id);
      }
      expect(kinds.length).toBeLessThanOrEqual(1);
    }
  }
  expect(availableCredit(world.state.ledger, OUTLET)).toBe(CREDIT - spent);
  // One that was given up and has turned up at the utility since is only being taken back there.
  const open = all.filter(
    (order) => isOpen(order) && !(order.state === 'failed' && order.card?.stage === 'closing'),
  );
  expect(open.length, 'open orders of one meter').toBeLessThanOrEqual(1);
  const [known] = [...world.state.meters.values()];
  expect(
    known === undefined ? [] : [known].filter((id) => !all.some((o) => o.id === id && isOpen(o))),
  ).toEqual([]);
  if (all.some(isOpen)) expect(known, 'the meter is kept').toBeDefined();
}
