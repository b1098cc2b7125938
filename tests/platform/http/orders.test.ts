import { describe, expect, it } from 'vitest';
import { HOUR, SECOND } from '../../../contracts/time.ts';
import { orderId } from '../../support/ids.ts';
import { OTHER_OUTLET } from '../../support/memory-platform.ts';
import { httpOver, payment, signedIn } from './client.ts';

const ORDER = `/api/orders/${orderId(1)}`;

describe('orders', () => {
  it('ACC-03 another outlet’s order is not there: 404 on every way to it', async () => {
    const { app } = await httpOver();
    const own = await signedIn(app);
    const { journalNo } = (await own('POST', '/api/payments', payment(orderId(1)))).body;
    const other = await signedIn(app, OTHER_OUTLET);
    const never = await other('GET', `/api/orders/${orderId(9)}`);
    for (const [method, url] of [
      ['GET', ORDER],
      ['GET', `/api/orders/by-journal-no/${journalNo}`],
      ['GET', `/api/orders/by-journal-no/${journalNo}?outlet=51010001`],
      ['POST', `${ORDER}/inquiry`],
      ['POST', `${ORDER}/reprint`],
    ] as const) {
      const answer = await other(method, url);
      expect([url, answer.status, answer.body.code]).toEqual([url, 404, 'platform.notFound']);
      expect({ ...answer.body, detail: '' }).toEqual({ ...never.body, detail: '' });
    }
    expect((await other('GET', '/api/orders?outlet=51010001')).status).toBe(403);
    expect((await other('GET', '/api/journal?outlet=51010001')).status).toBe(403);
    expect((await other('GET', '/api/credit?outlet=51010001')).status).toBe(403);
    expect((await own('GET', ORDER)).status).toBe(200);
    expect((await own('GET', `/api/orders/by-journal-no/${journalNo}`)).body.id).toBe(orderId(1));
  });

  it('ACC-04 numbers are masked', async () => {
    const { app } = await httpOver();
    const ask = await signedIn(app);
    await ask('POST', '/api/payments', payment(orderId(1)));
    const { body } = await ask('GET', ORDER);
    expect(body.fields).toEqual({ phone: '138****1234' });
    expect(JSON.stringify(body)).not.toContain('13808001234');
  });

  it('a mistyped journal number is told from an unknown one by its check digit', async () => {
    const { app } = await httpOver();
    const ask = await signedIn(app);
    const { journalNo } = (await ask('POST', '/api/payments', payment(orderId(1)))).body;
    const wrong = `${journalNo.slice(0, -1)}${(Number(journalNo.at(-1)) + 1) % 10}`;
    const mistyped = await ask('GET', `/api/orders/by-journal-no/${wrong}`);
    expect([mistyped.status, mistyped.body.code]).toEqual([400, 'platform.badRequest']);
    expect(mistyped.body.detail).toContain('check digit');
    expect((await ask('GET', '/api/orders/by-journal-no/26112399995')).body.code).toMatch(
      /badRequest|notFound/,
    );
  });

  it('MOB-04 an inquiry asks the carrier now; again within 10 seconds is too soon', async () => {
    const { app, platform } = await httpOver();
    const ask = await signedIn(app);
    await ask('POST', '/api/payments', payment(orderId(1)));
    expect((await ask('POST', `${ORDER}/inquiry`)).status).toBe(200);
    expect(platform.published.at(-1)?.envelope.type).toBe('yizhan.carrier.inquire');
    expect((await ask('POST', `${ORDER}/inquiry`)).body.code).toBe('platform.tooSoon');
    platform.advance(10 * SECOND);
    expect((await ask('POST', `${ORDER}/inquiry`)).status).toBe(200);
  });

  it('REP-14 a reprint is a counted copy, and only of a success', async () => {
    const { app, platform } = await httpOver();
    const ask = await signedIn(app);
    await ask('POST', '/api/payments', payment(orderId(1)));
    expect((await ask('POST', `${ORDER}/reprint`)).body.code).toBe('platform.noReceipt');
    await platform.carrierSays(orderId(1), 'success');
    expect((await ask('POST', `${ORDER}/reprint`)).body.code).toBe('platform.printing');
    await platform.printed(orderId(1));
    expect((await ask('POST', `${ORDER}/reprint`)).body.receipt.prints).toMatchObject([
      { copy: 0, state: 'printed' },
      { copy: 1, state: 'sent' },
    ]);
  });

  it('MOB-10 today’s list shows every state, newest first, and marks what needs a query', async () => {
    const { app, platform } = await httpOver();
    const ask = await signedIn(app);
    await ask('POST', '/api/payments', payment(orderId(1)));
    await platform.carrierSays(orderId(1), 'success');
    await ask('POST', '/api/payments', payment(orderId(2)));
    const { orders } = (await ask('GET', '/api/orders')).body;
    expect(orders.map((o: { state: string; needsQuery: boolean }) => [o.state, o.needsQuery])).toEqual([
      ['processing', true],
      ['succeeded', false],
      ['succeeded', false],
    ]);
  });

  it('REP-05 the day journal has successes only, by service and time of day, across midnight too', async () => {
    const { app, platform } = await httpOver();
    const ask = await signedIn(app);
    const pay = async (n: number) => {
      await ask('POST', '/api/payments', payment(orderId(n)));
      await platform.carrierSays(orderId(n), 'success');
    };
    await pay(1); // 09:00
    platform.advance(13 * HOUR); // 22:00: the next business day
    const late = await signedIn(app);
    await late('POST', '/api/payments', payment(orderId(2)));
    await platform.carrierSays(orderId(2), 'success');
    await late('POST', '/api/payments', payment(orderId(3)));
    const ids = async (query: string) =>
      (await late('GET', `/api/journal?${query}`)).body.orders.map((o: { id: string }) => o.id);
    expect(await ids('')).toEqual([orderId(2)]);
    expect(await ids('from=210000&to=060000')).toEqual([orderId(2)]);
    expect(await ids('from=060000&to=210000')).toEqual([]);
    expect(await ids('service=mobile-topup')).toEqual([orderId(2)]);
    expect(await ids('service=creditPurchase')).toEqual([]);

    const noTime = await late('GET', '/api/journal?from=2560');
    expect([noTime.status, noTime.body.detail]).toEqual([
      400,
      expect.stringMatching(/^querystring\/from is a text of 4 characters; it must match pattern/),
    ]);
    expect((await late('GET', '/api/journal?service=lottery')).body.detail).toContain('mobile-topup');
  });

  it('ACC-03 an administrator is told what has no outcome yet, oldest first, until it is settled', async () => {
    const { app, platform } = await httpOver();
    const ask = await signedIn(app);
    await ask('POST', '/api/payments', payment(orderId(1)));
    expect((await ask('GET', '/api/unresolved')).body.code).toBe('platform.forbidden');
    const clerk = await signedIn(app, '51019901', 'clerk');
    expect((await clerk('GET', '/api/unresolved')).body.code).toBe('platform.forbidden');
    const above = await signedIn(app, '51010000', 'administrator');
    // Processing is nobody's work yet.
    expect((await above('GET', '/api/unresolved')).body).toEqual({ orders: [] });
    for (let hour = 0; hour < 26; hour++) platform.advance(HOUR);
    const later = await signedIn(app, '51010000', 'administrator');
    expect((await later('GET', '/api/unresolved')).body.orders).toMatchObject([
      { id: orderId(1), outlet: '51010001', amountFen: 5_000, state: 'manual' },
    ]);
    await later('POST', `${ORDER}/resolution`, { outcome: 'failed', evidence: '移动公司来函 2026-119' });
    expect((await later('GET', '/api/unresolved')).body).toEqual({ orders: [] });
  });

  it('ACC-03 an administrator sees the outlets below, and settles what waits for a person', async () => {
    const { app, platform } = await httpOver();
    const ask = await signedIn(app);
    await ask('POST', '/api/payments', payment(orderId(1)));
    const resolution = { outcome: 'succeeded', evidence: '移动公司来函 2026-118' };
    expect((await ask('POST', `${ORDER}/resolution`, resolution)).body.code).toBe('platform.forbidden');
    const above = await signedIn(app, '51010000', 'administrator');
    expect((await above('POST', `${ORDER}/resolution`, resolution)).body.code).toBe('platform.notManual');
    expect((await above('GET', '/api/orders?outlet=51010001')).body.orders).toHaveLength(2);
    for (let hour = 0; hour < 26; hour++) platform.advance(HOUR);
    const later = await signedIn(app, '51010000', 'administrator');
    expect((await later('GET', ORDER)).body.state).toBe('manual');
    expect((await later('POST', `${ORDER}/resolution`, { outcome: 'perhaps', evidence: 'x' })).status).toBe(
      400,
    );
    expect((await later('POST', `${ORDER}/resolution`, resolution)).body.state).toBe('succeeded');
  });
});
