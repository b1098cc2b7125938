import { fileURLToPath } from 'node:url';
import { afterEach, expect } from 'vitest';
import type { App, Bench } from '../../../platform/http/app.ts';
import { createHttp } from '../../../platform/http/server.ts';
import { memoryPlatform, PASSWORD, PEOPLE, signAt } from '../../support/memory-platform.ts';
import { OUTLET } from '../../support/small-platform.ts';

export const WEB = fileURLToPath(new URL('../../../platform/web', import.meta.url));

const open: App[] = [];

afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

export const BENCH: Bench = {
  sign: (organisation, station, nonce) => signAt(organisation, nonce, { organisation, station }),
  picture: (journalNo, copy) =>
    Promise.resolve(
      copy === 0
        ? {
            png: Buffer.from('png'),
            svg: '<svg xmlns="http://www.w3.org/2000/svg"/>',
            text: `流水号 ${journalNo}`,
          }
        : undefined,
    ),
};

/** The HTTP application over a memory platform, without a socket. */
export async function httpOver(options: { creditFen?: number; bench?: Bench } = {}) {
  const platform = await memoryPlatform(options);
  const app = await createHttp({ platform: platform.api, webRoot: WEB, bench: options.bench });
  open.push(app);
  return { platform, app };
}

/** What a sign-in sends; a test changes what it wants to be wrong. */
export async function signInBody(app: App, organisation: string, operator: string) {
  const place = { organisation, station: '1' };
  const challenge = await app.inject({ method: 'POST', url: '/api/sign-in/challenge', payload: place });
  const { nonce } = challenge.json<{ nonce: string }>();
  return { ...place, operator, password: PASSWORD, nonce, signature: signAt(organisation, nonce) ?? '' };
}

/** Signs in and returns a function that asks as this person, by bearer token. */
export async function signedIn(app: App, organisation = OUTLET, role = 'teller') {
  const operator = PEOPLE.find((p) => p.organisation === organisation && p.role === role)?.operator ?? '';
  const answer = await app.inject({
    method: 'POST',
    url: '/api/sign-in',
    payload: await signInBody(app, organisation, operator),
  });
  expect(answer.statusCode).toBe(200);
  const { token } = answer.json<{ token: string }>();
  return async (method: 'GET' | 'POST', url: string, payload?: object) => {
    const headers = { authorization: `Bearer ${token}` };
    const got = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
    const type = String(got.headers['content-type']);
    return { status: got.statusCode, type, body: type.includes('json') ? got.json() : got.payload };
  };
}

export const payment = (id: string, more: object = {}) => ({
  id,
  service: 'mobile-topup',
  fields: { phone: '13808001234' },
  amountFen: 5_000,
  ...more,
});
