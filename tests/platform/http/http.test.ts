import { describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/operation.ts';
import { orderView, problemView } from '../../../platform/http/schemas.ts';
import { orderId } from '../../support/ids.ts';
import { BENCH, httpOver, payment, signedIn } from './client.ts';

describe('problem documents', () => {
  it('every refusal is application/problem+json, Chinese first, with its remedy', async () => {
    const { app } = await httpOver();
    const ask = await signedIn(app);
    const answer = await ask('GET', '/api/orders/nothing');
    expect(answer.type).toContain('application/problem+json');
    expect(answer.body).toEqual({
      type: 'urn:yizhan:problem:platform.notFound',
      title: '查无此记录',
      titleEn: 'There is no such record',
      status: 404,
      code: 'platform.notFound',
      detail: 'order nothing',
      remedy: '请核对流水号或编号',
      remedyEn: 'Check the journal number or id',
    });
  });

  it.each([
    [{ amountFen: '5000' }, 'body/amountFen is a text of 4 characters; it must be integer'],
    [{ amountFen: 10.5 }, 'body/amountFen is a fractional number; it must be integer'],
    [{ amountFen: undefined }, 'body/amountFen is missing; it is required'],
    [{ fee: 1 }, 'body/fee is not known here; leave it out'],
    [{ fields: { phone: 13808001234 } }, 'body/fields/phone is a whole number; it must be string'],
  ])('ACC-05 names what does not fit: %o', async (wrong, detail) => {
    const { app } = await httpOver();
    const ask = await signedIn(app);
    const answer = await ask('POST', '/api/payments', payment(orderId(1), wrong));
    expect([answer.status, answer.body.code, answer.body.detail]).toEqual([
      400,
      'platform.badRequest',
      detail,
    ]);
  });

  it('also for what is no JSON, another media type, too long, an unknown route, and a fault inside', async () => {
    const { app, platform } = await httpOver();
    const post = async (type: string, payload: string) => {
      const got = await app.inject({
        method: 'POST',
        url: '/api/sign-in/challenge',
        headers: { 'content-type': type },
        payload,
      });
      expect(got.headers['content-type']).toContain('application/problem+json');
      return got.json<{ code: string }>().code;
    };
    expect(await post('application/json', '{')).toBe('platform.badRequest');
    expect(await post('text/plain', '{}')).toBe('platform.badRequest');
    expect(await post('application/json', `"${'x'.repeat(70_000)}"`)).toBe('platform.badRequest');
    const unknown = await app.inject({ method: 'GET', url: '/api/nothing?x=1' });
    expect(unknown.json()).toMatchObject({
      code: 'platform.notFound',
      detail: expect.stringContaining('GET /api/nothing;'),
    });

    const ask = await signedIn(app);
    platform.api.order = () => Promise.reject(new Error('secret of the inside'));
    const failed = await ask('GET', `/api/orders/${orderId(1)}`);
    expect([failed.status, failed.body.code]).toEqual([500, 'platform.internal']);
    expect(JSON.stringify(failed.body)).not.toContain('secret');
    expect(failed.body.detail).toMatch(/^error id [0-9a-f-]{36}$/);
  });

  it('a code is explained, an unknown one is 404', async () => {
    const { app } = await httpOver();
    const get = async (url: string) => (await app.inject({ method: 'GET', url })).json();
    expect(await get('/api/explain/platform.lookAlike')).toMatchObject({ zh: '相同的缴费正在处理中' });
    expect(await get('/api/explain/counterpart.accountClosed')).toMatchObject({
      code: 'counterpart.accountClosed',
    });
    expect(await get('/api/explain/toString')).toMatchObject({ code: 'platform.notFound' });
  });
});

describe('the description', () => {
  interface Described {
    openapi: string;
    paths: {
      [path: string]: { [method: string]: { summary?: string; security?: object[]; responses: object } };
    };
    components: { schemas: object };
  }

  it('lists every route below /api/, each with its problems; every reference leads somewhere', async () => {
    const { app } = await httpOver({ bench: BENCH });
    const doc = (await app.inject({ method: 'GET', url: '/api/openapi.json' })).json<Described>();
    expect(doc.openapi).toBe('3.1.0');
    const routes = Object.entries(doc.paths).flatMap(([path, of]) =>
      Object.keys(of).map((m) => `${m} ${path}`),
    );
    expect(routes.sort()).toEqual(
      [
        'get /api/alerts',
        'get /api/credit',
        'get /api/events',
        'get /api/explain/{code}',
        'get /api/journal',
        'get /api/kiosks',
        'get /api/openapi.json',
        'get /api/orders',
        'get /api/orders/by-journal-no/{no}',
        'get /api/orders/{id}',
        'get /api/services',
        'get /api/session',
        'get /api/station',
        'get /api/stations',
        'get /api/unconfirmed',
        'get /api/unresolved',
        'get /bench/receipts/{journalNo}/{sheet}',
        'get /health',
        'get /metrics',
        'post /api/card-purchases',
        'post /api/card-readings',
        'post /api/card-releases',
        'post /api/card-voids',
        'post /api/credit/purchases',
        'post /api/credit/purchases/{id}/void',
        'post /api/meter-customers',
        'post /api/orders/{id}/card-work',
        'post /api/orders/{id}/confirmation',
        'post /api/orders/{id}/inquiry',
        'post /api/orders/{id}/reprint',
        'post /api/orders/{id}/resolution',
        'post /api/orders/{id}/take-back',
        'post /api/payments',
        'post /api/sign-in',
        'post /api/sign-in/challenge',
        'post /api/sign-out',
        'post /api/stations',
        'post /api/stations/revocations',
        'post /bench/sign',
      ].sort(),
    );
    expect(Object.keys(doc.components.schemas).sort()).toEqual(['CreditView', 'OrderView', 'Problem']);
    for (const [, name] of JSON.stringify(doc).matchAll(/"\$ref":"([^"]+)"/g))
      expect(name).toMatch(/^#\/components\/schemas\/(CreditView|OrderView|Problem)$/);
    for (const [path, of] of Object.entries(doc.paths))
      for (const [method, operation] of Object.entries(of)) {
        expect(operation.summary, `${method} ${path}`).toBeTruthy();
        if (path.startsWith('/api/') && path !== '/api/openapi.json')
          expect(JSON.stringify(operation.responses), `${method} ${path}`).toContain(
            'application/problem+json',
          );
      }
    expect(Object.keys(doc.paths['/api/payments']?.post?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '202', '400', '401', '409', '422', '503']),
    );
  });

  it('answers fit their schemas', async () => {
    const { app, platform } = await httpOver();
    const ask = await signedIn(app);
    await ask('POST', '/api/payments', payment(orderId(1)));
    await platform.carrierSays(orderId(1), 'success');
    await platform.printed(orderId(1));
    expect(checkOf(orderView)((await ask('GET', `/api/orders/${orderId(1)}`)).body)).toBeUndefined();
    const { order: _, ...problem } = (await ask('GET', '/api/orders/x')).body;
    expect(checkOf(problemView)(problem)).toBeUndefined();
  });

  it('what needs no session is exactly what the description says', async () => {
    const { app } = await httpOver();
    const doc = (await app.inject({ method: 'GET', url: '/api/openapi.json' })).json<Described>();
    for (const [path, of] of Object.entries(doc.paths))
      for (const [method, { security }] of Object.entries(of)) {
        if (!path.startsWith('/api/')) continue;
        const url = path.replace(/\{\w+\}/g, 'x');
        const got = await app.inject({ method: method === 'get' ? 'GET' : 'POST', url });
        const closed =
          String(got.headers['content-type']).includes('problem') && got.json<{ code: string }>().code;
        expect([path, closed === 'platform.notSignedIn']).toEqual([path, security === undefined]);
      }
  });
});

describe('for operation', () => {
  it('health is 503 where the platform is not able to work', async () => {
    const { app, platform } = await httpOver();
    expect((await app.inject({ method: 'GET', url: '/health' })).statusCode).toBe(200);
    platform.api.health = () => ({ ok: false, detail: { store: 'disk full' } });
    const ill = await app.inject({ method: 'GET', url: '/health' });
    expect([ill.statusCode, ill.json()]).toEqual([503, { ok: false, detail: { store: 'disk full' } }]);
  });

  it('metrics tell orders by state, the platform’s counters, and requests by route', async () => {
    const { app } = await httpOver();
    const ask = await signedIn(app);
    await ask('POST', '/api/payments', payment(orderId(1)));
    await ask('GET', `/api/orders/${orderId(1)}`);
    await ask('GET', '/api/made/up/address');
    const { payload } = await app.inject({ method: 'GET', url: '/metrics' });
    expect(payload).toContain('yizhan_orders{state="processing"} 1');
    expect(payload).toMatch(/yizhan_platform\{name="blocks"\} \d+/);
    expect(payload).toContain(
      'yizhan_http_requests_total{method="GET",route="/api/orders/:id",status="200"} 1',
    );
    expect(payload).not.toContain('made');
  });
});

describe('the page', () => {
  it('is served with a policy that lets nothing foreign in', async () => {
    const { app } = await httpOver();
    const got = await app.inject({ method: 'GET', url: '/' });
    expect(got.statusCode).toBe(200);
    expect(got.headers['content-security-policy']).toContain("default-src 'self'; img-src 'self' data:");
    expect((await app.inject({ method: 'GET', url: '/../server.ts' })).statusCode).toBe(404);
  });

  it('a bench signs and shows the paper; without one there is no such thing', async () => {
    const { app } = await httpOver({ bench: BENCH });
    const sign = { organisation: '51010001', station: '1', nonce: 'n' };
    const signed = await app.inject({ method: 'POST', url: '/bench/sign', payload: sign });
    expect(signed.json<{ signature: string }>().signature).toMatch(/^[\w+/]{86}==$/);
    const get = (sheet: string) => app.inject({ method: 'GET', url: `/bench/receipts/26112300017/${sheet}` });
    expect((await get('0.png')).headers['content-type']).toBe('image/png');
    expect((await get('0.txt')).payload).toBe('流水号 26112300017');
    expect((await get('1.png')).statusCode).toBe(404);
    expect((await get('0.exe')).statusCode).toBe(400);

    const { app: field } = await httpOver();
    expect((await field.inject({ method: 'POST', url: '/bench/sign', payload: sign })).statusCode).toBe(404);
    expect((await field.inject({ method: 'GET', url: '/api/station' })).json()).toEqual({ bench: false });
  });
});
