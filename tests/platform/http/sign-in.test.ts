import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../contracts/time.ts';
import { hashPassword, isPassword, verifyPassword } from '../../../platform/http/password.ts';
import { createSessions, IDLE } from '../../../platform/http/sessions.ts';
import { orderId } from '../../support/ids.ts';
import { OTHER_OUTLET, signAt } from '../../support/memory-platform.ts';
import { OUTLET } from '../../support/small-platform.ts';
import { httpOver, payment, signedIn, signInBody } from './client.ts';

type Body = Awaited<ReturnType<typeof signInBody>>;

describe('sign-in', () => {
  it('ACC-01 opens a session with the station’s signature, operator and password', async () => {
    const { app } = await httpOver();
    const ask = await signedIn(app);
    const session = await ask('GET', '/api/session');
    expect(session.body).toMatchObject({
      organisation: OUTLET,
      organisationName: '春熙路报刊亭',
      operator: 'T001',
      role: 'teller',
      businessDate: '2026-11-23',
    });
  });

  it('ACC-01 refuses whatever is wrong with one and the same answer', async () => {
    const { app, platform } = await httpOver();
    const wrongs: { [what: string]: (right: Body) => Body | Promise<Body> } = {
      'unknown organisation': (b) => ({ ...b, organisation: '51019999' }),
      'unknown station': (b) => ({ ...b, station: '7' }),
      'unknown operator': (b) => ({ ...b, operator: 'X999' }),
      'wrong password': (b) => ({ ...b, password: '314159' }),
      'password of no six digits': (b) => ({ ...b, password: 'secret' }),
      'no signature': (b) => ({ ...b, signature: '' }),
      'another outlet’s key': (b) => ({
        ...b,
        signature: signAt(OTHER_OUTLET, b.nonce, { organisation: OUTLET, station: '1' }) ?? '',
      }),
      'a signature for another outlet': (b) => ({ ...b, signature: signAt(OTHER_OUTLET, b.nonce) ?? '' }),
      'a signature for another station': (b) => ({
        ...b,
        signature: signAt(OUTLET, b.nonce, { organisation: OUTLET, station: '2' }) ?? '',
      }),
      'a nonce of another outlet': async (b) => {
        const { nonce } = await signInBody(app, OTHER_OUTLET, 'T001');
        return { ...b, nonce, signature: signAt(OUTLET, nonce) ?? '' };
      },
      'a made-up nonce': (b) => ({ ...b, nonce: 'x', signature: signAt(OUTLET, 'x') ?? '' }),
      'an old nonce': (b) => {
        platform.advance(2 * MINUTE);
        return b;
      },
      'the nonce of a refused attempt': async (b) => {
        await app.inject({ method: 'POST', url: '/api/sign-in', payload: { ...b, password: '314159' } });
        return b;
      },
      'a replayed nonce': async (b) => {
        const first = await app.inject({ method: 'POST', url: '/api/sign-in', payload: b });
        expect(first.statusCode).toBe(200);
        return b;
      },
    };
    const bodies = new Map<string, string>();
    for (const [what, wrong] of Object.entries(wrongs)) {
      const payload = await wrong(await signInBody(app, OUTLET, 'T001'));
      const answer = await app.inject({ method: 'POST', url: '/api/sign-in', payload });
      expect(answer.statusCode, what).toBe(401);
      expect(answer.headers['set-cookie'], what).toBeUndefined();
      bodies.set(what, answer.body);
    }
    expect(new Set(bodies.values()).size, JSON.stringify([...bodies])).toBe(1);
    expect(JSON.parse([...bodies.values()][0] ?? '')).toMatchObject({ code: 'platform.signInRefused' });
  });

  it('gives the token as a cookie that no script reads and no other site sends', async () => {
    const { app } = await httpOver();
    const payload = await signInBody(app, OUTLET, 'T001');
    const answer = await app.inject({ method: 'POST', url: '/api/sign-in', payload });
    expect(answer.headers['set-cookie']).toMatch(
      /^yz_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  it('a change by cookie needs the header x-yizhan, a read does not', async () => {
    const { app, platform } = await httpOver();
    const payload = await signInBody(app, OUTLET, 'T001');
    const { token } = (await app.inject({ method: 'POST', url: '/api/sign-in', payload })).json<{
      token: string;
    }>();
    const cookies = { yz_session: token };
    const send = (headers: Record<string, string>) =>
      app.inject({ method: 'POST', url: '/api/payments', payload: payment(orderId(1)), cookies, headers });
    const bare = await send({});
    expect([bare.statusCode, bare.json<{ code: string }>().code]).toEqual([403, 'platform.forbidden']);
    expect(await platform.api.order(orderId(1))).toBeUndefined();
    expect((await app.inject({ method: 'GET', url: '/api/session', cookies })).statusCode).toBe(200);
    expect((await send({ 'x-yizhan': '1' })).statusCode).toBe(202);
  });

  it('a session ends by sign-out, and after 15 minutes in which the person asked for nothing', async () => {
    const { app, platform } = await httpOver();
    const ask = await signedIn(app);
    platform.advance(IDLE - 1);
    expect((await ask('GET', '/api/session')).status).toBe(200);
    platform.advance(IDLE - 1);
    expect((await ask('GET', '/api/session')).status).toBe(200);
    platform.advance(IDLE);
    expect((await ask('GET', '/api/session')).body).toMatchObject({ code: 'platform.notSignedIn' });

    const again = await signedIn(app);
    expect((await again('POST', '/api/sign-out')).status).toBe(200);
    expect((await again('GET', '/api/session')).status).toBe(401);
  });

  it('what a page asks by itself does not keep an abandoned session alive', async () => {
    const { app, platform } = await httpOver();
    const payload = await signInBody(app, OUTLET, 'T001');
    const { token } = (await app.inject({ method: 'POST', url: '/api/sign-in', payload })).json<{
      token: string;
    }>();
    const quiet = () =>
      app.inject({
        method: 'GET',
        url: '/api/session',
        headers: { authorization: `Bearer ${token}`, 'x-yizhan-quiet': '1' },
      });
    platform.advance(IDLE - 1);
    expect((await quiet()).statusCode).toBe(200);
    platform.advance(1);
    expect((await quiet()).statusCode).toBe(401);
  });

  it('sessions are bounded: the one idle longest goes first', () => {
    let now = 0;
    const sessions = createSessions(() => now, 2);
    const who = {
      kind: 'person',
      role: 'teller',
      organisation: OUTLET,
      station: '1',
      operator: 'T001',
    } as const;
    const [a, b] = [sessions.open(who, 'key'), sessions.open(who, 'key')];
    now = 1;
    sessions.find(a.token, true);
    const c = sessions.open(who, 'key');
    expect([a, b, c].map(({ token }) => sessions.find(token, false) !== undefined)).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('passwords', () => {
  it('ACC-01 are six digits, kept as a salted scrypt hash', async () => {
    expect(['271828', '12345', '1234567', '12345a', ' 123456'].map(isPassword)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    await expect(hashPassword('12345a')).rejects.toThrow('exactly 6 digits');
    const [one, two] = await Promise.all([hashPassword('271828'), hashPassword('271828')]);
    expect(one).toMatch(/^scrypt\$15\$8\$1\$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword('271828', one)).toBe(true);
    expect(await verifyPassword('271829', one)).toBe(false);
    expect(await verifyPassword('271828', undefined)).toBe(false);
  });
});
