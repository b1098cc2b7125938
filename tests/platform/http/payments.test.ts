import { describe, expect, it } from 'vitest';
import { orderId } from '../../support/ids.ts';
import { OTHER_OUTLET } from '../../support/memory-platform.ts';
import { CARRIER } from '../../support/small-platform.ts';
import { httpOver, payment, signedIn } from './client.ts';

describe('POST /api/payments', () => {
  it('MOB-02 is accepted as processing, and followed to its end', async () => {
    const { app, platform } = await httpOver();
    const ask = await signedIn(app);
    const taken = await ask('POST', '/api/payments', payment(orderId(1)));
    expect(taken.status).toBe(202);
    expect(taken.body).toMatchObject({ state: 'processing', amountFen: 5_000, needsQuery: true });
    expect((await ask('GET', '/api/credit')).body).toMatchObject({ heldFen: 5_000, availableFen: 95_000 });

    await platform.carrierSays(orderId(1), 'success');
    await platform.printed(orderId(1));
    expect((await ask('GET', `/api/orders/${orderId(1)}`)).body).toMatchObject({
      state: 'succeeded',
      counterpartNo: 'CM20261123000042',
      receipt: { number: '261123-0002', prints: [{ copy: 0, state: 'printed' }] },
    });
    expect((await ask('GET', '/api/credit')).body).toMatchObject({ balanceFen: 95_000, heldFen: 0 });
  });

  it('the same payment 100 times at once is one order', async () => {
    const { app, platform } = await httpOver();
    const ask = await signedIn(app);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => ask('POST', '/api/payments', payment(orderId(1)))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => body.journalNo)).size).toBe(1);
    expect((await ask('GET', '/api/orders')).body.orders).toHaveLength(1 + 1); // and the purchase of the credit
    expect(platform.published.filter(({ place }) => place.kind === 'counterpart')).toHaveLength(1);
    expect((await ask('GET', '/api/credit')).body.heldFen).toBe(5_000);
  });

  it('a repeat of one that has ended is answered 200 with its end', async () => {
    const { app, platform } = await httpOver();
    const ask = await signedIn(app);
    await ask('POST', '/api/payments', payment(orderId(1)));
    await platform.carrierSays(orderId(1), 'declined');
    const again = await ask('POST', '/api/payments', payment(orderId(1)));
    expect([again.status, again.body.state, again.body.problem]).toEqual([
      200,
      'failed',
      'counterpart.accountClosed',
    ]);
  });

  it('CRD-05 of two payments that race for the last credit one is refused', async () => {
    const { app } = await httpOver({ creditFen: 50_000 });
    const ask = await signedIn(app);
    const both = await Promise.all([
      ask('POST', '/api/payments', payment(orderId(1), { amountFen: 30_000 })),
      ask(
        'POST',
        '/api/payments',
        payment(orderId(2), { amountFen: 30_000, fields: { phone: '13808004321' } }),
      ),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([202, 422]);
    expect(both.find(({ status }) => status === 422)?.body.code).toBe('platform.creditInsufficient');
    expect((await ask('GET', '/api/credit')).body.availableFen).toBe(20_000);
  });

  it.each([
    ['platform.orderIdInvalid', 400, payment('not-a-ulid')],
    ['platform.serviceUnknown', 422, payment(orderId(1), { service: 'lottery' })],
    ['platform.fieldInvalid', 422, payment(orderId(1), { fields: { phone: '1380800' } })],
    ['platform.regionNotServed', 422, payment(orderId(1), { fields: { phone: '13912345678' } })],
    ['platform.amountNotAllowed', 422, payment(orderId(1), { amountFen: 1_500 })],
  ])('MOB-01 refuses with %s', async (code, status, asked) => {
    const { app } = await httpOver();
    const ask = await signedIn(app);
    const answer = await ask('POST', '/api/payments', asked);
    expect([answer.body.code, answer.status]).toEqual([code, status]);
  });

  it('the same id with other content is a conflict, the same content under another id a look-alike', async () => {
    const { app } = await httpOver();
    const ask = await signedIn(app);
    await ask('POST', '/api/payments', payment(orderId(1)));
    const other = await ask('POST', '/api/payments', payment(orderId(1), { amountFen: 6_000 }));
    expect([other.status, other.body.code]).toEqual([409, 'platform.orderConflict']);
    const alike = await ask('POST', '/api/payments', payment(orderId(2)));
    expect([alike.status, alike.body.code]).toEqual([422, 'platform.lookAlike']);
    expect((await ask('POST', '/api/payments', payment(orderId(3), { again: true }))).status).toBe(202);
  });

  it('MOB-03 with no carrier nothing is held, and the administrators of the area are told', async () => {
    const { app, platform } = await httpOver();
    platform.online(CARRIER, 'carrier', false);
    const ask = await signedIn(app);
    const refused = await ask('POST', '/api/payments', payment(orderId(1)));
    expect([refused.status, refused.body.code, refused.body.order.state]).toEqual([
      503,
      'platform.counterpartOffline',
      'rejected',
    ]);
    expect((await ask('GET', '/api/credit')).body.heldFen).toBe(0);
    expect((await ask('GET', '/api/alerts')).status).toBe(403);
    const above = await signedIn(app, '51010000', 'administrator');
    expect((await above('GET', '/api/alerts')).body.alerts).toMatchObject([
      { code: 'alert.counterpartOffline', about: 'china-mobile', zh: '对方系统未连接' },
    ]);
  });

  it('ACC-03 a clerk and an administrator take no payments', async () => {
    const { app } = await httpOver();
    for (const [organisation, role] of [
      ['51019901', 'clerk'],
      ['51010000', 'administrator'],
    ] as const) {
      const ask = await signedIn(app, organisation, role);
      expect((await ask('POST', '/api/payments', payment(orderId(1)))).body.code).toBe('platform.forbidden');
    }
  });

  it('another outlet’s id tells that outlet nothing of the order', async () => {
    const { app } = await httpOver();
    await (await signedIn(app))('POST', '/api/payments', payment(orderId(1)));
    const other = await signedIn(app, OTHER_OUTLET);
    const refused = await other('POST', '/api/payments', payment(orderId(1)));
    expect(refused.body).toMatchObject({ code: 'platform.orderConflict' });
    expect(refused.body.order).toBeUndefined();
  });

  it('declares its services as they are checked', async () => {
    const { app } = await httpOver();
    const { body } = await (await signedIn(app))('GET', '/api/services');
    expect(body.services).toMatchObject([
      {
        code: 'mobile-topup',
        zh: '移动直充话费',
        minimumFen: 1_000,
        multipleFen: 1_000,
        fields: [{ name: 'phone', pattern: '^1\\d{10}$' }],
      },
    ]);
  });
});
