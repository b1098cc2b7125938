import { describe, expect, it } from 'vitest';
import { orderId } from '../../support/ids.ts';
import { OTHER_OUTLET } from '../../support/memory-platform.ts';
import { OFFICE, OUTLET } from '../../support/small-platform.ts';
import { httpOver, payment, signedIn } from './client.ts';

const clerkOver = async (creditFen = 100_000) => {
  const { app, platform } = await httpOver({ creditFen });
  return { app, platform, ask: await signedIn(app, OFFICE, 'clerk') };
};
const purchase = (n: number, amountFen = 60_000, outlet = OUTLET) => ({ id: orderId(n), outlet, amountFen });

describe('credit', () => {
  it('CRD-01 a postal counter sees an outlet’s name and balance by its code', async () => {
    const { ask } = await clerkOver();
    expect((await ask('GET', `/api/credit?outlet=${OUTLET}`)).body).toEqual({
      outlet: OUTLET,
      name: '春熙路报刊亭',
      balanceFen: 100_000,
      heldFen: 0,
      availableFen: 100_000,
    });
    expect((await ask('GET', '/api/credit?outlet=51018888')).body.code).toBe('platform.outletUnknown');
    expect((await ask('GET', '/api/credit?outlet=5101')).body.code).toBe('platform.badRequest');
  });

  it('CRD-02 sells credit, at least 500 yuan, once per id', async () => {
    const { ask } = await clerkOver(0);
    const both = [
      await ask('POST', '/api/credit/purchases', purchase(1)),
      await ask('POST', '/api/credit/purchases', purchase(1)),
    ];
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both[0]?.body).toMatchObject({
      kind: 'creditPurchase',
      state: 'succeeded',
      receipt: { number: '261123-0001' },
    });
    expect((await ask('GET', `/api/credit?outlet=${OUTLET}`)).body.balanceFen).toBe(60_000);
    expect((await ask('POST', '/api/credit/purchases', purchase(2, 49_999))).body.code).toBe(
      'platform.amountNotAllowed',
    );
    expect((await ask('GET', `/api/orders?outlet=${OUTLET}`)).body.orders).toHaveLength(1);
  });

  it('CRD-03 takes a purchase back the same day while the balance covers it, once', async () => {
    const { app, ask } = await clerkOver(0);
    await ask('POST', '/api/credit/purchases', purchase(1));
    const undo = (id: number) => ask('POST', `/api/credit/purchases/${orderId(1)}/void`, { id: orderId(id) });
    const teller = await signedIn(app);
    await teller('POST', '/api/payments', payment(orderId(5)));
    expect((await undo(2)).body.code).toBe('platform.voidNotAllowed');

    await ask('POST', '/api/credit/purchases', purchase(6));
    expect((await undo(3)).body).toMatchObject({ kind: 'creditVoid', state: 'succeeded' });
    expect((await undo(3)).status).toBe(200);
    expect((await undo(4)).body.code).toBe('platform.voidNotAllowed');
  });

  it('CRD-03 a purchase that another office sold is not there', async () => {
    const { app, ask } = await clerkOver(0);
    await ask('POST', '/api/credit/purchases', purchase(1));
    const other = await signedIn(app, OTHER_OUTLET);
    const answer = await other('POST', `/api/credit/purchases/${orderId(1)}/void`, { id: orderId(2) });
    expect([answer.status, answer.body.order]).toEqual([404, undefined]);
  });

  it('a clerk sees of an outlet only what the own office took', async () => {
    const { app, ask } = await clerkOver();
    await (await signedIn(app))('POST', '/api/payments', payment(orderId(1)));
    const { orders } = (await ask('GET', `/api/orders?outlet=${OUTLET}`)).body;
    expect(orders.map((o: { kind: string }) => o.kind)).toEqual(['creditPurchase']);
    expect((await ask('GET', `/api/orders/${orderId(1)}`)).status).toBe(404);
    const { journalNo } = orders[0];
    expect((await ask('GET', `/api/orders/by-journal-no/${journalNo}?outlet=${OUTLET}`)).body.kind).toBe(
      'creditPurchase',
    );
  });
});
